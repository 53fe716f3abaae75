// Does an account's report hold together? Control totals were held against the records when the file was read; here the
// ledger: opening + credits − debits = closing, and no more transactions than the totals have.

import type { Bai2Account } from '../../formats/bai2/index.ts';
import { directionOf } from './codes.ts';

const OPENING_LEDGER = '010';
const CLOSING_LEDGER = '015';
const TOTAL_CREDITS = '100';
const TOTAL_DEBITS = '400';

/** What is wrong, in words; `undefined` when it balances as far as it tells. Amounts are in minor units, as in the file. */
export function imbalanceOf({ summaries, transactions }: Bai2Account): string | undefined {
  const sums = { credit: 0n, debit: 0n };
  for (const { type, amountMinor } of transactions) {
    const direction = directionOf(type);
    if (direction !== undefined) sums[direction] += amountMinor;
  }
  const told = (type: string) => summaries.get(type);
  const [credits, debits] = [told(TOTAL_CREDITS), told(TOTAL_DEBITS)];
  if (credits !== undefined && sums.credit > credits) return more('credits', TOTAL_CREDITS, sums.credit, credits);
  if (debits !== undefined && sums.debit > debits) return more('debits', TOTAL_DEBITS, sums.debit, debits);
  const [opening, closing] = [told(OPENING_LEDGER), told(CLOSING_LEDGER)];
  if (opening === undefined || closing === undefined) return undefined;
  const moved = (credits ?? sums.credit) - (debits ?? sums.debit);
  if (opening + moved === closing) return undefined;
  return `it opens with ${opening} (010), its credits less debits come to ${moved}, which makes ${opening + moved}, and it closes with ${closing} (015)`;
}

function more(what: string, type: string, sum: bigint, total: bigint): string {
  return `its ${what} come to ${sum}, more than their total of ${total} (${type})`;
}
