// The journal of a month for an ERP: read, mapped, and where something is missing, refused or told to its owner.
import { type Journal, type JournalGap, journalOf } from '../../domain/ledger/journal.ts';
import type { LedgerStage } from '../../model/ledger.ts';
import type { Currency } from '../../model/money.ts';
import type { LocalDate } from '../../model/time.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { ledgerEntries } from '../../store/read/ledger-entries.ts';
import type { PipelineContext } from '../context.ts';

export type JournalRequest = {
  /** The first day of the month. */
  readonly period: LocalDate;
  /** None given: every entity. */
  readonly legalEntity?: string;
  readonly stages: readonly LedgerStage[];
  readonly by: string;
};

export type JournalAnswer =
  | {
      readonly kind: 'journal';
      readonly journal: Journal;
      /** The entities that `ledger.json` has a row for; `''`: one for all others. */
      readonly mapped: ReadonlySet<string>;
      /** Of each legal entity that says so (`entities.json`). */
      readonly booksCurrencies: ReadonlyMap<string, Currency>;
    }
  | { readonly kind: 'blocked'; readonly gaps: readonly JournalGap[] }
  | { readonly kind: 'too-large'; readonly most: number };

const MOST_ENTRIES = 200_000;

/** The whole journal or nothing. What is missing opens an exception an entity, which closes when it is exported whole. */
export async function exportJournal(context: PipelineContext, request: JournalRequest): Promise<JournalAnswer> {
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const { ledger = new Map(), entities } = await context.rules.current(client);
    const entries = await ledgerEntries(client, store.tenant, request, { limit: MOST_ENTRIES + 1 });
    if (entries.length > MOST_ENTRIES) return { kind: 'too-large', most: MOST_ENTRIES } as const;
    const journal = journalOf(entries, ledger);
    const now = clock.now();
    const month = request.period.slice(0, 7);
    const subjectOf = (legalEntity: string) => `${legalEntity === '' ? '' : `${legalEntity}/`}${month}`;
    const raised = [...Map.groupBy(journal.gaps, ({ legalEntity }) => legalEntity)].map(([legalEntity, gaps]) => {
      const detail = `The journal of ${month} lacks ${gaps.slice(0, 5).map(gapInWords).join('; ')}. Add it to ledger.json, import it, and export again.`;
      return { kind: 'ledger-dimension-missing' as const, subject: subjectOf(legalEntity), detail };
    });
    const whole = new Set(entries.map(({ legalEntity }) => subjectOf(legalEntity)));
    for (const { subject } of raised) whole.delete(subject);
    await openExceptions(client, store.tenant, raised, now);
    const gone = [...whole].map((subject) => ({ kind: 'ledger-dimension-missing' as const, subject }));
    await closeExceptions(client, store.tenant, gone, now);
    if (journal.gaps.some(({ policy }) => policy === 'block')) return { kind: 'blocked', gaps: journal.gaps } as const;
    const { by, legalEntity = '*', stages } = request;
    const detail = { legalEntity, stages, lines: journal.lines.length };
    await recordAct(client, store.tenant, { actor: by, action: 'journal.export', subject: month, detail }, now);
    const booksCurrencies = new Map(
      [...entities.values()].flatMap(({ id, currency }) => (currency === undefined ? [] : [[id, currency] as const])),
    );
    return { kind: 'journal', journal, mapped: new Set(ledger.keys()), booksCurrencies } as const;
  });
}

/** "department of mode LTL (4 lines)" */
export function gapInWords({ what, of, lines }: JournalGap): string {
  return `${what} of ${of === '' ? 'what is not known' : of} (${lines} ${lines === 1 ? 'line' : 'lines'})`;
}
