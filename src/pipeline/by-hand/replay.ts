// Doing it again: messages translated anew after a mend, and stopped deliveries sent again. What succeeded stays.
//
// A message that is worked on again adds only the events it did not give before, and its verdict and exceptions follow
// what is true now. A delivery is looked up before anything is sent. So a replay may be repeated, and interrupted.

import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleBook } from '../../model/rules.ts';
import type { Instant } from '../../model/time.ts';
import { translate } from '../../partners/translate.ts';
import type { TranslationProblem } from '../../partners/translation.ts';
import { recordAct } from '../../store/audit-trail.ts';
import type { EffectSelection, StoppedEffect } from '../../store/effects.ts';
import { appendActsOfMessages } from '../../store/exception-acts.ts';
import { requeueMessages } from '../../store/messages.ts';
import {
  bodyOf,
  keysGivenBy,
  knownKeys,
  type MessageSelection,
  type ReplayableMessage,
  replayableMessages,
  standingOf,
  stoppedKeys,
} from '../../store/replayable.ts';
import type { PipelineContext } from '../context.ts';
import { resumeDeliveries } from '../deliver.ts';
import { workOnce } from '../work.ts';

export type MessageReplay = {
  readonly id: string;
  readonly partner: string;
  readonly fileName?: string;
  readonly receivedAt: Instant;
  readonly wasQuarantined: boolean;
  readonly quarantined: boolean;
  /** Events it did not give before. */
  readonly newEvents: number;
  readonly problems: readonly TranslationProblem[];
};

export type ReplayOptions = {
  /** Only says what would change. */
  readonly dryRun?: boolean;
  /** Who asks, for the audit trail. */
  readonly by: string;
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
};

const MOST_REPLAYED = 10_000;
const AT_ONCE = 200;

/** In order of arrival, at most 10,000: narrow the selection, or ask again for the rest. */
export async function replayMessages(
  context: PipelineContext,
  selection: MessageSelection,
  options: ReplayOptions,
): Promise<MessageReplay[]> {
  const { store, clock } = context;
  const chosen = await replayableMessages(store, store.tenant, selection, MOST_REPLAYED);
  if (chosen.length === 0) return [];
  if (options.dryRun) return foresee(context, chosen, options);
  const ids = chosen.map(({ id }) => id);
  const act = { actor: options.by, action: 'replay.messages', detail: { selection, messages: ids.length } };
  await store.transaction(async (client) => {
    await recordAct(client, store.tenant, act, clock.now());
    await appendActsOfMessages(client, store.tenant, ids, { act: 'replayed', actor: options.by }, clock.now());
  });
  const replayed: MessageReplay[] = [];
  for (let from = 0; from < chosen.length && !options.signal?.aborted; from += AT_ONCE) {
    replayed.push(...(await workAgain(context, chosen.slice(from, from + AT_ONCE))));
    options.onProgress?.(replayed.length, chosen.length);
  }
  return replayed;
}

// A running hub may be quicker than we are; either way each message is done when its verdict is written.
async function workAgain(context: PipelineContext, chosen: readonly ReplayableMessage[]): Promise<MessageReplay[]> {
  const { store } = context;
  const ids = chosen.map(({ id }) => id);
  await requeueMessages(store, store.tenant, ids);
  let standing = await standingOf(store, store.tenant, ids);
  while ([...standing.values()].some(({ done }) => !done)) {
    if ((await workOnce(context)) === 0) await sleep(50);
    standing = await standingOf(store, store.tenant, ids);
  }
  return chosen.map((before) => {
    const now = standing.get(before.id);
    return {
      ...told(before),
      quarantined: now?.quarantined ?? before.quarantined,
      newEvents: (now?.events ?? before.events) - before.events,
      problems: (now?.problems ?? []) as TranslationProblem[],
    };
  });
}

async function foresee(
  context: PipelineContext,
  chosen: readonly ReplayableMessage[],
  { onProgress, signal }: ReplayOptions,
): Promise<MessageReplay[]> {
  const rules = await context.rules.current(context.store);
  const foreseen: MessageReplay[] = [];
  for (const message of chosen) {
    if (signal?.aborted) break;
    foreseen.push(await foreseeOne(context, message, rules));
    onProgress?.(foreseen.length, chosen.length);
  }
  return foreseen;
}

async function foreseeOne(
  { store }: PipelineContext,
  message: ReplayableMessage,
  rules: RuleBook,
): Promise<MessageReplay> {
  const { partner, bound, fileName, mediaType, receivedAt } = message;
  const bytes = (await bodyOf(store, store.tenant, message.id)) ?? Buffer.alloc(0);
  const { events, problems } = translate({ bytes, partner, bound, fileName, mediaType, receivedAt }, rules);
  const keyed = events.filter((event) => event.keyed).map(({ event }) => event);
  const known = await knownKeys(store, store.tenant, keyed);
  const given = await keysGivenBy(store, store.tenant, message.id);
  const fresh = new Set<string>();
  for (const translated of events) {
    const key = `${translated.event.source} ${translated.event.id}`;
    if (!(translated.keyed ? known : given).has(key)) fresh.add(translated.keyed ? key : `${key} ${fresh.size}`);
  }
  return { ...told(message), quarantined: problems.length > 0, newEvents: fresh.size, problems };
}

function told({ id, partner, fileName, receivedAt, quarantined }: ReplayableMessage) {
  return { id, partner, ...(fileName === undefined ? {} : { fileName }), receivedAt, wasQuarantined: quarantined };
}

export type DeliverySelection = EffectSelection & {
  /** The customer that the document bills. */
  readonly partner?: string;
  /** `invoice`, `supplementary`, `credit-note` */
  readonly kind?: string;
};

/** Sets refused and dead deliveries going again. The running hub sends them; each is looked up first. */
export async function replayDeliveries(
  context: PipelineContext,
  { partner, kind, ...selection }: DeliverySelection,
  { dryRun = false, by }: ReplayOptions,
): Promise<StoppedEffect[]> {
  const { store, clock } = context;
  const narrowed = partner !== undefined || kind !== undefined;
  const ofPartner = narrowed ? await stoppedKeys(store, store.tenant, { partner, kind }, MOST_REPLAYED) : undefined;
  const wanted = selection.keys && new Set(selection.keys);
  const keys = ofPartner === undefined ? selection.keys : ofPartner.filter((key) => wanted?.has(key) ?? true);
  const effects = await resumeDeliveries(context, { ...selection, keys }, { dryRun });
  if (dryRun || effects.length === 0) return effects;
  const detail = { deliveries: effects.map(({ key }) => key).slice(0, 1_000) };
  const act = { actor: by, action: 'replay.deliveries', detail };
  await store.transaction((client) => recordAct(client, store.tenant, act, clock.now()));
  return effects;
}
