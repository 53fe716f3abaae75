// One pass of a worker: messages out of the inbox, through translation, to shipments, charges and documents, in one
// transaction. Any number of workers run this side by side, in one process or on many machines.
import { performance } from 'node:perf_hooks';
import type { ClientBase } from 'pg';
import type { RuleBook } from '../model/rules.ts';
import { claimMessages } from '../store/messages.ts';
import type { Name } from '../store/references.ts';
import { type Batch, gather } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { faultOf, isOurFault } from './fault.ts';
import { publishFuel } from './fuel.ts';
import { newEventsOf, type Understood, understand, type WorkedMessage } from './translate.ts';
import { takeTurn } from './turn.ts';
import { setAside } from './verdict.ts';
import { namesToRecheck, recheck, sweepWhenDue } from './waiting-facts.ts';
import { applyAndWrite } from './write.ts';

export type PassLimits = { readonly messages: number; readonly bytes: number; readonly events: number };

export const PASS_LIMITS: PassLimits = { messages: 500, bytes: 512 * 1024, events: 5_000 };
const SEEN_AT_MOST = 100_000;

/** Works on some hundreds of messages; returns how many. `0`: the inbox is empty, or others are at what is left. */
export async function workOnce(context: PipelineContext, limits: PassLimits = PASS_LIMITS): Promise<number> {
  await context.keepMonths(context.clock.now());
  if (context.memory.seen.size > SEEN_AT_MOST) context.memory.seen.clear();
  await sweepWhenDue(context);
  const claimed: string[] = [];
  try {
    return await finish(context, await pass(context, limits, claimed));
  } catch (error) {
    if (!isOurFault(error)) throw error;
    context.log.error(faultOf(error), 'a batch failed: its messages are tried one by one');
    return oneByOne(context, claimed);
  }
}

// One message that nobody foresaw must not hold up the others: it is set aside, with its bytes, to be replayed.
async function oneByOne(context: PipelineContext, ids: readonly string[]): Promise<number> {
  let done = 0;
  for (const id of ids) {
    try {
      done += await finish(context, await pass(context, { ...PASS_LIMITS, messages: 1 }, [], id));
    } catch (error) {
      if (!isOurFault(error)) throw error;
      context.log.error({ message: id, ...faultOf(error) }, 'set aside');
      done += await setAside(context, id);
    }
  }
  return done;
}

type Passed = {
  readonly messages: number;
  readonly recheck: readonly Name[];
  /** What the log is told once it is true. */
  readonly lines: readonly Line[];
};

async function finish(context: PipelineContext, { messages, recheck: names }: Passed): Promise<number> {
  await recheck(context, names);
  return messages;
}

async function pass(context: PipelineContext, limits: PassLimits, claimed: string[], only?: string): Promise<Passed> {
  const { store, log } = context;
  const begin = performance.now();
  const turn = takeTurn(context.memory);
  try {
    for (let most = limits.messages; ; ) {
      const outcome = await store.transaction(async (client) => {
        await turn.mayClaim;
        const messages = await claimMessages(client, store.tenant, { messages: most, bytes: limits.bytes, only });
        claimed.splice(0, claimed.length, ...messages.map(({ id }) => id));
        if (messages.length === 0) return { messages: 0, recheck: [], lines: [] };
        const early = await context.rules.current(client);
        const understood = understand(messages, early);
        const fitting = whatFits(understood, limits.events);
        if (fitting < messages.length) return { fitting };
        turn.claimed();
        await turn.mayApply;
        const rules = await context.rules.hold(client);
        return applyAll(context, client, rules === early ? understood : understand(messages, rules), rules);
      });
      if (!('fitting' in outcome)) {
        for (const { level, says, ...facts } of outcome.lines) log[level](facts, says);
        const milliseconds = Math.round(performance.now() - begin);
        if (outcome.messages > 0) log.debug({ messages: outcome.messages, milliseconds }, 'worked');
        return outcome;
      }
      // Nothing was done: the rest is free again, and others do not pass us by meanwhile.
      most = outcome.fitting;
    }
  } finally {
    turn.done();
  }
}

async function applyAll(
  context: PipelineContext,
  client: ClientBase,
  understood: readonly Understood[],
  rulesSoFar: RuleBook,
): Promise<Passed> {
  const { tenant } = context.store;
  const now = context.clock.now();
  const { worked, attachments } = await newEventsOf(client, tenant, understood);
  const isRepriced = await publishFuel(client, tenant, worked, rulesSoFar, now);
  const rules = isRepriced ? await context.rules.reread(client) : rulesSoFar;
  const arrivals = worked.flatMap((message) => message.arrivals);
  const { memory } = context;
  const batch = await gather(client, tenant, { arrivals, recheck: [], rules, now, memory });
  const applied = await applyAndWrite(client, tenant, { batch, worked, attachments });
  return { messages: worked.length, recheck: namesToRecheck(batch, applied), lines: linesOf(worked, batch) };
}

/** How many of the messages this pass takes. A price changes what others decide, so it has a pass of its own. */
function whatFits(understood: readonly Understood[], maxEvents: number): number {
  const isFuel = ({ translation }: Understood) =>
    translation.events.some(({ event }) => event.type === 'fuel.published');
  if (understood[0] !== undefined && isFuel(understood[0])) return 1;
  let events = 0;
  const end = understood.findIndex((message) => {
    events += message.translation.events.length;
    return isFuel(message) || events > maxEvents;
  });
  return end === -1 ? understood.length : Math.max(1, end);
}

type Line = { readonly level: 'info' | 'warn'; readonly says: string; readonly correlation?: string } & Record<
  string,
  unknown
>;

// Per message only where something is wrong with it, per document always: a line an event would drown the log.
function linesOf(worked: readonly WorkedMessage[], { states }: Batch): Line[] {
  const quarantined = worked.filter(({ translation, duplicate }) => translation.problems.length > 0 && !duplicate);
  const faulty = quarantined.map(({ message: { id, correlation }, translation }): Line => {
    const problems = [...new Set(translation.problems.map(({ kind }) => kind))];
    return { level: 'warn', says: 'quarantined', message: id, correlation, problems };
  });
  const decided = [...states.values()].flatMap((state) =>
    state.decided.map(({ document: { number }, correlation }): Line => {
      return { level: 'info', says: 'decided', document: number, correlation };
    }),
  );
  return [...faulty, ...decided];
}
