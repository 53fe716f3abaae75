// Which legal entity a carrier's bill is for: that of the shipments on it.
import { isPurchase } from '../../connectors/contract.ts';
import { pictureOf } from '../../domain/shipment/picture.ts';
import type { Fact } from '../../model/fact.ts';
import type { Order } from '../../model/shipment.ts';
import { type DeliverableDocument, factsOfShipments } from '../../store/deliverable-documents.ts';
import { findOrders } from '../../store/orders.ts';
import type { DeliverContext } from './context.ts';

/**
 * By the bill's number. Left out: a bill whose shipments are of several entities or of none; it goes where the ERP
 * books by default, and an accountant spreads it.
 */
export async function entitiesOfBills(
  { store, rules }: Pick<DeliverContext, 'store' | 'rules'>,
  documents: readonly DeliverableDocument[],
): Promise<ReadonlyMap<string, string>> {
  const bills = documents.filter(({ kind }) => isPurchase(kind));
  const book = await rules.current(store);
  if (bills.length === 0 || book.entities.size === 0) return new Map();
  const shipments = new Set(bills.flatMap(({ lines }) => lines.map(({ shipment }) => shipment)));
  const facts = await factsOfShipments(store, store.tenant, [...shipments]);
  const known = await findOrders(store, store.tenant, ordersNamedIn([...facts.values()].flat()));
  const orders: Order[] = known.map(({ order }) => order);
  const entityOf = (shipment: string) => {
    const input = { shipment, facts: facts.get(shipment) ?? [], documents: [], orders, standing: {} };
    return pictureOf(input, book)?.legalEntity;
  };
  return new Map(
    bills.flatMap(({ number, lines }) => {
      const [only, ...others] = new Set(lines.map(({ shipment }) => entityOf(shipment)));
      return only === undefined || others.length > 0 ? [] : [[number, only] as const];
    }),
  );
}

function ordersNamedIn(facts: readonly Fact[]): string[] {
  const named = facts.flatMap((fact) => {
    if (fact.kind === 'plan') return [...(fact.plan.orders ?? []), ...(fact.plan.contents ?? []).map(orderOf)];
    return fact.kind === 'packed' ? fact.contents.map(orderOf) : [];
  });
  return [...new Set(named)];
}

const orderOf = ({ order }: { readonly order: string }) => order;
