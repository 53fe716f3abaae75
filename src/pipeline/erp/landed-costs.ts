// An ERP that keeps landed costs adds what a bill cost to the value of the goods that it brought here.
//
// Behind the bill and beside everything else: it begins when the bill is confirmed and waits for the receipt of the goods, which may
// come weeks later or never, for most bills are of goods that went out. What is done is kept there under a permanent key, so whatever
// went wrong is simply tried again.
import type { ClientBase } from 'pg';
import type { BillCosts, LandedResult, Session } from '../../connectors/contract.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/time.ts';
import { shipmentsStillRejected } from '../../store/confirmations.ts';
import { type DeliverableDocument, deliverableDocuments } from '../../store/deliverable-documents.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import {
  type DueLandedCost,
  leaseLandedCosts,
  nextLandedCostAt,
  type SettledLandedCost,
  settleLandedCosts,
} from '../../store/landed-costs.ts';
import { isHeld } from '../../store/system-state.ts';
import type { DeliverContext, OutsideSystem } from '../deliver/context.ts';
import { heardOf } from '../deliver/parcels.ts';
import { referencesOf } from '../deliver/wanted.ts';

const AT_ONCE = 20;
const LEASE_MS = 10 * MINUTE_MS;
const AGAIN_MS = MINUTE_MS;
/** A person mends what was refused, so it is not asked for by the minute. */
const REFUSED_AGAIN_MS = 6 * HOUR_MS;
/** A receipt that has not come by then is looked for no more. */
const MOST_WAIT_MS = 60 * DAY_MS;

type Landing = Pick<Session, 'landCosts'>;

/** Does what is due; returns how much was taken up. Systems that keep no landed costs are asked nothing. */
export async function landOnce(
  context: DeliverContext,
  { landCosts }: Landing,
  system: OutsideSystem,
): Promise<number> {
  if (landCosts === undefined) return 0;
  const { store, clock } = context;
  const { tenant } = store;
  const now = clock.now();
  if (await isHeld(store, tenant, system.name)) return 0;
  const due = await leaseLandedCosts(store, tenant, AT_ONCE, now, now + LEASE_MS);
  if (due.length === 0) return 0;
  const bills = await deliverableDocuments(
    store,
    tenant,
    due.map(({ bill }) => bill),
  );
  const results = new Map((await landCosts(await costsOf(context, bills))).map((result) => [result.key, result]));
  await store.transaction(async (client) => {
    const settled = due.map((each) => settledBy(each, results.get(each.bill), clock.now()));
    await settleLandedCosts(client, tenant, settled);
    await keepExceptions(client, context, system, bills, results);
  });
  return due.length;
}

/** When there is something to do; `undefined`: not before a bill is confirmed, or nowhere. */
export async function nextLanding({ store }: DeliverContext, { landCosts }: Landing): Promise<Instant | undefined> {
  return landCosts === undefined ? undefined : nextLandedCostAt(store, store.tenant);
}

async function costsOf(context: DeliverContext, bills: readonly DeliverableDocument[]): Promise<BillCosts[]> {
  const heard = await heardOf(
    context,
    bills.flatMap(({ lines }) => lines.map(({ shipment }) => shipment)),
  );
  return bills.map(({ number, lines }) => ({
    key: number,
    lines: lines.map(({ shipment, description }) => {
      const names = referencesOf(heard.get(shipment)).map(({ value }) => value);
      return { shipment, description, names: [...new Set([shipment, ...names])] };
    }),
  }));
}

function settledBy(
  { bill, notedAt }: DueLandedCost,
  result: LandedResult | undefined,
  now: Instant,
): SettledLandedCost {
  if (result === undefined) return { bill, state: 'none', reason: 'the bill is not there any more' };
  switch (result.outcome) {
    case 'landed':
      return { bill, state: 'landed' };
    case 'none':
      return { bill, state: 'none', reason: result.reason };
    case 'waits': {
      const age = now - notedAt;
      if (age >= MOST_WAIT_MS) return { bill, state: 'left', reason: result.reason };
      return { bill, state: 'due', reason: result.reason, nextAt: now + Math.min(Math.max(age, HOUR_MS), DAY_MS) };
    }
    case 'refused':
      return { bill, state: 'due', reason: result.sentence, nextAt: now + REFUSED_AGAIN_MS };
    case 'retry':
      return { bill, state: 'due', reason: result.reason, nextAt: now + Math.max(AGAIN_MS, result.afterMs ?? 0) };
  }
}

// Like that of a document, the exception is about the shipment first on the bill.
async function keepExceptions(
  client: ClientBase,
  { store: { tenant }, clock }: DeliverContext,
  system: OutsideSystem,
  bills: readonly DeliverableDocument[],
  results: ReadonlyMap<string, LandedResult>,
): Promise<void> {
  const firstOf = ({ number, lines }: DeliverableDocument) => lines[0]?.shipment ?? number;
  const refused = bills.flatMap((bill) => {
    const result = results.get(bill.number);
    // The whole system's trouble is seen at its documents, and is no shipment's fault.
    if (result?.outcome !== 'refused' || result.scope === 'system') return [];
    const [subject, detail] = [firstOf(bill), `landed cost of ${bill.number}: ${result.sentence}`];
    return [{ kind: 'erp-rejected' as const, subject, shipment: subject, detail }];
  });
  await openExceptions(client, tenant, refused, clock.now());
  const troubled = new Set(refused.map(({ subject }) => subject));
  const landed = bills.filter(({ number }) => results.get(number)?.outcome === 'landed').map(firstOf);
  if (landed.length === 0) return;
  const rejected = await shipmentsStillRejected(client, tenant, system.name, landed);
  const mended = landed.filter((shipment) => !rejected.has(shipment) && !troubled.has(shipment));
  await closeExceptions(
    client,
    tenant,
    mended.map((subject) => ({ kind: 'erp-rejected', subject })),
    clock.now(),
  );
}
