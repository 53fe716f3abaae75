// Posts what is to be asked of a recipient, and writes down what became of it.

import type { SendResult } from '../../connectors/contract.ts';
import { type Posted, post } from '../../connectors/demand/post.ts';
import { DEFAULT_ANSWER_MINUTES, type DemandProfile } from '../../model/setup/demand.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { type Instant, MINUTE_MS } from '../../model/time.ts';
import { markDemandsDue } from '../../store/demand-due.ts';
import { type LeasedEffect, settleEffects } from '../../store/effects.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import {
  type DemandMessage,
  demandMessages,
  demandSystem,
  demandsRefused,
  demandsTaken,
} from '../../store/transport-demand.ts';
import type { PipelineContext } from '../context.ts';
import type { Pace } from '../deliver/breaker.ts';
import { keepSystemState, longestTrouble } from '../deliver/record.ts';
import { type Verdict, verdictOn } from '../deliver/verdict.ts';
import { leaseDue } from '../deliver.ts';
import { receive } from '../intake.ts';
import { planEvents, written } from './message.ts';

export type DemandTools = {
  /** Secrets by the name of their environment variable. */
  readonly secretOf: (name: string) => string | undefined;
};

const DEFAULT_TOOLS: DemandTools = { secretOf: (name) => process.env[name] };
/** Messages at one time; each may take as long as the recipient takes to answer. */
export const PACE: Pace = { burst: 20 };

type Done = { readonly effect: LeasedEffect; readonly verdict: Verdict; readonly message?: DemandMessage };

/** One act for one recipient; returns how many messages it took up. */
export async function deliverDemands(
  context: PipelineContext,
  recipient: string,
  tools: Partial<DemandTools> = {},
): Promise<number> {
  const { store, rules } = context;
  const effects = await leaseDue(context, { name: demandSystem(recipient), pace: PACE });
  if (effects.length === 0) return 0;
  const partner = (await rules.current(store)).partners.get(recipient) as Partner;
  const messages = await demandMessages(
    store,
    store.tenant,
    effects.map(({ number }) => number),
  );
  const give = giver(context, partner, { ...DEFAULT_TOOLS, ...tools });
  const done = await Promise.all(effects.map((effect) => give(effect, messages.get(effect.number))));
  await planForCarrier(context, partner, done);
  await record(context, partner, done);
  return effects.length;
}

function giver({ clock }: PipelineContext, recipient: Partner, { secretOf }: DemandTools) {
  const profile = recipient.demand as DemandProfile;
  return async (effect: LeasedEffect, message: DemandMessage | undefined): Promise<Done> => {
    const result = await resultOf(effect, message);
    const verdict = verdictOn(effect, result, { now: clock.now(), random: Math.random() });
    return { effect, verdict, ...(message === undefined ? {} : { message }) };
  };
  async function resultOf(effect: LeasedEffect, message: DemandMessage | undefined): Promise<SendResult> {
    const refused = (sentence: string): SendResult => {
      return { key: effect.key, outcome: 'refused', kind: 'rejected', scope: 'document', sentence };
    };
    if (message === undefined) return refused('its message is not there');
    if (message.isSuperseded) return refused('a later message to the same recipient took its place');
    const made = written(message, recipient, profile);
    if ('problem' in made) return refused(made.problem);
    const secret = profile.secretEnv === undefined ? undefined : secretOf(profile.secretEnv);
    if (profile.secretEnv !== undefined && secret === undefined) {
      const reason = `the environment variable ${profile.secretEnv} is not set`;
      return { key: effect.key, outcome: 'retry', scope: 'system', reason };
    }
    const id = effect.key.replace(/[^\x21-\x7e]/g, encodeURIComponent);
    const posting = { url: profile.url, id, ...made, ...(secret === undefined ? {} : { secret }) };
    return sendResult(effect.key, await post(posting, () => clock.now()));
  }
}

// Whoever does not answer will not answer the next one either.
function sendResult(key: string, posted: Posted): SendResult {
  switch (posted.outcome) {
    case 'taken':
      return { key, outcome: 'confirmed', externalId: key, erpNumber: '', storedTotalMinor: 0n };
    case 'refused':
      return { key, outcome: 'refused', kind: 'rejected', scope: 'document', sentence: posted.reason };
    default:
      return { key, scope: 'system', ...posted, outcome: posted.outcome };
  }
}

// Before it is written down that the carrier has it: after a crash it is posted and planned again, which changes nothing.
async function planForCarrier(context: PipelineContext, recipient: Partner, done: readonly Done[]): Promise<void> {
  if (!recipient.roles.includes('carrier')) return;
  const inbound = done.flatMap(({ verdict, message }) => {
    if (verdict.change.state !== 'confirmed' || message === undefined) return [];
    const bytes = Buffer.from(JSON.stringify(planEvents(message, recipient.id)));
    return [{ bytes, partner: message.askedBy, channel: 'pull' as const, bound: true, mediaType: 'application/json' }];
  });
  await receive(context, inbound);
}

async function record(context: PipelineContext, recipient: Partner, done: readonly Done[]): Promise<void> {
  const { store, clock, log } = context;
  const { tenant } = store;
  const now = clock.now();
  const trouble = longestTrouble(done);
  const told = done.flatMap(({ verdict: { change }, message }) => (message === undefined ? [] : [{ change, message }]));
  const taken = told.flatMap(({ change, message }) => (change.state === 'confirmed' ? [message] : []));
  const refused = told.filter(({ change: { state } }) => state === 'refused' || state === 'dead');
  const current = refused.filter(({ message }) => !message.isSuperseded);
  await store.transaction(async (client) => {
    await settleEffects(
      client,
      tenant,
      done.map(({ verdict }) => verdict.change),
      now,
    );
    await demandsTaken(
      client,
      tenant,
      taken.map((message) => takenAs(message, recipient.demand as DemandProfile, now)),
      now,
    );
    await demandsRefused(
      client,
      tenant,
      current.map(({ message }) => message.subject),
    );
    // What changed while the message was under way waits for this.
    await markDemandsDue(client, tenant, taken, now);
    await closeExceptions(
      client,
      tenant,
      taken.map(({ order }) => ({ kind: 'demand-not-taken', subject: order })),
      now,
    );
    const raised = current.map(({ change, message: { order } }) => {
      const reason = 'reason' in change ? change.reason : '';
      const detail = `${recipient.name} does not take order ${order}: ${reason}. Mend it there or in the profile, then \`lading replay --deliveries\`.`;
      return { kind: 'demand-not-taken' as const, subject: order, detail };
    });
    await openExceptions(client, tenant, raised, now);
    await keepSystemState(client, context, demandSystem(recipient.id), trouble);
  });
  if (trouble !== undefined) log.warn({ recipient: recipient.id, reason: trouble.reason }, 'demand could not be given');
  for (const { subject, purpose } of taken)
    log.info({ recipient: recipient.id, demand: subject, purpose }, 'demand given');
}

// A webhook's 2xx is its receipt; an acceptance is awaited only where the profile says so, and never of a cancellation.
function takenAs({ subject, purpose }: DemandMessage, { form, answerWithinMinutes }: DemandProfile, now: Instant) {
  const isWebhook = form === 'webhook';
  const minutes = answerWithinMinutes ?? (isWebhook ? undefined : DEFAULT_ANSWER_MINUTES);
  const isAwaited = minutes !== undefined && !(isWebhook && purpose === 'cancel');
  return { subject, isAcknowledged: isWebhook, ...(isAwaited ? { answerDueAt: now + minutes * MINUTE_MS } : {}) };
}
