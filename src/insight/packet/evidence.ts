// The raw messages and proofs that a packet rests on: hashes of all of them, and the bytes up to a bound.

import { hear } from '../../domain/shipment/hearing.ts';
import { formatInstant } from '../../model/time.ts';
import { attachmentSizes, keptAttachments } from '../../store/deliverable-documents.ts';
import { messagesWithBytes } from '../../store/read/packet.ts';
import type { Asked } from '../explain/asked.ts';
import type { Basis, PacketMessage, PacketProof } from './packet.ts';
import { mayReadBytes, OUR_DESK, type Reader } from './reader.ts';
import { ruleBookOf } from './rules-in-packet.ts';

const MESSAGE_BYTES = 256 * 1024;
const MESSAGES_BYTES = 4 * 1024 * 1024;
const MOST_MESSAGES = 500;
const PROOFS_BYTES = 8 * 1024 * 1024;

const TOO_LARGE = 'too large to be embedded; the hub keeps it';
const NOT_TO_BE_READ = 'not for this reader; the hub keeps it';

/** Every message that a fact or a carrier's invoice came by, by id. */
export async function messagesOf(
  { client, tenant }: Asked,
  { shipments, carrierInvoices }: Basis,
  reader: Reader,
): Promise<PacketMessage[]> {
  const ids = new Set([
    ...shipments.flatMap(({ messageOf }) => Object.values(messageOf)),
    ...carrierInvoices.map(({ message }) => message),
  ]);
  const found = await messagesWithBytes(client, tenant, [...ids].slice(0, MOST_MESSAGES), MESSAGE_BYTES);
  let room = MESSAGES_BYTES;
  return found.map(({ body, fileName, ...kept }) => {
    const isNameless = kept.channel === 'desk' && reader.customer !== undefined;
    const told = isNameless ? { ...kept, partner: OUR_DESK, sender: OUR_DESK } : kept;
    if (!mayReadBytes(reader, told.partner)) return { ...told, leftOut: NOT_TO_BE_READ };
    const named = fileName === undefined ? told : { ...told, fileName };
    if (body === undefined || body.length > room) return { ...named, leftOut: TOO_LARGE };
    room -= body.length;
    return { ...named, content: Buffer.from(body).toString('base64') };
  });
}

/** The documents that came with the shipments: proofs of delivery first; to a customer those alone. */
export async function proofsOf({ client, tenant }: Asked, basis: Basis, reader: Reader): Promise<PacketProof[]> {
  const facts = documentFacts(basis).filter(({ fact }) => reader.customer === undefined || fact.document === 'pod');
  const hashes = [...new Set(facts.flatMap(({ fact }) => fact.content ?? []))];
  const sizes = await attachmentSizes(client, tenant, hashes);
  let room = PROOFS_BYTES;
  const fitting = hashes.filter((hash) => {
    const bytes = sizes.get(hash) ?? 0;
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  const kept = await keptAttachments(client, tenant, fitting);
  return facts.map(({ fact, shipment, message }) => {
    const { content: hash, mediaType, url, signedBy } = fact;
    const content = hash === undefined ? undefined : kept.get(hash)?.content;
    return {
      ...{ shipment, kind: fact.document, event: fact.id, sender: fact.sender },
      ...(message === undefined ? {} : { message }),
      reportedAt: formatInstant(fact.reportedAt),
      ...(signedBy === undefined ? {} : { signedBy }),
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(url === undefined ? {} : { url }),
      ...(hash === undefined ? {} : { sha256: hash }),
      bytes: hash === undefined ? 0 : (sizes.get(hash) ?? 0),
      ...(content === undefined
        ? { leftOut: hash === undefined ? 'its sender gave no bytes' : TOO_LARGE }
        : { content: Buffer.from(content).toString('base64') }),
    };
  });
}

function documentFacts({ shipments, rules }: Basis) {
  const book = ruleBookOf(rules);
  const found = shipments.flatMap(({ shipment, facts, messageOf }) =>
    (hear(facts, book)?.facts ?? [])
      .filter((fact) => fact.kind === 'document')
      .map((fact) => ({ fact, shipment, message: messageOf[fact.id] })),
  );
  const rank = (kind: string) => (kind === 'pod' ? 0 : 1);
  return found.sort((a, b) => rank(a.fact.document) - rank(b.fact.document));
}
