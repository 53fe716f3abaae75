// Finds messages, events, exceptions and what waits for a shipment, and has them explained.
import { decodeFacts } from '../../store/facts.ts';
import { findEvent } from '../../store/read/events.ts';
import { findException } from '../../store/read/exceptions.ts';
import { memoriesOfShipments, messagesByHash, waitingUnder } from '../../store/read/knowledge.ts';
import { findMessage } from '../../store/read/messages.ts';
import type { Explanation } from '../explanation.ts';
import { type Asked, exceptionsOf, explainedException, seenIn } from './asked.ts';
import { becameOf, explainMessage } from './message.ts';
import { whatOf } from './shipment.ts';

const isRowId = (ref: string) => /^[0-9]{1,18}$/.test(ref);

export async function messageExplanation(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const { client, tenant } = asked;
  const [byHash] = /^[0-9a-f]{64}$/i.test(ref) ? await messagesByHash(client, tenant, ref) : [];
  const id = byHash ?? ref;
  if (!isRowId(id)) return undefined;
  const message = await findMessage(client, tenant, id);
  if (message === undefined) return undefined;
  const shipments = new Set(message.madeEvents.flatMap((event) => event.shipment ?? []));
  const unheard = await unheardOf(asked, [...shipments]);
  return explainMessage(message, await exceptionsOf(asked, { message: id }), unheard);
}

async function unheardOf(asked: Asked, shipments: readonly string[]): Promise<ReadonlySet<string>> {
  const memories = await memoriesOfShipments(asked.client, asked.tenant, shipments);
  return new Set([...memories].flatMap(([shipment, { facts }]) => seenIn(asked, shipment, facts)?.unheard ?? []));
}

export async function eventExplanation(asked: Asked, id: string): Promise<Explanation | undefined> {
  const { client, tenant } = asked;
  const event = isRowId(id) ? await findEvent(client, tenant, id) : undefined;
  if (event === undefined) return undefined;
  const { id: number, position: _, ...told } = event;
  const message = await findMessage(client, tenant, event.message);
  const waiting = message?.madeEvents.some((made) => made.id === id && made.waiting) ?? false;
  const unheard = await unheardOf(asked, event.shipment === undefined ? [] : [event.shipment]);
  return { about: 'event', event: number, ...told, became: becameOf({ ...event, waiting }, unheard.has(id)) };
}

/** By id, or by subject: of several of one subject the newest open one. */
export async function exceptionExplanation(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const { client, tenant } = asked;
  const byId = isRowId(ref) ? await findException(client, tenant, ref) : undefined;
  if (byId !== undefined) return { about: 'exception', exception: explainedException(byId) };
  const bySubject = await exceptionsOf(asked, { subject: ref });
  const newest = bySubject.findLast(({ state }) => state === 'open') ?? bySubject.at(-1);
  return newest === undefined ? undefined : { about: 'exception', exception: newest };
}

export async function waitingExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const waiting = await waitingUnder(asked.client, asked.tenant, name);
  if (waiting.length === 0) return undefined;
  const many =
    waiting.length === 1
      ? '1 fact waits for it and applies itself'
      : `${waiting.length} facts wait for it and apply themselves`;
  return {
    about: 'waiting',
    name,
    sentence: `No shipment is known by ${name}. ${many} once it is known; owner operations.`,
    facts: waiting.map(({ fact, ...told }) => ({
      ...told,
      what: fact === '' ? 'a note' : whatOf(decodeFacts(fact)[0]),
    })),
  };
}
