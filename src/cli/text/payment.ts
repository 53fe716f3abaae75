// What became of a payment, for a person.
import type { PaymentExplanation } from '../../insight/explanation/payment.ts';
import { exceptionLines, section, table } from './parts.ts';

export function paymentLines({ payment: it, sentence, message, exceptions }: PaymentExplanation): string[] {
  const facts = [
    ['customer', it.customer],
    ['wrote', it.text ?? ''],
    ['left', `${it.left} ${it.currency}`],
    ['from', message === undefined ? '' : `message ${message}, event ${it.event}`],
  ];
  const amounts = (parts: readonly { invoice: string; amount: string }[]) =>
    table(parts.map(({ invoice, amount }) => [invoice, amount]));
  return [
    `Payment ${it.payment}: ${it.standing}`,
    sentence,
    '',
    ...table(facts.filter(([, value]) => value !== '')),
    ...section('Its remittance names', amounts(it.remittance)),
    ...section('It settles', amounts(it.applied)),
    ...section(
      'In the ERP',
      table(
        it.inErp.map(({ invoice, amount, state, erpNumber = '', reason = '' }) => [
          ...[invoice, amount, state, erpNumber],
          state === 'registered' || state === 'undone' ? '' : reason,
        ]),
      ),
    ),
    ...section('Exceptions', exceptionLines(exceptions)),
  ];
}
