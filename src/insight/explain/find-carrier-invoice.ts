// Finds a carrier's invoices by their number, and has them explained.
import { decide } from '../../domain/decide.ts';
import type { RatedCharge } from '../../model/decision.ts';
import { type DisputeView, findDispute } from '../../store/read/carrier-disputes.ts';
import { carrierInvoicesNamed } from '../../store/read/carrier-invoices.ts';
import { memoryOfShipment } from '../../store/read/knowledge.ts';
import type { Explanation } from '../explanation.ts';
import { type Asked, effectsOf, exceptionsOf } from './asked.ts';
import { explainCarrierInvoices } from './carrier-invoice.ts';

const MOST_EXPLAINED_SHIPMENTS = 20;

/** `rdwy/R-77` */
export async function billExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const { client, tenant, rules, now } = asked;
  const invoices = await carrierInvoicesNamed(client, tenant, name);
  const [first] = invoices;
  if (first === undefined) return undefined;
  const shipments = new Set(invoices.flatMap(({ compared }) => compared.map(({ shipment }) => shipment)));
  const expected = new Map<string, RatedCharge[]>();
  for (const shipment of [...shipments].slice(0, MOST_EXPLAINED_SHIPMENTS)) {
    const { facts = [] } = (await memoryOfShipment(client, tenant, shipment)) ?? {};
    const seen = decide({ shipment, facts, documents: [], orders: [], standing: {} }, rules, now);
    expected.set(
      shipment,
      (seen?.carrier === first.carrier ? seen.rated : []).filter(({ side }) => side === 'buy'),
    );
  }
  const effects = await effectsOf(
    asked,
    invoices.flatMap(({ bill }) => bill ?? []),
  );
  const exceptions = (await exceptionsOf(asked, { subject: `${first.carrier}/${first.invoice}` })).filter(({ kind }) =>
    kind.startsWith('carrier-invoice-'),
  );
  const disputes = new Map<string, DisputeView>();
  for (const { id } of invoices) {
    const dispute = await findDispute(client, tenant, id);
    if (dispute !== undefined) disputes.set(id, dispute);
  }
  const tolerance = rules.audit.get(first.carrier);
  return explainCarrierInvoices({ invoices, expected, tolerance, exceptions, effects, disputes });
}
