// The page's evidence: facts with source and time, proofs of delivery, the history, and the raw messages.

import { definitions, element, escaped, folded, type Html, join, raw, section, table, text } from './html.ts';
import type { PacketMessage, PacketProof, ShipmentFinding, SignedPacket } from './packet.ts';

export function factsSections({ finding }: SignedPacket): Html[] {
  return finding.shipments.map(factsSection);
}

type Sourced = {
  readonly sender: string;
  readonly reportedAt: string;
  readonly event: string;
  readonly message?: string;
};

function sourceOf({ sender, reportedAt, event, message }: Sourced): Html {
  const by = message === undefined ? `event ${event}` : `event ${event}, message ${message}`;
  return join([text(`${sender}, ${reportedAt}`), element('p', text(by), 'dim')]);
}

function factsSection(shipment: ShipmentFinding): Html {
  const { plan, stops, milestones, reports, references } = shipment;
  return section(
    `Facts of shipment ${shipment.shipment}`,
    definitions([
      ['Status', shipment.status],
      ['Picked up', shipment.pickedUpAt],
      ['Delivered', shipment.deliveredAt],
      ['Rated on', shipment.ratingDate],
      ['Plan', plan && planWords(plan)],
      ['References', references.map(({ type, value }) => `${type} ${value}`).join(', ')],
    ]),
    table(
      [{ label: 'Stop' }, { label: 'Where' }, { label: 'Appointment, UTC' }, { label: 'Local' }],
      stops.map(({ sequence, kind, place, timezone, appointment }) => [
        text(`${sequence} ${kind}`),
        text(timezone === undefined ? place : `${place} (${timezone})`),
        text(appointment?.from),
        text(appointment?.local),
      ]),
    ),
    table(
      [{ label: 'Milestone' }, { label: 'UTC' }, { label: 'Local' }, { label: 'Said by' }, { label: 'Stands' }],
      milestones.map((each) => [
        text(
          `${each.milestone}${each.stop === undefined ? '' : `, stop ${each.stop}`}${each.reason === undefined ? '' : `, ${each.reason}`}`,
        ),
        text(each.at),
        text(each.local),
        sourceOf(each),
        text(each.standing),
      ]),
    ),
    table(
      [{ label: 'Reported charge' }, { label: 'Occurred, UTC' }, { label: 'Said by' }],
      reports.map((each) => [
        text(`${each.code}${each.quantity === undefined ? '' : ` × ${each.quantity}`}`),
        text(each.occurredAt),
        sourceOf(each),
      ]),
    ),
  );
}

function planWords(plan: NonNullable<ShipmentFinding['plan']>): Html {
  const { mode, service, equipment, weight, pallets, units, distanceMiles } = plan;
  const measures = [
    weight,
    pallets && `${pallets} pallets`,
    units && `${units} units`,
    distanceMiles && `${distanceMiles} mi`,
  ];
  const words = [mode, service, equipment, ...measures].filter((part) => part !== undefined && part !== '');
  return join([text(words.join(', ')), element('div', sourceOf(plan), 'dim')]);
}

export function proofsSection({ proofs }: SignedPacket): Html {
  if (proofs.length === 0) return section('Proof of delivery', element('p', text('None was received.')));
  return section('Proof of delivery', ...proofs.map(proofHtml));
}

function proofHtml(proof: PacketProof): Html {
  const { shipment, kind, signedBy, url, sha256, bytes } = proof;
  return join([
    element('h3', text(`${kind} of ${shipment}`)),
    definitions([
      ['Signed by', signedBy],
      ['Said by', sourceOf(proof)],
      ['At', url],
      ['SHA-256', sha256 && element('code', text(sha256))],
      ['Bytes', sha256 && `${bytes}, ${proof.mediaType ?? 'of unknown kind'}`],
    ]),
    shown(proof),
  ]);
}

const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

// Only what can do nothing is shown; all else is offered to be kept as a file.
function shown({ content, mediaType = '', leftOut, kind, shipment }: PacketProof): Html {
  if (content === undefined) return element('p', text(`Not embedded: ${leftOut ?? 'not here'}.`), 'dim');
  const type = mediaType.toLowerCase().split(';')[0]?.trim() ?? '';
  const data = content.replace(/[^A-Za-z0-9+/=]/g, '');
  if (PICTURES.has(type)) {
    return raw(`<img alt="${escaped(`${kind} of ${shipment}`)}" src="data:${type};base64,${data}">`);
  }
  const read = type.startsWith('text/') ? readable(content) : undefined;
  if (read !== undefined) return element('pre', text(read));
  const kept = type === 'application/pdf' ? type : 'application/octet-stream';
  const name = `${kind}-${shipment}`.replace(/[^A-Za-z0-9._-]/g, '_') + (type === 'application/pdf' ? '.pdf' : '');
  return raw(`<p><a download="${escaped(name)}" href="data:${kept};base64,${data}">Keep it as a file</a></p>`);
}

const MOST_SHOWN = 64 * 1024;

/** As text, where it is one; characters that cannot be seen are shown as dots. */
function readable(content: string): string | undefined {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > MOST_SHOWN) return undefined;
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    return decoded.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '·');
  } catch {
    return undefined;
  }
}

export function historySection({ history }: SignedPacket): Html {
  const rows = history.map(({ at, what, who, event, message }) => [
    text(at),
    text(what),
    join([
      text(who),
      element(
        'p',
        text([event && `event ${event}`, message && `message ${message}`].filter(Boolean).join(', ')),
        'dim',
      ),
    ]),
  ]);
  return section('History', table([{ label: 'UTC' }, { label: 'What' }, { label: 'Who' }], rows));
}

export function messagesSection({ messages }: SignedPacket): Html {
  return section('Raw messages', ...messages.map(messageHtml));
}

function messageHtml(message: PacketMessage): Html {
  const { id, partner, channel, kind, fileName, receivedAt, sha256, bytes, content, leftOut } = message;
  const read = content === undefined ? undefined : readable(content);
  return join([
    element('h3', text(`Message ${id}${kind === undefined ? '' : `, ${kind}`}`)),
    definitions([
      ['From', `${partner}, by ${channel}${fileName === undefined ? '' : ` (${fileName})`}`],
      ['Received', receivedAt],
      ['SHA-256', element('code', text(sha256))],
      ['Bytes', `${bytes}${leftOut === undefined ? '' : `: ${leftOut}`}`],
    ]),
    ...(read === undefined ? [] : [folded('As it came', element('pre', text(read)), 'screen')]),
  ]);
}
