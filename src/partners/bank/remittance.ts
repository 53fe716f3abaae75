// What a payment is for: invoices with their amounts where the payer names both, and all that it wrote besides.
//
// Which words are numbers of invoices is known only where the invoices are, so the text goes along whole.

import type { BankEntry, BankTransaction } from '../../formats/iso20022/index.ts';
import type { PaymentReceived } from '../../model/event.ts';
import type { Currency } from '../../model/money.ts';
import { identifier, plain } from '../texts.ts';
import { amountText } from './amount-text.ts';

type Told = Pick<PaymentReceived, 'remittance' | 'text'>;

const MOST_LINES = 1_000;
const MOST_TEXT = 4_000;
/** What banks write where the payer gave no reference. */
const NO_REFERENCE = 'NOTPROVIDED';

export function remittanceOf({ note }: BankEntry, transaction: BankTransaction | undefined, currency: Currency): Told {
  const { structured = [], unstructured = [], endToEndId = '' } = transaction ?? {};
  const remittance = structured.slice(0, MOST_LINES).flatMap(({ documents, remitted }) => {
    const invoice = documents.length === 1 ? identifier(documents[0]) : undefined;
    const amount = remitted?.currency === currency ? amountText(remitted) : undefined;
    return invoice === undefined || amount === undefined ? [] : [{ invoice, amount }];
  });
  const quoted = structured.flatMap(({ documents, creditorReference, notes }) => [
    ...documents,
    creditorReference,
    ...notes,
  ]);
  const said = [...unstructured, ...quoted, endToEndId === NO_REFERENCE ? '' : endToEndId, note];
  const text = plain(said.filter((each) => each !== '').join('; '), MOST_TEXT);
  return { ...(remittance.length === 0 ? {} : { remittance }), ...(text === '' ? {} : { text }) };
}
