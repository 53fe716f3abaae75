// A quarantined message is mended by hand: its corrected bytes are taken in as the same partner's, and the problems of the
// original close. Both stay as they are, byte for byte, and each names the other.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { translate } from '../../partners/translate.ts';
import type { TranslationProblem } from '../../partners/translation.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { appendActsOfMessages } from '../../store/exception-acts.ts';
import { type MendableMessage, mendableMessage, nameMended } from '../../store/mends.ts';
import { keepMessages } from '../../store/messages.ts';
import { standingOf } from '../../store/replayable.ts';
import type { PipelineContext } from '../context.ts';
import { workOnce } from '../work.ts';

export type MendAsked = {
  /** The quarantined message. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly by: string;
  readonly reason: string;
  /** Only says what would come of it. */
  readonly dryRun?: boolean;
};

export type MendResult =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly detail: string }
  /** What is still wrong, and how much could be read. Nothing is kept. */
  | { readonly kind: 'checked'; readonly problems: readonly TranslationProblem[]; readonly events: number }
  | { readonly kind: 'mended'; readonly message: string; readonly events: number };

/** Only what is wholly right is taken in: a correction that is wrong again would leave two messages to mend. */
export async function mendMessage(context: PipelineContext, asked: MendAsked): Promise<MendResult> {
  const { store, clock } = context;
  const original = await mendableMessage(store, store.tenant, asked.id);
  if (original === undefined) return { kind: 'unknown' };
  if (original.mendedBy !== undefined) {
    return { kind: 'refused', detail: `message ${asked.id} is mended by message ${original.mendedBy}` };
  }
  if (!original.quarantined) return { kind: 'refused', detail: `nothing is wrong with message ${asked.id}` };
  const rules = await context.rules.current(store);
  const { partner, bound, fileName, mediaType } = original;
  const read = translate({ bytes: asked.bytes, partner, bound, fileName, mediaType, receivedAt: clock.now() }, rules);
  if (asked.dryRun === true || read.problems.length > 0) {
    return { kind: 'checked', problems: read.problems, events: read.events.length };
  }
  const message = await takeIn(context, original, asked);
  if (message === undefined) {
    return { kind: 'refused', detail: `${partner} sent these very bytes before: change what is wrong in them` };
  }
  let standing = (await standingOf(store, store.tenant, [message])).get(message);
  // A running hub may be quicker than we are; either way it is done when its verdict is written.
  while (standing?.done === false) {
    if ((await workOnce(context)) === 0) await sleep(50);
    standing = (await standingOf(store, store.tenant, [message])).get(message);
  }
  return { kind: 'mended', message, events: standing?.events ?? 0 };
}

/** Its number, or `undefined` where the partner sent the same bytes before: then nothing is kept. */
async function takeIn(
  { store, clock, keepMonths }: PipelineContext,
  { id: mends, partner, bound, fileName, mediaType }: MendableMessage,
  { bytes, by: actor, reason }: MendAsked,
): Promise<string | undefined> {
  const { tenant } = store;
  const now = clock.now();
  await keepMonths(now);
  const sha256 = createHash('sha256').update(bytes).digest();
  const message = {
    ...{ bytes, sha256, partner, bound, fileName, mediaType, receivedAt: now },
    ...{ channel: 'mend' as const, correlation: randomUUID(), keyedByBytes: true },
  };
  try {
    return await store.transaction(async (client) => {
      const [kept] = await keepMessages(client, tenant, [message]);
      if (kept === undefined || kept.duplicate) throw new SameBytes();
      await nameMended(client, tenant, kept.id, mends);
      const act = { act: 'mended', actor, says: reason, detail: { message: kept.id } } as const;
      await appendActsOfMessages(client, tenant, [mends], act, now);
      const detail = { message: kept.id, reason };
      await recordAct(client, tenant, { actor, action: 'message.mend', subject: mends, detail }, now);
      return kept.id;
    });
  } catch (error) {
    if (error instanceof SameBytes) return undefined;
    throw error;
  }
}

/** Takes the transaction back. */
class SameBytes extends Error {}
