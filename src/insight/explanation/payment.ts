// What an explanation says of a payment.
import { type Static, Type } from 'typebox';
import { DecimalText, LocalDateText } from '../../model/text.ts';
import { ExplainedException } from './exception.ts';

const optional = Type.Optional;
const text = Type.String();

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

export const PaymentExplanation = Type.Object({
  about: Type.Literal('payment'),
  payment: Payment,
  sentence: text,
  message: optional(text),
  exceptions: Type.Array(ExplainedException),
});
export type PaymentExplanation = Static<typeof PaymentExplanation>;
