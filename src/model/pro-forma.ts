// A pro-forma invoice: what will be invoiced, said beforehand. No document of the books.

import { type Static, Type } from 'typebox';
import { TaxRecord } from './tax.ts';
import { InstantText } from './text.ts';

const text = Type.String();

export const ProFormaLine = Type.Object({
  code: text,
  order: Type.Optional(text),
  line: Type.Optional(Type.Integer()),
  amount: text,
  tax: Type.String({ description: 'An estimate' }),
  taxedBy: TaxRecord,
});
export type ProFormaLine = Readonly<Static<typeof ProFormaLine>>;

export const ProForma = Type.Object(
  {
    number: Type.String({ description: 'The shipment, `-P`, and a count from 1' }),
    legalEntity: Type.Optional(text),
    currency: text,
    issuedAt: InstantText,
    state: Type.Enum(['open', 'replaced', 'void']),
    replacedBy: Type.Optional(Type.String({ description: 'A newer pro-forma, or the invoice' })),
    lines: Type.Array(ProFormaLine),
  },
  { title: 'ProForma' },
);
export type ProForma = Readonly<Omit<Static<typeof ProForma>, 'lines'>> & { readonly lines: readonly ProFormaLine[] };
