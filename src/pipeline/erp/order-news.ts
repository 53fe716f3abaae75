// An ERP that holds the orders is told how far their shipments have come.
//
// Beside the documents and after them in rank: nothing waits for it. What is told twice does nothing twice (connectors keep
// each part under a key of its own), so whatever went wrong is simply tried again, and there is no doubt to settle.
import type { ClientBase } from 'pg';
import type { NewsResult, OrderNews, Session } from '../../connectors/contract.ts';
import { type Instant, MINUTE_MS } from '../../model/time.ts';
import { shipmentsStillRejected } from '../../store/confirmations.ts';
import { attachmentSizes, keptAttachments } from '../../store/deliverable-documents.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { type DueNews, leaseNews, nextNewsAt, type SettledNews, settleNews } from '../../store/order-news.ts';
import { isHeld } from '../../store/system-state.ts';
import type { DeliverContext, OutsideSystem } from '../deliver/context.ts';
import { heardOf } from '../deliver/parcels.ts';
import { attachmentsFor, proofsFor, proofsIn, trackingOf } from '../deliver/wanted.ts';

const AT_ONCE = 20;
const LEASE_MS = 10 * MINUTE_MS;
const AGAIN_MS = MINUTE_MS;
/** A person mends what was refused, so it is not asked for by the minute. */
const REFUSED_AGAIN_MS = 6 * 60 * MINUTE_MS;

/** Tells what is due; returns how much was taken up. Systems that hold no orders are told nothing. */
export async function tellOnce(context: DeliverContext, session: Session, system: OutsideSystem): Promise<number> {
  const { tell } = session;
  if (tell === undefined) return 0;
  const { store, clock } = context;
  const now = clock.now();
  if (await isHeld(store, store.tenant, system.name)) return 0;
  const due = await leaseNews(store, store.tenant, AT_ONCE, now, now + LEASE_MS);
  if (due.length === 0) return 0;
  const results = await tell(await newsOf(context, due));
  const settled = due.map((news, index) => settledBy(news, results[index] as NewsResult, clock.now()));
  await store.transaction(async (client) => {
    await settleNews(client, store.tenant, settled);
    await keepExceptions(client, context, system, due, results);
  });
  return due.length;
}

/** When there is something to tell; `undefined`: not before something happens. */
export async function nextTelling({ store }: DeliverContext, { tell }: Session): Promise<Instant | undefined> {
  return tell === undefined ? undefined : nextNewsAt(store, store.tenant);
}

async function newsOf(context: DeliverContext, due: readonly DueNews[]): Promise<OrderNews[]> {
  const { store } = context;
  const shipments = await heardOf(
    context,
    due.map(({ shipment }) => shipment),
  );
  const delivered = due.filter(({ milestone }) => milestone === 'delivered');
  const hashes = delivered.flatMap(({ shipment }) => proofsIn(shipments.get(shipment)?.facts ?? []));
  const bytes = await attachmentSizes(store, store.tenant, [...new Set(hashes)]);
  const kept = await keptAttachments(store, store.tenant, [...bytes.keys()]);
  return due.map((news) => {
    const { shipment, milestone, lines } = news;
    const isDelivered = milestone === 'delivered';
    const proofs = isDelivered ? proofsFor({ shipments: [shipment] }, shipments, bytes) : [];
    const tracking = trackingOf(shipment, shipments);
    return {
      ...{ key: `${shipment}/${milestone}`, shipment, sentence: sentenceFor(news), isDelivered, lines },
      ...(tracking === undefined ? {} : { tracking }),
      milestone: { name: milestone, ...(news.at === undefined ? {} : { at: news.at }) },
      attachments: attachmentsFor(proofs, kept),
    };
  });
}

function sentenceFor({ shipment, milestone, at }: DueNews): string {
  const when = at === undefined ? '' : ` on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `Shipment ${shipment} was ${milestone}${when}`;
}

function settledBy({ shipment, milestone }: DueNews, result: NewsResult, now: Instant): SettledNews {
  const of = { shipment, milestone };
  switch (result.outcome) {
    case 'told':
    case 'not-held':
      return { ...of, state: result.outcome };
    case 'refused':
      return { ...of, state: 'due', reason: result.sentence, nextAt: now + REFUSED_AGAIN_MS };
    case 'retry':
      return { ...of, state: 'due', reason: result.reason, nextAt: now + Math.max(AGAIN_MS, result.afterMs ?? 0) };
  }
}

async function keepExceptions(
  client: ClientBase,
  { store: { tenant }, clock }: DeliverContext,
  system: OutsideSystem,
  due: readonly DueNews[],
  results: readonly NewsResult[],
): Promise<void> {
  const refused = due.flatMap(({ shipment }, index) => {
    const result = results[index];
    // The whole system's trouble is seen at its documents, and is no shipment's fault.
    if (result?.outcome !== 'refused' || result.scope === 'system') return [];
    return [{ kind: 'erp-rejected' as const, subject: shipment, shipment, detail: result.sentence }];
  });
  await openExceptions(client, tenant, refused, clock.now());
  const troubled = new Set(refused.map(({ shipment }) => shipment));
  const told = due.filter(({ shipment }, index) => results[index]?.outcome === 'told' && !troubled.has(shipment));
  if (told.length === 0) return;
  const shipments = [...new Set(told.map(({ shipment }) => shipment))];
  const rejected = await shipmentsStillRejected(client, tenant, system.name, shipments);
  const mended = shipments.filter((shipment) => !rejected.has(shipment));
  await closeExceptions(
    client,
    tenant,
    mended.map((subject) => ({ kind: 'erp-rejected', subject })),
    clock.now(),
  );
}
