// Finds shipments, by their own id or any number that they carry, their charges and their invoices, and has them explained.
import { decide } from '../../domain/decide.ts';
import type { Standing } from '../../model/decision.ts';
import type { Order } from '../../model/shipment.ts';
import { documentsOf } from '../../store/invoices.ts';
import { findOrders } from '../../store/orders.ts';
import { approvalsOf } from '../../store/read/approvals.ts';
import { findInvoice, type InvoiceDetail, invoicesOfShipment } from '../../store/read/invoices.ts';
import { memoryOfShipment, originsOfEvents } from '../../store/read/knowledge.ts';
import { shipmentsByReference } from '../../store/read/shipments.ts';
import type { ExplainedInvoice } from '../explanation/document.ts';
import type { ShipmentExplanation } from '../explanation/shipment.ts';
import type { Explanation } from '../explanation.ts';
import { type Asked, effectsOf, exceptionsOf } from './asked.ts';
import { explainMargin } from './margin.ts';
import { explainShipment } from './shipment.ts';

export async function shipmentExplanation(asked: Asked, shipment: string): Promise<ShipmentExplanation | undefined> {
  const { client, tenant, rules, now } = asked;
  const memory = await memoryOfShipment(client, tenant, shipment);
  if (memory === undefined) return undefined;
  const { facts, standing } = memory;
  const documents = await documentsOf(client, tenant, [shipment]);
  const messageOf = await originsOfEvents(
    client,
    tenant,
    facts.map(({ id }) => id),
  );
  const seen = decide({ shipment, facts, documents: [], orders: [], standing: {} }, rules, now);
  const plan = facts.findLast((fact) => fact.kind === 'plan')?.plan;
  const numbers = [...(plan?.orders ?? []), ...(seen?.claims ?? []).map(({ order }) => order)];
  const orders = await ordersOf(asked, seen?.customer, [...new Set(numbers)]);
  const invoices = await explainedInvoices(asked, await invoicesOfShipment(client, tenant, shipment));
  const exceptions = await exceptionsOfShipment(asked, shipment, standing);
  const input = { shipment, facts, documents, orders, standing };
  const explained = explainShipment({ input, rules, now, messageOf, invoices, exceptions });
  const margin = explainMargin(input, rules, now);
  const { proFormas } = standing;
  const approvals = await approvalsOf(client, tenant, shipment);
  return {
    ...explained,
    ...(margin === undefined ? {} : { margin }),
    ...(approvals.length === 0 ? {} : { approvals: approvals.map((each) => ({ ...each, of: [...each.of] })) }),
    ...(proFormas === undefined ? {} : { proFormas: proFormas.map((each) => ({ ...each, lines: [...each.lines] })) }),
  };
}

/** As the plan names them; an order is its customer's, whoever else uses the number. */
export async function ordersOf({ client, tenant }: Asked, customer: string | undefined, numbers: readonly string[]) {
  const known = await findOrders(client, tenant, numbers);
  return numbers.flatMap((number): Order[] => {
    const found = known.find(({ order }) => order.order === number && order.customer === customer);
    return found === undefined ? [] : [found.order];
  });
}

async function explainedInvoices(asked: Asked, invoices: readonly InvoiceDetail[]): Promise<ExplainedInvoice[]> {
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
async function exceptionsOfShipment(asked: Asked, shipment: string, { exceeding = [] }: Standing) {
  const own = await exceptionsOf(asked, { shipment });
  const known = new Set(own.map(({ id }) => id));
  if (exceeding.length === 0) return own;
  const shared = await exceptionsOf(asked, { kind: 'quantity-exceeds-order', subjects: exceeding, state: 'open' });
  return [...own, ...shared.filter(({ id }) => !known.has(id))];
}

export async function invoiceExplanation(asked: Asked, number: string): Promise<Explanation | undefined> {
  const invoice = await findInvoice(asked.client, asked.tenant, number);
  const [explained] = await explainedInvoices(asked, invoice === undefined ? [] : [invoice]);
  return explained && { about: 'invoice', invoice: explained };
}

/** `S-1/LFT`: shipment ids may have a slash, charge codes have none. */
export async function chargeExplanation(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const slash = ref.lastIndexOf('/');
  if (slash <= 0 || slash === ref.length - 1) return undefined;
  const code = ref.slice(slash + 1).toUpperCase();
  const whole = await shipmentExplanation(asked, ref.slice(0, slash));
  if (whole === undefined) return undefined;
  const { shipment, customer, status, billing, billingBecause, invoices } = whole;
  const charges = whole.charges.filter((charge) => charge.code.toUpperCase() === code);
  const lines = invoices.flatMap(({ number, kind, currency, lines }) =>
    lines
      .filter((line) => line.code.toUpperCase() === code && line.shipment === shipment)
      .map(({ amount, derivation }) => ({ number, kind, amount, currency, derivation })),
  );
  if (charges.length === 0 && lines.length === 0) return undefined;
  return { about: 'charge', shipment, customer, code, status, billing, billingBecause, charges, lines };
}

export async function referenceExplanation(asked: Asked, value: string): Promise<Explanation | undefined> {
  const shipments = await shipmentsByReference(asked.client, asked.tenant, value);
  if (shipments.length === 1) return shipmentExplanation(asked, shipments[0] as string);
  if (shipments.length === 0) return undefined;
  const choices = shipments.map((shipment) => ({ ref: `shipment:${shipment}`, is: `shipment ${shipment} carries it` }));
  return { about: 'choice', ref: value, choices };
}
