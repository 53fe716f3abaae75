// Records of an outside system as the messages that the ordinary intake takes.
import type { Instant } from '../../model/time.ts';
import type { Inbound } from '../intake.ts';
import type { Gone } from './sweep.ts';

const CHARACTERS_A_MESSAGE = 200_000;

/** As many records a message as there is room for. */
export function messagesOf(partner: string, texts: readonly string[]): Inbound[] {
  const messages: string[][] = [];
  let room = 0;
  for (const text of texts) {
    if (room < text.length) {
      messages.push([]);
      room = CHARACTERS_A_MESSAGE;
    }
    messages.at(-1)?.push(text);
    room -= text.length;
  }
  return messages.map((records) => ({
    bytes: Buffer.from(`{"odoo":"records/1","records":[${records.join(',\n')}]}\n`),
    partner,
    channel: 'pull',
    bound: true,
    mediaType: 'application/json',
  }));
}

type Told = { readonly id: number; readonly version: number; readonly changedAt: string; readonly body: string };

/** `body` is JSON already: it is told as it was read. */
export function recordText(model: string, { id, version, changedAt, body }: Told): string {
  return `{"model":${JSON.stringify(model)},"id":${id},"version":${version},"changedAt":${JSON.stringify(changedAt)},"body":${body}}`;
}

export function goneText(model: string, { id, version, identity }: Gone, at: Instant): string {
  const changedAt = new Date(at).toISOString();
  return `{"model":${JSON.stringify(model)},"id":${id},"version":${version + 1},"changedAt":"${changedAt}","gone":true,"body":${identity}}`;
}
