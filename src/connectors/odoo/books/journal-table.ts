// A journal of the ledger as Odoo's own import takes it (Accounting, Journal Entries, Import records): pure.
//
// An entry a day, its items added up by account, charge code and dimensions. Each has an external id, so a month that is
// imported again changes the drafts that are there and doubles nothing; what is posted, Odoo itself leaves as it is.

import type { LedgerAccount } from '../../../model/ledger.ts';
import { formatMinor } from '../../../model/money.ts';
import type { LoadTable } from '../documents/invoice.ts';
import { externalIdsOf } from '../external-id.ts';

/** An entry of the ledger, of one legal entity; accounts and dimensions as Odoo calls them. */
export type JournalItem = {
  readonly bookedOn: string;
  readonly currency: string;
  /** The journal's code; empty: Odoo's first one for such entries. */
  readonly journal: string;
  readonly account: string;
  readonly ledgerAccount: LedgerAccount;
  readonly code: string;
  /** Debits less credits. */
  readonly amountMinor: bigint;
  readonly dimensions: Readonly<Record<string, string>>;
};

export type JournalOptions = {
  /** Says which journal it is, such as `us-inc`, `accrued`: another has other external ids. */
  readonly name: readonly string[];
  /** Of the company there. An item of another currency is converted by Odoo, at its rate of that day. */
  readonly booksCurrency: string;
  /** First part of external ids. */
  readonly module?: string;
};

const HEAD = ['id', 'move_type', 'date', 'journal_id', 'ref'];
const ITEM = ['id', 'account_id', 'name', 'debit', 'credit', 'currency_id', 'amount_currency'];
/** Dimensions that are fields of Odoo's journal items have a column; the others are in the label. */
const FIELD = /^(partner_id|product_id|analytic_distribution|x_[a-z0-9_]+)(\/id|\/\.id)?$/;

/** One table for `account.move`; the first item shares the row of its entry, further ones leave the entry's cells blank. */
export function journalTable(items: readonly JournalItem[], options: JournalOptions): LoadTable {
  const fields = [...new Set(items.flatMap(({ dimensions }) => Object.keys(dimensions)))].filter((name) =>
    FIELD.test(name),
  );
  const entries = Map.groupBy(items, ({ bookedOn, currency, journal }) =>
    JSON.stringify([bookedOn, currency, journal]),
  );
  const data = [...entries.values()].sort(byDay).flatMap((of) => entryRows(of, fields, options));
  return { fields: [...HEAD, ...[...ITEM, ...fields].map((field) => `line_ids/${field}`)], data };
}

function byDay([one]: readonly JournalItem[], [other]: readonly JournalItem[]): number {
  const place = (item?: JournalItem) => `${item?.bookedOn} ${item?.currency} ${item?.journal}`;
  return place(one) < place(other) ? -1 : 1;
}

function entryRows(items: readonly JournalItem[], fields: readonly string[], options: JournalOptions): string[][] {
  const { name, module = 'lading' } = options;
  const { bookedOn, currency, journal } = items[0] as JournalItem;
  const ids = externalIdsOf(module);
  const named = [...name, ...(journal === '' ? [] : [journal]), currency, bookedOn];
  const head = [ids.journal(named), 'entry', bookedOn, journal, `Lading ${name.join(' ')} ${bookedOn}`];
  const rows = addedUp(items).map((item) => {
    const own = [item.account, item.ledgerAccount, item.code, ...Object.values(item.dimensions)];
    return [ids.journal([...named, ...own]), ...itemCells(item, fields, options.booksCurrency)];
  });
  return rows.map((row, index) => [...(index === 0 ? head : HEAD.map(() => '')), ...row]);
}

// By charge code and dimensions on both sides alike, so that each debit has its credit, and rounds as it does.
function addedUp(items: readonly JournalItem[]): JournalItem[] {
  const sums = new Map<string, JournalItem>();
  for (const item of items) {
    const key = JSON.stringify([item.account, item.ledgerAccount, item.code, Object.entries(item.dimensions)]);
    const amountMinor = (sums.get(key)?.amountMinor ?? 0n) + item.amountMinor;
    sums.set(key, { ...item, amountMinor });
  }
  const order = [...sums].sort(([one], [other]) => (one < other ? -1 : 1));
  return order.flatMap(([, item]) => (item.amountMinor === 0n ? [] : [item]));
}

function itemCells(item: JournalItem, fields: readonly string[], booksCurrency: string): string[] {
  const { account, ledgerAccount, code, currency, amountMinor, dimensions } = item;
  const others = Object.entries(dimensions).flatMap(([name, value]) => (FIELD.test(name) ? [] : value));
  const label = [ledgerAccount, code, ...others].filter((part) => part !== '').join(' ');
  const money = (minor: bigint) => formatMinor(minor > 0n ? minor : 0n, currency);
  const amounts =
    currency === booksCurrency
      ? [money(amountMinor), money(-amountMinor), '', '']
      : ['', '', currency, formatMinor(amountMinor, currency)];
  return [account, label, ...amounts, ...fields.map((field) => dimensions[field] ?? '')];
}
