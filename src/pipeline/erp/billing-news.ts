// An ERP that shows the billing of its orders' shipments is told how far it is, and why something is not invoiced.
//
// What may have changed it only marks the shipment; here it is put into words, the same that `explain` gives, and told where they are
// others than those told last. So each change is told once, several at once where they come quickly, and nothing waits for it.
// The words come from above (`ExplainBilling`): the pipeline knows how to tell, not how to explain.
import type { BillingNews, NewsResult, Session, TroubleScope } from '../../connectors/contract.ts';
import type { BillingState } from '../../model/decision.ts';
import type { DocumentFact } from '../../model/fact.ts';
import { type Instant, MINUTE_MS } from '../../model/time.ts';
import {
  type DueBillingNews,
  leaseBillingNews,
  nextBillingNewsAt,
  type SettledBillingNews,
  settleBillingNews,
} from '../../store/billing-news.ts';
import { attachmentSizes, keptAttachments } from '../../store/deliverable-documents.ts';
import type { PipelineContext } from '../context.ts';
import { heardOf } from '../deliver/parcels.ts';
import { attachmentsFor, type Proof, type Shipments, trackingOf } from '../deliver/wanted.ts';

const AT_ONCE = 50;
const LEASE_MS = 10 * MINUTE_MS;
const AGAIN_MS = MINUTE_MS;
/** Somebody else wrote the same order at that moment. */
const CONFLICT_AGAIN_MS = 5_000;
/** A person mends what was refused, so it is not asked for by the minute. */
const REFUSED_AGAIN_MS = 6 * 60 * MINUTE_MS;
/** More of the files waits for the next time. */
const MOST_FILE_BYTES = 20 * 1024 * 1024;

export type BillingWords = { readonly billing: BillingState; readonly reason?: string };
type Context = Pick<PipelineContext, 'store' | 'clock' | 'log' | 'rules'>;

/** How far the billing of each shipment is; one whose plan is not known is missing. */
export type ExplainBilling = (
  context: Context,
  shipments: readonly string[],
) => Promise<ReadonlyMap<string, BillingWords>>;

export type Shown = {
  readonly name: string;
  readonly session: Pick<Session, 'orderTab'>;
  /** None: nobody is told. */
  readonly explainBilling?: ExplainBilling;
};

/** When there is something to show; `undefined`: not before something happens, or nowhere. */
export async function nextShowing({ store }: Context, { session, explainBilling }: Shown) {
  if (session.orderTab === undefined || explainBilling === undefined) return undefined;
  const at = await nextBillingNewsAt(store, store.tenant);
  return at !== undefined && (await session.orderTab.isThere()) ? at : undefined;
}

/**
 * Tells what is due; returns how much was taken up. `notBefore` keeps, by system, until when one that could not be told, or shows nothing of
 * the kind, is left alone.
 */
export async function showBillingOnce(
  context: Context,
  shown: Shown,
  notBefore: Map<string, Instant>,
): Promise<number> {
  const { store, clock } = context;
  const { orderTab } = shown.session;
  const now = clock.now();
  if (orderTab === undefined || (notBefore.get(shown.name) ?? now) > now) return 0;
  const at = await nextShowing(context, shown);
  if (at === undefined || at > now) {
    if (at === undefined && (await nextBillingNewsAt(store, store.tenant)) !== undefined) {
      notBefore.set(shown.name, now + AGAIN_MS);
    }
    return 0;
  }
  const due = await leaseBillingNews(store, store.tenant, AT_ONCE, now, now + LEASE_MS);
  const { news, settled } = await newsAmong(context, due, shown.explainBilling as ExplainBilling);
  const results = news.length === 0 ? [] : await orderTab.show(news.map((each) => each.said));
  const told = news.map((each, index) => settledBy(each, results[index] as NewsResult, clock.now()));
  await settleBillingNews(store, store.tenant, [...settled, ...told]);
  warn(context, results);
  const isInTrouble = results.some((result) => 'scope' in result && result.scope === 'system');
  if (isInTrouble) notBefore.set(shown.name, clock.now() + AGAIN_MS);
  return due.length;
}

type Told = BillingWords & { readonly tracking?: string; readonly files: readonly string[] };
type News = { readonly due: DueBillingNews; readonly said: BillingNews; readonly told: Told };

/** Those that have changed since they were told, and what becomes of the others. */
async function newsAmong(context: Context, due: readonly DueBillingNews[], explain: ExplainBilling) {
  const names = due.map(({ shipment }) => shipment);
  const words = await explain(context, names);
  const shipments = await heardOf(context, names);
  const files = await filesOf(context, due, shipments);
  const news: News[] = [];
  const settled: SettledBillingNews[] = [];
  for (const each of due) {
    const { shipment, marks, lines } = each;
    const said = words.get(shipment);
    if (said === undefined || lines.length === 0) {
      settled.push({ shipment, marks, state: 'not-held' });
      continue;
    }
    const before = each.told === undefined ? undefined : (JSON.parse(each.told) as Told);
    const fresh = files.fresh.get(shipment) ?? [];
    const told = {
      ...said,
      tracking: trackingOf(shipment, shipments),
      files: [...(before?.files ?? []), ...hashes(fresh)],
    };
    if (each.told === JSON.stringify(told)) settled.push({ shipment, marks, state: 'told' });
    else {
      const attachments = attachmentsFor(fresh, files.kept);
      news.push({ due: each, told, said: { ...said, shipment, lines, tracking: told.tracking, attachments } });
    }
  }
  return { news, settled };
}

const hashes = (files: readonly Proof[]) => files.map(({ content }) => content);

/** The files that are not told of yet, as many as may go together. */
async function filesOf({ store }: Context, due: readonly DueBillingNews[], shipments: Shipments) {
  const untold = due.flatMap(({ shipment, told }) => {
    const known = new Set(told === undefined ? [] : (JSON.parse(told) as Told).files);
    return documentsOf(shipment, shipments).filter(({ content }) => !known.has(content));
  });
  const sizes = await attachmentSizes(store, store.tenant, [...new Set(hashes(untold))]);
  let room = MOST_FILE_BYTES;
  const going = untold.filter(({ content }) => {
    const size = sizes.get(content);
    if (size === undefined || size > room) return false;
    room -= size;
    return true;
  });
  const kept = await keptAttachments(store, store.tenant, [...new Set(hashes(going))]);
  return { kept, fresh: Map.groupBy(going, ({ shipment }) => shipment) };
}

function documentsOf(shipment: string, shipments: Shipments): Proof[] {
  const facts = shipments.get(shipment)?.facts ?? [];
  const documents = facts.filter(
    (fact): fact is DocumentFact => fact.kind === 'document' && fact.content !== undefined,
  );
  const byContent = new Map(
    documents.map(({ document: kind, content = '' }) => [content, { shipment, content, kind }]),
  );
  return [...byContent.values()];
}

function settledBy({ due: { shipment, marks }, told }: News, result: NewsResult, now: Instant): SettledBillingNews {
  const of = { shipment, marks };
  switch (result.outcome) {
    case 'told':
      return { ...of, state: 'told', told: JSON.stringify(told) };
    case 'not-held':
      return { ...of, state: 'not-held' };
    case 'refused':
      return { ...of, state: 'due', trouble: result.sentence, nextAt: now + REFUSED_AGAIN_MS };
    case 'retry':
      return {
        ...of,
        state: 'due',
        trouble: result.reason,
        nextAt: now + Math.max(againAfter(result.scope), result.afterMs ?? 0),
      };
  }
}

const againAfter = (scope: TroubleScope) => (scope === 'system' ? AGAIN_MS : CONFLICT_AGAIN_MS);

// The tab is beside the work, and nobody's shipment is held for it: it is said in the log and tried again.
function warn({ log }: Context, results: readonly NewsResult[]): void {
  const refused = results.find((result) => result.outcome === 'refused');
  if (refused !== undefined) log.warn({ shipment: refused.key, reason: refused.sentence }, 'billing cannot be shown');
}
