// What became of a payment: what it settled, what is left of it, and how far the ERP has it.
import type { PaymentView } from '../../store/read/payments.ts';
import type { Payment } from '../explanation/payment.ts';

export function paymentFrom({ remittance, applied, inErp, ...view }: PaymentView): Payment {
  return { ...view, remittance: [...remittance], applied: [...applied], inErp: [...inErp] };
}

/** One sentence, and who has to act. */
export function sentenceOf({ currency, amount, left, applied, standing, reversedBy, customer, receivedOn }: Payment) {
  const head = `${amount} ${currency} of ${customer}, received on ${receivedOn}`;
  if (standing === 'reversed') return `${head}, taken back by the bank (${reversedBy}): it settles nothing.`;
  const settles = applied.map(({ invoice, amount: part }) => `${part} of ${invoice}`).join(', ');
  if (standing === 'applied') return `${head}: it settles ${settles}.`;
  const rest = `${left} ${currency} ${applied.length === 0 ? 'found no invoice' : 'are left on account'}`;
  const waits = 'tried again when an invoice appears, or applied by hand with "lading allocate"; owner finance';
  return `${head}${settles === '' ? '' : `: it settles ${settles}`}; ${rest}: ${waits}.`;
}
