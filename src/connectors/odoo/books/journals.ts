// Which journal a document goes into, and the account of lines that name none.
//
// Said aloud for every document, though Odoo would choose too: for a line without account or product it takes what this
// customer's lines had most often, which makes revenue drift to wherever a clerk booked last, and searches the customer's
// whole history for it line by line (more than half of the time a batch takes, for customers of some thousand lines).
import { type DocumentKind, isPurchase } from '../../contract.ts';
import type { Door } from '../doors/door.ts';

export type Journal = {
  readonly id: number;
  readonly type: 'sale' | 'purchase';
  readonly companyId: number;
  /** Only for documents of this currency. */
  readonly currencyId?: number;
  readonly accountId?: number;
};

const MOST_JOURNALS = 500;

type Reference = [number, string] | false;
type JournalRecord = {
  id: number;
  type: Journal['type'];
  company_id: [number, string];
  currency_id: Reference;
  default_account_id: Reference;
};

/** Of sales and purchases, in Odoo's own order: the first of several is the one it takes. */
export async function readJournals(call: Door): Promise<readonly Journal[]> {
  const args = {
    domain: [['type', 'in', ['sale', 'purchase']]],
    fields: ['type', 'company_id', 'currency_id', 'default_account_id'],
    limit: MOST_JOURNALS,
  };
  const records = (await call({ model: 'account.journal', method: 'search_read', args })) as JournalRecord[];
  return records.map(({ id, type, company_id, currency_id, default_account_id }) => ({
    ...{ id, type, companyId: company_id[0] },
    ...(currency_id === false ? {} : { currencyId: currency_id[0] }),
    ...(default_account_id === false ? {} : { accountId: default_account_id[0] }),
  }));
}

export type Booking = { readonly kind: DocumentKind; readonly companyId: number; readonly currencyId: number };

/** `undefined`: Odoo may choose. */
export function journalFor(
  { kind, companyId, currencyId }: Booking,
  journals: readonly Journal[],
): Journal | undefined {
  const type = isPurchase(kind) ? 'purchase' : 'sale';
  const candidates = journals.filter((journal) => journal.type === type && journal.companyId === companyId);
  return candidates.find((journal) => journal.currencyId === currencyId) ?? candidates[0];
}
