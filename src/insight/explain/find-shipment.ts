// Finds shipments, by their own id or any number that they carry, their charges and their invoices, and has them explained.
import { findInvoice } from '../../store/read/invoices.ts';
import { shipmentsByReference } from '../../store/read/shipments.ts';
import type { ShipmentExplanation } from '../explanation/shipment.ts';
import type { Explanation } from '../explanation.ts';
import type { Asked } from './asked.ts';
import { explainedInvoices, type KnownShipment, knownOfShipments } from './known-shipments.ts';
import { explainMargin } from './margin.ts';
import { explainShipment } from './shipment.ts';

export async function shipmentExplanation(asked: Asked, shipment: string): Promise<ShipmentExplanation | undefined> {
  return (await shipmentExplanations(asked, [shipment])).get(shipment);
}

/** Those that there are; each table is asked once, however many they are. */
export async function shipmentExplanations(
  asked: Asked,
  shipments: readonly string[],
): Promise<ReadonlyMap<string, ShipmentExplanation>> {
  const known = await knownOfShipments(asked, shipments);
  return new Map(known.map((each) => [each.input.shipment, explanationFrom(asked, each)]));
}

function explanationFrom({ rules, now }: Asked, { approvals, ...known }: KnownShipment): ShipmentExplanation {
  const { input } = known;
  const margin = explainMargin(input, rules, now);
  const { proFormas } = input.standing;
  return {
    ...explainShipment({ ...known, rules, now }),
    ...(margin === undefined ? {} : { margin }),
    ...(approvals.length === 0 ? {} : { approvals: approvals.map((each) => ({ ...each, of: [...each.of] })) }),
    ...(proFormas === undefined ? {} : { proFormas: proFormas.map((each) => ({ ...each, lines: [...each.lines] })) }),
  };
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
