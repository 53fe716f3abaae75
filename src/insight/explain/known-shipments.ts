// What an explanation of shipments is made from, read from the store: each table once, however many shipments there are.
import type { ShipmentInput, Standing } from '../../model/decision.ts';
import type { Order } from '../../model/shipment.ts';
import { documentsOf } from '../../store/invoices.ts';
import { findOrders } from '../../store/orders.ts';
import { type ApprovalView, approvalsOf } from '../../store/read/approvals.ts';
import { type InvoiceDetail, invoicesOfShipments } from '../../store/read/invoices.ts';
import { memoriesOfShipments, originsOfEvents, type ShipmentMemory } from '../../store/read/knowledge.ts';
import type { ExplainedInvoice } from '../explanation/document.ts';
import type { ExplainedException } from '../explanation/exception.ts';
import { type Asked, effectsOf, exceptionsOf, MOST_EXCEPTIONS, seenIn } from './asked.ts';
import type { ShipmentKnowledge } from './shipment.ts';

export type KnownShipment = Omit<ShipmentKnowledge, 'rules' | 'now'> & {
  readonly input: ShipmentInput;
  readonly approvals: readonly ApprovalView[];
};
type Memories = ReadonlyMap<string, ShipmentMemory>;

/** Those that there are. */
export async function knownOfShipments(asked: Asked, names: readonly string[]): Promise<KnownShipment[]> {
  const { client, tenant } = asked;
  const memories = await memoriesOfShipments(client, tenant, names);
  const shipments = [...memories.keys()];
  const documents = await documentsOf(client, tenant, shipments);
  const events = [...memories.values()].flatMap(({ facts }) => facts.map(({ id }) => id));
  const messageOf = await originsOfEvents(client, tenant, events);
  const orders = await ordersOfShipments(asked, memories);
  const invoices = await invoicesExplained(asked, shipments);
  const exceptions = await exceptionsOfShipments(asked, memories);
  const approvals = await approvalsOf(client, tenant, shipments);
  return [...memories].map(([shipment, { facts, standing }]) => {
    const own = documents.filter(({ lines }) => lines.some((line) => line.shipment === shipment));
    return {
      input: { shipment, facts, documents: own, orders: orders.get(shipment) ?? [], standing },
      messageOf,
      invoices: invoices.get(shipment) ?? [],
      exceptions: exceptions.get(shipment) ?? [],
      approvals: approvals.get(shipment) ?? [],
    };
  });
}

async function ordersOfShipments(asked: Asked, memories: Memories): Promise<ReadonlyMap<string, Order[]>> {
  const named = [...memories].map(([shipment, { facts }]) => {
    const seen = seenIn(asked, shipment, facts);
    const plan = facts.findLast((fact) => fact.kind === 'plan')?.plan;
    const numbers = new Set([...(plan?.orders ?? []), ...(seen?.claims ?? []).map(({ order }) => order)]);
    return { shipment, customer: seen?.customer, numbers: [...numbers] };
  });
  const orders = await ordersOf(asked, named);
  return new Map(named.map(({ shipment }, index) => [shipment, orders[index] as Order[]]));
}

type NamedOrders = { readonly customer: string | undefined; readonly numbers: readonly string[] };

/** Of each, as it names them; an order is its customer's, whoever else uses the number. */
export async function ordersOf({ client, tenant }: Asked, named: readonly NamedOrders[]): Promise<Order[][]> {
  const known = await findOrders(client, tenant, [...new Set(named.flatMap(({ numbers }) => numbers))]);
  const byNumber = Map.groupBy(known, ({ order }) => order.order);
  return named.map(({ customer, numbers }) =>
    numbers.flatMap((number) => byNumber.get(number)?.find(({ order }) => order.customer === customer)?.order ?? []),
  );
}

async function invoicesExplained(asked: Asked, shipments: readonly string[]) {
  const invoices = await invoicesOfShipments(asked.client, asked.tenant, shipments);
  const whole = await explainedInvoices(asked, [
    ...new Map([...invoices.values()].flat().map((invoice) => [invoice.number, invoice])).values(),
  ]);
  const byNumber = new Map(whole.map((invoice) => [invoice.number, invoice]));
  return new Map(
    [...invoices].map(([shipment, own]) => [shipment, own.flatMap(({ number }) => byNumber.get(number) ?? [])]),
  );
}

export async function explainedInvoices(asked: Asked, invoices: readonly InvoiceDetail[]): Promise<ExplainedInvoice[]> {
  const effects = await effectsOf(
    asked,
    invoices.map(({ number }) => number),
  );
  return invoices.map((invoice) => ({
    ...invoice,
    shipments: [...invoice.shipments],
    lines: invoice.lines.map((line) => ({ ...line, derivation: [...line.derivation] })),
    effects: effects.get(invoice.number) ?? [],
  }));
}

// Those of an order's line name one of the shipments that are held for it; they are every such shipment's.
async function exceptionsOfShipments(
  asked: Asked,
  memories: Memories,
): Promise<ReadonlyMap<string, ExplainedException[]>> {
  const shipments = [...memories.keys()];
  const most = MOST_EXCEPTIONS * shipments.length;
  const own = Map.groupBy(await exceptionsOf(asked, { shipments }, most), ({ shipment }) => shipment);
  const shared = await excessAmong(
    asked,
    [...memories.values()].flatMap(({ standing }) => standing.exceeding ?? []),
  );
  return new Map(
    [...memories].map(([shipment, { standing }]) => {
      const of = own.get(shipment) ?? [];
      return [shipment, [...of, ...sharedBy(standing, shared).filter((each) => each.shipment !== shipment)]];
    }),
  );
}

function excessAmong(asked: Asked, subjects: readonly string[]): Promise<ExplainedException[]> {
  if (subjects.length === 0) return Promise.resolve([]);
  const filter = { kind: 'quantity-exceeds-order', subjects: [...new Set(subjects)], state: 'open' } as const;
  return exceptionsOf(asked, filter, MOST_EXCEPTIONS + subjects.length);
}

function sharedBy({ exceeding = [] }: Standing, shared: readonly ExplainedException[]): ExplainedException[] {
  return shared.filter(({ subject }) => exceeding.includes(subject));
}
