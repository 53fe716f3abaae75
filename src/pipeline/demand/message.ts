// A demand as bytes for its recipient, and as the plan of a shipment where the recipient is the carrier itself.
import { type DemandContent, demandWeight } from '../../model/demand.ts';
import type { DemandProfile } from '../../model/setup/demand.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { writeTender } from '../../partners/x12/write-204.ts';
import type { DemandMessage } from '../../store/transport-demand.ts';

export type Written = { readonly mediaType: string; readonly body: Uint8Array } | { readonly problem: string };

/** The same message gives the same bytes at every try. */
export function written(message: DemandMessage, recipient: Partner, profile: DemandProfile): Written {
  const { content, purpose, control, madeAt } = message;
  if (profile.form === 'webhook') {
    return { mediaType: 'application/cloudevents+json', body: Buffer.from(JSON.stringify(eventOf(message))) };
  }
  const sender = profile.sender ?? { qualifier: 'ZZ', id: 'LADING' };
  const tender = writeTender({ content, purpose, control, madeAt, sender, recipient });
  if (tender.kind === 'refused') return { problem: tender.fault.message };
  return { mediaType: 'application/edi-x12', body: tender.bytes };
}

function eventOf({ subject, purpose, revision, content, madeAt }: DemandMessage): object {
  return {
    specversion: '1.0',
    id: subject,
    source: '/lading/demand',
    type: 'transport.demanded',
    time: new Date(madeAt).toISOString(),
    datacontenttype: 'application/json',
    data: { purpose, revision, ...content },
  };
}

/** What a carrier was asked to carry is a shipment: as whoever asks, we plan it. */
export function planEvents({ subject, purpose, content, madeAt }: DemandMessage, carrier: string): object[] {
  const at = new Date(madeAt).toISOString();
  const event = (part: string, type: string, data: object) => {
    return { specversion: '1.0', id: `${subject}/${part}`, source: '/lading/demand', type, time: at, data };
  };
  const named = { shipment: content.order, carrier };
  const milestone = (name: string) => event(name, 'shipment.milestone', { ...named, milestone: name, occurredAt: at });
  if (purpose === 'cancel') return [milestone('cancelled')];
  return [event('planned', 'shipment.planned', { ...named, ...planOf(content) }), milestone('tendered')];
}

function planOf({
  order,
  customer,
  customerReference,
  mode,
  pickup,
  delivery,
  wantedBy,
  lines,
}: DemandContent): object {
  const place = ({ name, city, region, postal, country }: DemandContent['delivery']) => ({
    name,
    city,
    region,
    postal,
    country,
  });
  const appointment = wantedBy === undefined ? {} : { appointment: { from: wantedBy } };
  const weight = demandWeight(lines);
  return {
    customer,
    orders: [order],
    mode,
    ...(customerReference === undefined ? {} : { references: [{ type: 'customer-ref', value: customerReference }] }),
    stops: [
      { sequence: 1, kind: 'pickup', ...place(pickup) },
      { sequence: 2, kind: 'delivery', ...place(delivery), ...appointment },
    ],
    ...(weight === undefined ? {} : { weight }),
    contents: lines.map(({ line, quantity }) => ({ order, line, quantity })),
  };
}
