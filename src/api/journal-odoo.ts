// A journal as a file that Odoo's own import takes: one legal entity's, for it is imported into that entity's company.

import { journalTable } from '../connectors/odoo/books/journal-table.ts';
import type { Journal } from '../domain/ledger/journal.ts';
import { csvText } from '../formats/delimited/index.ts';
import type { LedgerStage } from '../model/ledger.ts';
import type { Currency } from '../model/money.ts';

export type OdooJournal =
  | { readonly kind: 'file'; readonly csv: string }
  /** `missing`: the setup lacks something; `asked`: too much was asked for. */
  | { readonly kind: 'missing' | 'asked'; readonly what: string };

/** `mapped`: the entities that ledger.json names accounts for; `''` stands for every other. */
export function odooJournal(
  { lines }: Journal,
  stages: readonly LedgerStage[],
  mapped: ReadonlySet<string>,
  booksCurrencies: ReadonlyMap<string, Currency>,
): OdooJournal {
  const [legalEntity = '', another] = [...new Set(lines.map(({ entry }) => entry.legalEntity))];
  const whose = legalEntity === '' ? 'what has no legal entity' : legalEntity;
  if (another !== undefined) {
    return {
      kind: 'asked',
      what: 'it has several legal entities, each of which has its own company in Odoo: name one',
    };
  }
  if (lines.length > 0 && !mapped.has(legalEntity) && !mapped.has('')) {
    return { kind: 'missing', what: `accounts of ${whose}` };
  }
  const unnamed = lines.find(({ account }) => account === '')?.entry;
  if (unnamed !== undefined) return { kind: 'missing', what: `account of ${unnamed.account} ${unnamed.code}` };
  const [currency = '', other] = [...new Set(lines.map(({ entry }) => entry.currency))];
  const booksCurrency = booksCurrencies.get(legalEntity) ?? currency;
  if (other !== undefined && !booksCurrencies.has(legalEntity)) {
    return { kind: 'missing', what: `currency of the books of ${whose} (entities.json), for it has several` };
  }
  const items = lines.map(({ entry, journal, account, dimensions }) => {
    const { bookedOn, account: ledgerAccount, code, amountMinor } = entry;
    return { bookedOn, currency: entry.currency, journal, account, ledgerAccount, code, amountMinor, dimensions };
  });
  const name = [...(legalEntity === '' ? [] : [legalEntity]), ...stages];
  const { fields, data } = journalTable(items, { name, booksCurrency });
  return { kind: 'file', csv: csvText([fields, ...data]) };
}
