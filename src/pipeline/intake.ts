// The first station: bytes are on disk before anybody is told that they were accepted.
//
// Calls that arrive while one write is under way share the next: under load hundreds of messages cost one commit.
import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '../model/time.ts';
import { type Channel, keepMessages, type NewMessage } from '../store/messages.ts';
import type { PipelineContext } from './context.ts';

export type Inbound = {
  readonly bytes: Uint8Array;
  /** Partner as the channel names it. */
  readonly partner: string;
  readonly channel: Channel;
  /** The channel proves who it is (a partner's own key). */
  readonly bound?: boolean;
  readonly fileName?: string;
  readonly mediaType?: string;
  /** Given by who sent it along; else we make one. */
  readonly correlation?: string;
};

export type Receipt = {
  /** The message's number in this hub. */
  readonly id: string;
  readonly correlation: string;
  /** The same bytes came from this partner before; nothing more will be done with them. */
  readonly duplicate: boolean;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly receivedAt: Instant;
};

type Call = {
  readonly messages: readonly NewMessage[];
  readonly resolve: (receipts: Receipt[]) => void;
  readonly reject: (error: unknown) => void;
};
type Queue = { calls: Call[]; busy: boolean };

const MESSAGES_AT_ONCE = 1_000;
const BYTES_AT_ONCE = 16 * 1024 * 1024;
const queues = new WeakMap<PipelineContext, Queue>();

/** Keeps the messages and answers when they are durable, in the order given. Rejects when they are not kept. */
export async function receive(context: PipelineContext, messages: readonly Inbound[]): Promise<Receipt[]> {
  if (messages.length === 0) return [];
  const receivedAt = context.clock.now();
  await context.keepMonths(receivedAt);
  const kept = messages.map((message) => newMessage(message, receivedAt));
  return new Promise((resolve, reject) => {
    const queue = queues.get(context) ?? { calls: [], busy: false };
    queues.set(context, queue);
    queue.calls.push({ messages: kept, resolve, reject });
    if (!queue.busy) void drain(context, queue);
  });
}

function newMessage(message: Inbound, receivedAt: Instant): NewMessage {
  const { bytes, partner, channel, bound = false, fileName, mediaType, correlation = randomUUID() } = message;
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest(),
    partner: printable(partner),
    channel,
    bound,
    fileName: fileName === undefined ? undefined : printable(fileName),
    mediaType: mediaType === undefined ? undefined : printable(mediaType),
    receivedAt,
    correlation: printable(correlation),
    keyedByBytes: !beginsLikeJson(bytes),
  };
}

// Control characters have no place in a name, and PostgreSQL refuses U+0000.
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 1_000);
}

/** Canonical JSON has its keys inside. What only looks like it is judged by the translate station. */
function beginsLikeJson(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x20 || (bytes[at] !== undefined && (bytes[at] as number) >= 9 && (bytes[at] as number) <= 13))
    at++;
  return bytes[at] === 0x7b || bytes[at] === 0x5b;
}

async function drain(context: PipelineContext, queue: Queue): Promise<void> {
  queue.busy = true;
  while (queue.calls.length > 0) await keepTogether(context, queue.calls.splice(0, callsThatFit(queue.calls)));
  queue.busy = false;
}

function callsThatFit(calls: readonly Call[]): number {
  let messages = 0;
  let bytes = 0;
  const end = calls.findIndex((call) => {
    messages += call.messages.length;
    for (const message of call.messages) bytes += message.bytes.length;
    return messages > MESSAGES_AT_ONCE || bytes > BYTES_AT_ONCE;
  });
  return end === -1 ? calls.length : Math.max(1, end);
}

async function keepTogether(context: PipelineContext, calls: readonly Call[]): Promise<void> {
  try {
    const messages = calls.flatMap((call) => call.messages);
    const kept = await keepMessages(context.store, context.store.tenant, messages);
    let next = 0;
    for (const call of calls) {
      call.resolve(call.messages.map((message) => receiptOf(message, kept[next++] as (typeof kept)[number])));
    }
    context.log.debug({ messages: messages.length }, 'received');
  } catch (error) {
    // One that the database refuses must not cost the others.
    if (calls.length === 1) calls[0]?.reject(error);
    else for (const call of calls) await keepTogether(context, [call]);
  }
}

function receiptOf(message: NewMessage, { id, duplicate }: { id: string; duplicate: boolean }): Receipt {
  const { sha256, correlation, receivedAt } = message;
  return { id, correlation, duplicate, sha256: Buffer.from(sha256).toString('hex'), receivedAt };
}
