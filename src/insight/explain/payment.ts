// What became of a payment: what it settled, what is left of it, and how far the ERP has it.
import { type Static, Type } from 'typebox';
import { DecimalText, LocalDateText } from '../../model/text.ts';
import type { PaymentView } from '../../store/read/payments.ts';

const text = Type.String();
const optional = Type.Optional;

/** As the API and `explain` show a payment. */
export const Payment = Type.Object(
  {
    customer: text,
    payment: text,
    currency: text,
    amount: DecimalText,
    left: Type.String({ description: 'Not applied to anything yet' }),
    receivedOn: LocalDateText,
    standing: Type.Enum(['applied', 'on-account', 'reversed']),
    text: optional(Type.String({ description: 'What the payer wrote' })),
    remittance: Type.Array(Type.Object({ invoice: text, amount: DecimalText })),
    applied: Type.Array(Type.Object({ invoice: text, amount: DecimalText })),
    inErp: Type.Array(
      Type.Object({
        number: text,
        invoice: text,
        amount: DecimalText,
        state: Type.String({ description: '`registered`, `undone`, `undoing`, or how far the effect is' }),
        erpNumber: optional(text),
        reason: optional(text),
      }),
      { description: 'What of it is registered in the ERP, where its entity has a journal for payments' },
    ),
    reversedBy: optional(text),
    event: text,
  },
  { title: 'Payment' },
);
export type Payment = Static<typeof Payment>;

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
