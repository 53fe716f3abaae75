// Finds a carrier's invoices by their number, and has them explained.
import type { RatedCharge } from '../../model/decision.ts';
import { disputesOf } from '../../store/read/carrier-disputes.ts';
import { carrierInvoicesNamed } from '../../store/read/carrier-invoices.ts';
import { memoriesOfShipments } from '../../store/read/knowledge.ts';
import type { Explanation } from '../explanation.ts';
import { type Asked, effectsOf, exceptionsOf, seenIn } from './asked.ts';
import { explainCarrierInvoices } from './carrier-invoice.ts';

const MOST_EXPLAINED_SHIPMENTS = 20;

/** `rdwy/R-77` */
export async function billExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const { client, tenant, rules } = asked;
  const invoices = await carrierInvoicesNamed(client, tenant, name);
  const [first] = invoices;
  if (first === undefined) return undefined;
  const shipments = new Set(invoices.flatMap(({ compared }) => compared.map(({ shipment }) => shipment)));
  const expected = await expectedBy(asked, first.carrier, [...shipments].slice(0, MOST_EXPLAINED_SHIPMENTS));
  const effects = await effectsOf(
    asked,
    invoices.flatMap(({ bill }) => bill ?? []),
  );
  const exceptions = (await exceptionsOf(asked, { subject: `${first.carrier}/${first.invoice}` })).filter(({ kind }) =>
    kind.startsWith('carrier-invoice-'),
  );
  const disputes = await disputesOf(
    client,
    tenant,
    invoices.map(({ id }) => id),
  );
  const tolerance = rules.audit.get(first.carrier);
  return explainCarrierInvoices({ invoices, expected, tolerance, exceptions, effects, disputes });
}

/** By shipment: what this carrier was expected to bill. */
async function expectedBy(
  asked: Asked,
  carrier: string,
  shipments: readonly string[],
): Promise<ReadonlyMap<string, RatedCharge[]>> {
  const memories = await memoriesOfShipments(asked.client, asked.tenant, shipments);
  return new Map(
    shipments.map((shipment) => {
      const seen = seenIn(asked, shipment, memories.get(shipment)?.facts ?? []);
      return [shipment, (seen?.carrier === carrier ? seen.rated : []).filter(({ side }) => side === 'buy')];
    }),
  );
}
