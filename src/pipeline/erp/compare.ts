// Once a night our books are held against those of each outside system, document by document. What differs is kept as a list and
// told to finance; what the system says of payment and of cancelling is taken over on the way, so that nothing that a
// person does there stays unseen here for longer than a day, also where nobody reads its changes.
import type { Session, StoredDocument } from '../../connectors/contract.ts';
import { differencesBetween, sentenceFor } from '../../domain/comparison/differences.ts';
import type { DocumentDifference } from '../../model/comparison.ts';
import { formatMinor } from '../../model/money.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/time.ts';
import { failComparison, keepComparison, leaseComparison, ourDocuments } from '../../store/comparison.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import type { PipelineContext } from '../context.ts';
import { documentsIn } from './documents.ts';
import { type Statement, takeStatements } from './stated-documents.ts';

type Context = Pick<PipelineContext, 'store' | 'clock' | 'log'>;

export type ComparedSystem = { readonly name: string; readonly session: Pick<Session, 'documents'> };

/** Of the day, in UTC: when offices of most of the world are shut, and what the day before has ended is posted. */
const AT_HOUR = 2;
const LEASE_MS = 30 * MINUTE_MS;
const AGAIN_MS = 15 * MINUTE_MS;

export type Comparing = 'not-due' | 'compared' | { readonly failure: string };

/** `isAsked`: now, whether it is due or not. */
export async function compareOnce(
  context: Context,
  { name, session }: ComparedSystem,
  { isAsked = false }: { readonly isAsked?: boolean } = {},
): Promise<Comparing> {
  const { store, clock, log } = context;
  const now = clock.now();
  const lease = { now, firstAt: nextNight(now), until: now + LEASE_MS, isAsked };
  if (!(await leaseComparison(store, store.tenant, name, lease))) return 'not-due';
  const read = await documentsIn(session);
  if ('failure' in read) {
    await failComparison(store, store.tenant, name, { reason: read.failure, nextAt: clock.now() + AGAIN_MS });
    log.warn({ system: name, reason: read.failure }, 'the books could not be compared');
    return read;
  }
  await takeOver(context, read.documents, now);
  // Ours after theirs: whatever is there was decided before it. What was posted since then is not judged.
  const ours = await ourDocuments(store, store.tenant, name, now);
  await keep(context, name, differencesBetween(ours, read.documents), ours.length);
  return 'compared';
}

/** Today's time for it, or tomorrow's where that is past. */
export function nextNight(now: Instant): Instant {
  const today = Math.floor(now / DAY_MS) * DAY_MS + AT_HOUR * HOUR_MS;
  return today > now ? today : today + DAY_MS;
}

const STATEMENTS_AT_ONCE = 1_000;

// Only of what it says is there: what cannot be found may be hidden, and is a difference.
async function takeOver({ store, clock }: Context, documents: readonly StoredDocument[], readAt: Instant) {
  const stated = documents.flatMap((document) => statementOf(document, readAt));
  for (let start = 0; start < stated.length; start += STATEMENTS_AT_ONCE) {
    const some = stated.slice(start, start + STATEMENTS_AT_ONCE);
    await store.transaction((client) => takeStatements(client, store.tenant, some, clock.now()));
  }
}

function statementOf(document: StoredDocument, readAt: Instant): Statement[] {
  const { key, kind, state, currency, credits } = document;
  if (state === 'draft' || kind === 'bill' || kind === 'vendor-credit') return [];
  const money = (minor: bigint) => formatMinor(minor, currency);
  const open = money(document.openMinor);
  if (credits === undefined) return [{ data: { document: key, state, currency, open }, readAt }];
  const creditedBy = {
    erpNumber: document.erpNumber ?? key,
    amount: money(document.totalMinor),
    isPosted: state === 'posted',
    record: document.externalId,
    subtotal: money(document.subtotalMinor),
    tax: money(document.taxMinor),
  };
  return [{ data: { document: credits, state: 'posted', currency, open, creditedBy }, readAt }];
}

async function keep(
  { store, clock }: Context,
  system: string,
  differences: readonly DocumentDifference[],
  documents: number,
): Promise<void> {
  const { tenant } = store;
  await store.transaction(async (client) => {
    const at = clock.now();
    const agreeing = await keepComparison(client, tenant, system, {
      at,
      nextAt: nextNight(at),
      documents,
      differences,
    });
    const byDocument = [...Map.groupBy(differences, ({ document }) => document)];
    const raised = byDocument.map(([subject, found]) => ({
      kind: 'erp-difference' as const,
      subject,
      detail: sentenceFor(found),
    }));
    await openExceptions(client, tenant, raised, at);
    await closeExceptions(
      client,
      tenant,
      agreeing.map((subject) => ({ kind: 'erp-difference', subject })),
      at,
    );
  });
}
