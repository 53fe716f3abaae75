// A dispute packet: all that an invoice, a charge or a carrier's invoice rests on, in one signed JSON.

import type { Instant } from '../../model/time.ts';
import { formatInstant } from '../../model/time.ts';
import { actsOn } from '../../store/read/packet.ts';
import { type Asked, effectsOf, exceptionsOf, MOST_EXCEPTIONS } from '../explain/asked.ts';
import type { ExplainContext } from '../explain.ts';
import { messagesOf, proofsOf } from './evidence.ts';
import { findingOf } from './finding.ts';
import { gatherBasis, MOST_SHIPMENTS } from './gather-basis.ts';
import { type Around, historyOf, wholeHistory } from './history.ts';
import { type Basis, type Finding, PACKET_FORMAT, type Packet, type SignedPacket } from './packet.ts';
import type { Reader } from './reader.ts';
import { type Signer, sealPacket } from './seal.ts';
import { type Subject, subjectNamed } from './subject.ts';

/** `undefined`: nothing that this reader may see and that can be disputed has that name. */
export async function makePacket(
  context: ExplainContext,
  ref: string,
  reader: Reader,
  signer: Signer,
): Promise<SignedPacket | undefined> {
  const packet = await context.store.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const rules = await context.rules.current(client);
    const now: Instant = context.clock.now();
    return packetOf({ client, tenant: context.store.tenant, rules, now }, ref.trim(), reader);
  });
  // Through JSON once: what is signed is what is written.
  return packet && sealPacket(JSON.parse(JSON.stringify(packet)) as Packet, signer);
}

async function packetOf(asked: Asked, ref: string, reader: Reader): Promise<Packet | undefined> {
  const named = await subjectNamed(asked, ref, reader);
  if (named === undefined) return undefined;
  // A charge is the customer's where it has one; staff may ask for what only the carrier gets.
  const sides = named.charge === undefined || reader.customer !== undefined ? [named.side] : (['sell', 'buy'] as const);
  for (const side of sides) {
    const basis = await gatherBasis(asked, { ...named, side }, reader);
    const finding = findingOf(basis);
    if (isAnything(named, basis, finding)) return assembled(asked, ref, { subject: named, basis, finding, reader });
  }
  return undefined;
}

type Parts = {
  readonly subject: Subject;
  readonly basis: Basis;
  readonly finding: Finding;
  readonly reader: Reader;
};

async function assembled(asked: Asked, ref: string, { subject, basis, finding, reader }: Parts): Promise<Packet> {
  return {
    format: PACKET_FORMAT,
    ref: nameOf(subject, ref),
    about: subject.about,
    madeAt: formatInstant(basis.at),
    basis,
    finding,
    history:
      reader.customer === undefined
        ? wholeHistory({ basis, finding }, await around(asked, basis))
        : historyOf(basis, finding),
    messages: await messagesOf(asked, basis, reader),
    proofs: await proofsOf(asked, basis, reader),
    leftOut: leftOut(subject, basis),
  };
}

function isAnything({ charge }: Subject, { documents }: Basis, { shipments }: Finding): boolean {
  return (
    charge === undefined ||
    shipments.some(({ charges }) => charges.length > 0) ||
    documents.some(({ lines }) => lines.some((line) => line.code.toUpperCase() === charge.code))
  );
}

function nameOf({ invoice, charge, carrierInvoices: [first] }: Subject, ref: string): string {
  if (charge !== undefined) return `${charge.shipment}/${charge.code}`;
  return invoice ?? (first === undefined ? ref : `${first.carrier}/${first.invoice}`);
}

// What holds up one side's money is not the other's to read.
async function around(asked: Asked, { side, shipments, documents, carrierInvoices }: Basis): Promise<Around> {
  const { client, tenant } = asked;
  const numbers = [...documents.map(({ number }) => number), ...carrierInvoices.flatMap(({ bill }) => bill ?? [])];
  const names = carrierInvoices.map(({ carrier, invoice }) => `${carrier}/${invoice}`);
  const own = side === 'sell' ? shipments.map(({ shipment }) => shipment) : [];
  const ofShipments = await exceptionsOf(asked, { shipments: own }, MOST_EXCEPTIONS * own.length);
  const ofBills = await exceptionsOf(asked, { subjects: names }, MOST_EXCEPTIONS * names.length);
  const found = [...ofShipments.filter(({ kind }) => !kind.startsWith('carrier-invoice-')), ...ofBills];
  const effects = await effectsOf(asked, numbers);
  const subjects = [...own, ...numbers, ...names];
  return {
    exceptions: [...new Map(found.map((exception) => [exception.id, exception])).values()],
    effects: numbers.flatMap((number) => effects.get(number) ?? []),
    acts: await actsOn(client, tenant, subjects),
  };
}

function leftOut({ shipments }: Subject, { side }: Basis): string[] {
  const beyond = shipments.slice(MOST_SHIPMENTS);
  return [
    ...(beyond.length === 0 ? [] : [`The facts of ${beyond.length} further shipments: ${beyond.join(', ')}.`]),
    side === 'sell'
      ? "What carriers get: it is no matter of the customer's."
      : "What customers are billed: it is no matter of the carrier's.",
  ];
}
