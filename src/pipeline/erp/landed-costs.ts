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
/** Only a person can do it, and nothing tells when they have. */
const BY_PERSON_AGAIN_MS = 6 * HOUR_MS;
/** A receipt that has not come by then is looked for no more: most bills are of goods that went out. */
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
    await keepExceptions(client, context, system, bills, { results, settled });
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
      const { reason } = result;
      if (result.for === 'receipt' && age >= MOST_WAIT_MS) return { bill, state: 'left', reason };
      const nextAt = now + Math.min(Math.max(age, HOUR_MS), DAY_MS);
      return { bill, state: 'due', needsPerson: age >= MOST_WAIT_MS, reason, nextAt };
    }
    case 'person':
      return { bill, state: 'due', needsPerson: true, reason: result.reason, nextAt: now + BY_PERSON_AGAIN_MS };
    case 'refused': {
      // The whole system's trouble is seen at its documents, and is no shipment's fault.
      const needsPerson = result.scope !== 'system';
      return { bill, state: 'due', needsPerson, reason: result.sentence, nextAt: now + REFUSED_AGAIN_MS };
    }
    case 'retry':
      return { bill, state: 'due', reason: result.reason, nextAt: now + Math.max(AGAIN_MS, result.afterMs ?? 0) };
  }
}

type Looked = {
  readonly results: ReadonlyMap<string, LandedResult>;
  readonly settled: readonly SettledLandedCost[];
};

const BY_HAND = 'make it there, with Create Landed Costs on the bill';

// Like that of a document, the exception is about the shipment first on the bill.
async function keepExceptions(
  client: ClientBase,
  { store: { tenant }, clock }: DeliverContext,
  system: OutsideSystem,
  bills: readonly DeliverableDocument[],
  { results, settled }: Looked,
): Promise<void> {
  const firstOf = new Map(bills.map(({ number, lines }) => [number, lines[0]?.shipment ?? number]));
  const open = settled.flatMap(({ bill, needsPerson, reason }) => {
    const subject = firstOf.get(bill);
    if (!needsPerson || subject === undefined) return [];
    const mend = results.get(bill)?.outcome === 'person' ? `; ${BY_HAND}` : '';
    const detail = `landed cost of ${bill}: ${reason}${mend}`;
    return [{ kind: 'erp-rejected' as const, subject, shipment: subject, detail }];
  });
  await openExceptions(client, tenant, open, clock.now());
  const troubled = new Set(open.map(({ subject }) => subject));
  const done = settled.filter(({ state }) => state === 'landed' || state === 'none');
  const subjects = done.flatMap(({ bill }) => firstOf.get(bill) ?? []);
  if (subjects.length === 0) return;
  const rejected = await shipmentsStillRejected(client, tenant, system.name, subjects);
  const mended = subjects.filter((shipment) => !rejected.has(shipment) && !troubled.has(shipment));
  await closeExceptions(
    client,
    tenant,
    mended.map((subject) => ({ kind: 'erp-rejected', subject })),
    clock.now(),
  );
}
