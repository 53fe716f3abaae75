// What a packet is about: the invoice, charge or carrier invoice that a reference names.

import type { CarrierVerdict } from '../../model/carrier-invoice.ts';
import type { Side } from '../../model/decision.ts';
import { formatMinor } from '../../model/money.ts';
import { standingAmounts } from '../../store/carrier-credits.ts';
import { type DisputeView, disputesOf } from '../../store/read/carrier-disputes.ts';
import { type CarrierInvoiceDetail, carrierInvoicesNamed } from '../../store/read/carrier-invoices.ts';
import { findInvoice } from '../../store/read/invoices.ts';
import { memoryOfShipment } from '../../store/read/knowledge.ts';
import { billedEarlier } from '../../store/read/packet.ts';
import type { Asked } from '../explain/asked.ts';
import type { CarrierInvoiceInPacket, Packet, StandingLine } from './packet.ts';
import type { Reader } from './reader.ts';

export type Subject = {
  readonly about: Packet['about'];
  readonly side: Side;
  readonly shipments: readonly string[];
  readonly invoice?: string;
  readonly charge?: { readonly shipment: string; readonly code: string };
  readonly carrierInvoices: readonly CarrierInvoiceInPacket[];
};

type Finder = (asked: Asked, name: string, reader: Reader) => Promise<Subject | undefined>;

// In the order in which a bare reference is tried: as `lading explain` does.
const FINDERS: Readonly<Record<string, Finder>> = {
  invoice: invoiceNamed,
  charge: chargeNamed,
  bill: carrierInvoiceNamed,
};

/** `undefined`: nothing that this reader may see and that can be disputed has that name. */
export async function subjectNamed(asked: Asked, ref: string, reader: Reader): Promise<Subject | undefined> {
  const [, kind = '', name = ''] = /^([a-z]+):(.+)$/.exec(ref) ?? [];
  const meant = FINDERS[kind];
  if (meant !== undefined) return meant(asked, name, reader);
  for (const find of Object.values(FINDERS)) {
    const subject = await find(asked, ref, reader);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

async function invoiceNamed({ client, tenant }: Asked, number: string, { customer }: Reader) {
  const found = await findInvoice(client, tenant, number, customer);
  if (found === undefined) return undefined;
  const shipments = [...new Set([...found.shipments, ...found.lines.map(({ shipment }) => shipment)])];
  return { about: 'invoice' as const, side: 'sell' as const, shipments, invoice: found.number, carrierInvoices: [] };
}

/** `S-1/LFT`: shipment ids may have a slash, charge codes have none. */
async function chargeNamed({ client, tenant }: Asked, name: string): Promise<Subject | undefined> {
  const slash = name.lastIndexOf('/');
  if (slash <= 0 || slash === name.length - 1) return undefined;
  const shipment = name.slice(0, slash);
  if ((await memoryOfShipment(client, tenant, shipment)) === undefined) return undefined;
  const code = name.slice(slash + 1).toUpperCase();
  return { about: 'charge', side: 'sell', shipments: [shipment], charge: { shipment, code }, carrierInvoices: [] };
}

async function carrierInvoiceNamed(
  { client, tenant }: Asked,
  name: string,
  { customer }: Reader,
): Promise<Subject | undefined> {
  // What carriers get is no customer's business.
  const found = customer === undefined ? await carrierInvoicesNamed(client, tenant, name) : [];
  if (found.length === 0) return undefined;
  const shipments = new Set(found.flatMap(({ lines }) => lines.flatMap(({ shipment }) => shipment ?? [])));
  const disputes = await disputesOf(
    client,
    tenant,
    found.map(({ id }) => id),
  );
  const carrierInvoices: CarrierInvoiceInPacket[] = [];
  for (const [index, invoice] of found.entries()) {
    const { differences: _, lines, verdict, billPostedAt: __, erpNumber: ___, ...told } = invoice;
    const own = [...new Set(lines.flatMap(({ shipment }) => shipment ?? []))];
    const creditedAgainst = await standingFor({ client, tenant }, invoice, own);
    const dispute = disputes.get(invoice.id);
    carrierInvoices.push({
      ...told,
      ...(verdict === undefined ? {} : { verdict: verdict as CarrierVerdict }),
      lines: lines.map(({ code, amount, shipment }) => ({
        code,
        amount,
        ...(shipment === undefined ? {} : { shipment }),
      })),
      isRepeated: index > 0,
      billedBefore: await billedEarlier(client, tenant, invoice, own),
      ...(creditedAgainst === undefined ? {} : { creditedAgainst }),
      ...(dispute === undefined ? {} : { dispute: lifeOf(dispute) }),
    });
  }
  return { about: 'carrier-invoice', side: 'buy', shipments: [...shipments], carrierInvoices };
}

// A bill needs none of it.
async function standingFor(
  { client, tenant }: Pick<Asked, 'client' | 'tenant'>,
  { id, carrier, currency, billed }: CarrierInvoiceDetail,
  shipments: readonly string[],
): Promise<StandingLine[] | undefined> {
  if (!billed.startsWith('-')) return undefined;
  const standing = await standingAmounts(client, tenant, carrier, shipments);
  return standing
    .filter((line) => line.currency === currency && (!line.isCreditNote || BigInt(line.id) < BigInt(id)))
    .map(({ amountMinor, currency: _, ...line }) => ({ ...line, amount: formatMinor(amountMinor, currency) }));
}

function lifeOf({ state, disputed, recovered, steps }: DisputeView): CarrierInvoiceInPacket['dispute'] {
  return { state, disputed, recovered, steps };
}
