// BAI transaction type codes: which credits are no payments of customers, and which debits take one back.
// Source: BAI Cash Management Balance Reporting Specifications, version 2, Appendix A (uniform BAI balance reporting codes).

/** Interest (354), money of ours that came back or was moved (252, 255, 257, 258, 275, 277, 278), what the bank adjusts (390 to 399). */
const NO_PAYMENT = new Set(['252', '255', '257', '258', '275', '277', '278', '354', '357']);
/** Credit reversal (552), deposited item returned (555), individual ACH return item (557), ACH reversal debit (558). */
const TAKES_BACK = new Set(['552', '555', '557', '558']);

export type Meaning = 'payment' | 'no-payment' | 'taken-back' | 'debit' | 'no-money';

/** Of a transaction (record 16). Credits are 100 to 399, debits 400 to 699; 9xx are the bank's own, and 890 moves no money. */
export function meaningOf(type: string): Meaning {
  const code = Number(type);
  if (code >= 100 && code < 400) return NO_PAYMENT.has(type) || code >= 390 ? 'no-payment' : 'payment';
  if (code >= 400 && code < 700) return TAKES_BACK.has(type) ? 'taken-back' : 'debit';
  return 'no-money';
}

/** Does it move money towards us, away from us, or not at all? */
export function directionOf(type: string): 'credit' | 'debit' | undefined {
  const meaning = meaningOf(type);
  if (meaning === 'no-money') return undefined;
  return meaning === 'payment' || meaning === 'no-payment' ? 'credit' : 'debit';
}
