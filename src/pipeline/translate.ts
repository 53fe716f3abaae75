// From claimed messages to new events: what each means, which of it is new, and under which number it is kept.
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { factFrom } from '../domain/fact-from.ts';
import type { Fact } from '../model/fact.ts';
import type { RuleBook } from '../model/rules.ts';
import { translate } from '../partners/translate.ts';
import type { TranslatedEvent, Translation } from '../partners/translation.ts';
import type { NewAttachment } from '../store/attachments.ts';
import { claimEventKeys, knownEventsOf, reserveEventIds } from '../store/events.ts';
import { type ClaimedMessage, keyByBytes } from '../store/messages.ts';
import { saidByMended } from './by-hand/said.ts';

/** One new event on its way to a shipment. */
export type Arrival = {
  readonly eventId: string;
  readonly message: ClaimedMessage;
  /** In its message, from 0. */
  readonly position: number;
  readonly translated: TranslatedEvent;
  /** Undefined for what decides nothing, or is not about one shipment. */
  readonly fact?: Fact;
  /** SHA-256 of the content that came with it, hex. */
  readonly content?: string;
};

export type WorkedMessage = {
  readonly message: ClaimedMessage;
  readonly translation: Translation;
  /** What is new in it, in its order. */
  readonly arrivals: readonly Arrival[];
  /** Nothing in it is new. */
  readonly duplicate: boolean;
};

export type Understood = { readonly message: ClaimedMessage; readonly translation: Translation };

export function understand(messages: readonly ClaimedMessage[], rules: RuleBook): Understood[] {
  return messages.map((message) => {
    const { body, partner, bound, fileName, mediaType, receivedAt } = message;
    const inbound = {
      bytes: body,
      partner,
      bound,
      receivedAt,
      ...(fileName === null ? {} : { fileName }),
      ...(mediaType === null ? {} : { mediaType }),
    };
    return { message, translation: translate(inbound, rules) };
  });
}

/** Numbers the events and leaves out those that are known, by their key or because their message is worked on again. */
export async function newEventsOf(
  client: ClientBase,
  tenant: string,
  understood: readonly Understood[],
): Promise<{ worked: WorkedMessage[]; attachments: NewAttachment[] }> {
  const all = understood.flatMap(({ translation }) => translation.events);
  const ids = await reserveEventIds(client, all.length);
  const idOf = new Map(all.map((event, index) => [event, ids[index] as string]));
  const keyed = all.filter((event) => event.keyed);
  const fresh = await claimEventKeys(
    client,
    tenant,
    keyed.map((translated) => ({
      source: translated.event.source,
      key: translated.event.id,
      eventId: idOf.get(translated) as string,
    })),
  );
  const known = await knownBefore(client, tenant, understood);
  const doubled = await doubledByBytes(client, tenant, understood);
  const isSaid = await saidByMended(client, tenant, understood);
  const attachments: NewAttachment[] = [];
  const worked = understood.map(({ message, translation }) => {
    const isNew = (translated: TranslatedEvent) =>
      translated.keyed
        ? fresh.has(idOf.get(translated) as string)
        : !known.has(keyIn(message.id, translated.event)) && !isSaid(message, translated);
    const arrivals = translation.events.flatMap((translated, position) =>
      isNew(translated) ? [arrivalOf(message, translated, position, idOf.get(translated) as string, attachments)] : [],
    );
    const { length: problems } = translation.problems;
    const isDouble = arrivals.length === 0 && (problems > 0 ? doubled.has(message.id) : translation.events.length > 0);
    return { message, translation, arrivals, duplicate: isDouble && !message.again && message.mends === null };
  });
  return { worked, attachments };
}

async function knownBefore(client: ClientBase, tenant: string, understood: readonly Understood[]) {
  const again = understood.filter(({ message }) => message.again).map(({ message }) => message.id);
  const events = await knownEventsOf(client, tenant, again);
  return new Set(events.map(({ messageId, source, key }) => keyIn(messageId, { source, id: key })));
}

function keyIn(messageId: string, { source, id }: { source: string; id: string }): string {
  return `${messageId} ${source} ${id}`;
}

// JSON of which something could not be used has no key for that part: then its bytes tell whether it came before.
async function doubledByBytes(client: ClientBase, tenant: string, understood: readonly Understood[]) {
  const faulty = understood.filter(
    ({ message, translation }) => translation.format === 'json' && translation.problems.length > 0 && !message.again,
  );
  if (faulty.length === 0) return new Set<string>();
  return keyByBytes(
    client,
    tenant,
    faulty.map(({ message }) => message),
  );
}

function arrivalOf(
  message: ClaimedMessage,
  translated: TranslatedEvent,
  position: number,
  eventId: string,
  attachments: NewAttachment[],
): Arrival {
  const { event, sender, reportedAt, teaches } = translated;
  let content: string | undefined;
  if (event.type === 'document.attached' && event.data.content !== undefined) {
    const bytes = Buffer.from(event.data.content, 'base64');
    content = createHash('sha256').update(bytes).digest('hex');
    const { mediaType } = event.data;
    attachments.push({ sha256: content, content: bytes, ...(mediaType === undefined ? {} : { mediaType }) });
  }
  const fact = factFrom(event, {
    id: eventId,
    sender,
    reportedAt,
    teaches,
    ...(content === undefined ? {} : { content }),
  });
  return {
    eventId,
    message,
    position,
    translated,
    ...(fact === undefined ? {} : { fact }),
    ...(content === undefined ? {} : { content }),
  };
}

/** The event's data as it is kept: content lies in the attachments, once, under its hash. */
export function dataOf({ translated: { event }, content }: Arrival): string {
  if (content === undefined) return JSON.stringify(event.data);
  return JSON.stringify({ ...event.data, content: undefined, contentSha256: content });
}
