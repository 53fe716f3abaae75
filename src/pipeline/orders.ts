// What an order's shipments have in common is decided: whom the ordered quantity of each line reaches.
//
// Shipments ask (domain/goods/claims.ts) and wait; the order answers all of them at once and has them decided again. Locks as in
// settle.ts: the order's own, then shipments in key order, then the list of what is due. A shipment bills no more than it was
// told is covered, and is told so only here, so any number of workers may run.
import type { ClientBase } from 'pg';
import { withAnswersOf } from '../domain/goods/answers.ts';
import { orderLineKey } from '../domain/goods/claims.ts';
import { coverOrder, type LineClaim, type LineCoverage } from '../domain/goods/coverage.ts';
import { decimal, ZERO } from '../model/decimal.ts';
import type { Standing } from '../model/decision.ts';
import type { Order } from '../model/shipment.ts';
import type { Instant } from '../model/time.ts';
import { closeExceptions, openExceptions, openSubjects, type RaisedException } from '../store/exceptions.ts';
import {
  type Documented,
  type DueOrder,
  documentedOf,
  dueOrders,
  holdOrder,
  type OpenClaim,
  openClaimsOf,
  orderDone,
} from '../store/order-lines.ts';
import { findOrders } from '../store/orders.ts';
import { lockShipments, type ShipmentRow, writeStandings } from '../store/shipments.ts';
import type { PipelineContext } from './context.ts';

const AT_ONCE = 50;
const EXCEEDS = 'quantity-exceeds-order';

/** Decides for the orders that are due; returns how many. */
export async function coverOrdersOnce({ store, clock }: PipelineContext): Promise<number> {
  let done = 0;
  for (const due of await dueOrders(store, store.tenant, AT_ONCE)) {
    done += await store.transaction(async (client) => {
      if (!(await holdOrder(client, store.tenant, due.order))) return 0;
      await coverOne(client, store.tenant, due, clock.now());
      return 1;
    });
  }
  return done;
}

// Exceptions name an order by its number, so orders of several customers under one number are decided together.
async function coverOne(client: ClientBase, tenant: string, due: DueOrder, now: Instant): Promise<void> {
  const { rows, claims } = await holdClaimants(client, tenant, due.order);
  const documented = await documentedOf(client, tenant, due.order);
  const known = await findOrders(client, tenant, [due.order]);
  const covered = known.map(({ order }) => {
    return { customer: order.customer, lines: coverOrder(order, lineClaims(order, claims, documented)) };
  });
  await answer(client, tenant, { order: due.order, rows, claims, covered }, now);
  await raise(
    client,
    tenant,
    due.order,
    covered.flatMap(({ lines }) => lines),
    now,
  );
  await orderDone(client, tenant, due);
}

/** The claims as they are once nobody else can change what is documented of them. */
async function holdClaimants(client: ClientBase, tenant: string, order: string) {
  const asking = await openClaimsOf(client, tenant, order);
  const shipments = [...new Set(asking.map(({ shipment }) => shipment))].sort();
  const rows = await lockShipments(client, tenant, shipments);
  const held = new Set(rows.map(({ shipment }) => shipment));
  // Who began to ask meanwhile has marked the order due again.
  const claims = (await openClaimsOf(client, tenant, order)).filter(({ shipment }) => held.has(shipment));
  return { rows, claims };
}

function lineClaims(order: Order, claims: readonly OpenClaim[], documented: readonly Documented[]): LineClaim[] {
  const found = new Map<string, LineClaim>();
  for (const { customer, line, shipment, quantity } of documented) {
    if (customer !== order.customer) continue;
    found.set(`${line} ${shipment}`, { line, shipment, wanted: ZERO, documented: decimal(quantity) });
  }
  for (const { customer, line, shipment, wanted, dueSince } of claims) {
    if (customer !== order.customer) continue;
    const already = found.get(`${line} ${shipment}`)?.documented ?? ZERO;
    const claim = { line, shipment, wanted: decimal(wanted), documented: already };
    found.set(`${line} ${shipment}`, dueSince === null ? claim : { ...claim, dueSince });
  }
  return [...found.values()];
}

type Answering = {
  readonly order: string;
  readonly rows: readonly ShipmentRow[];
  readonly claims: readonly OpenClaim[];
  readonly covered: readonly { readonly customer: string; readonly lines: readonly LineCoverage[] }[];
};

async function answer(client: ClientBase, tenant: string, { order, rows, claims, covered }: Answering, now: Instant) {
  const customerOf = new Map(claims.map(({ shipment, customer }) => [shipment, customer]));
  const stale = new Set(claims.filter(({ isStale }) => isStale).map(({ shipment }) => shipment));
  const changes = rows.flatMap(({ shipment, standing: before, candidates }) => {
    const lines = covered.find(({ customer }) => customer === customerOf.get(shipment))?.lines ?? [];
    const after = withAnswersOf(order, lines, shipment, JSON.parse(before) as Standing);
    const standing = JSON.stringify(after);
    if (standing === before && !stale.has(shipment)) return [];
    const isRefused = lines.some(({ held }) => held.includes(shipment));
    return [{ shipment, standing, newDocuments: 0, isWithdrawn: isRefused && candidates !== '[]' }];
  });
  await writeStandings(client, tenant, changes, now);
}

async function raise(client: ClientBase, tenant: string, order: string, lines: readonly LineCoverage[], now: Instant) {
  const exceeding = lines.filter(({ held }) => held.length > 0);
  const raised = exceeding.map(({ line, ordered, held }): RaisedException => {
    const detail = `Line ${line} of order ${order} is for ${ordered}, which does not reach ${held.join(', ')}. Raise the order, or correct what was packed.`;
    return { kind: EXCEEDS, subject: orderLineKey(order, line), shipment: held[0], detail };
  });
  const still = new Set(raised.map(({ subject }) => subject));
  const open = await openSubjects(client, tenant, EXCEEDS, `${order}/`);
  // Another order's number may begin with this one's.
  const ended = open.filter((subject) => /^-?\d+$/.test(subject.slice(order.length + 1)) && !still.has(subject));
  await closeExceptions(
    client,
    tenant,
    ended.map((subject) => ({ kind: EXCEEDS, subject })),
    now,
  );
  await openExceptions(client, tenant, raised, now);
}
