// What becomes of an effect after one act: the steps of its life, as pure functions.
//
//   intended ──► sent ──► confirmed
//      ▲          │ └───► refused          a person mends the cause and replays it
//      │          ├─────► unknown ──► looked up by its key before anything else
//      └──────────┘ known not to be done
//
// Trouble of the whole system never counts against one document: the breaker waits in its stead. Trouble of its own
// does, with growing waits, until it is dead and a person must look.
import type { LookupResult, SendResult, WantedDocument } from '../../connectors/contract.ts';
import { type Instant, MINUTE_MS } from '../../model/time.ts';
import type { LeasedEffect } from '../../store/effects.ts';

/** What happens to an effect's row. `attempts`: those that failed by the document's own trouble. */
export type EffectChange = { readonly key: string; readonly attempts: number } & (
  | { readonly state: 'confirmed'; readonly externalId: string; readonly erpNumber: string }
  | { readonly state: 'refused' | 'dead'; readonly reason: string }
  | { readonly state: 'intended' | 'unknown'; readonly reason?: string; readonly nextAt: Instant }
);

/** Trouble of the whole system, as an act met it. */
export type SystemTrouble = { readonly reason: string; readonly afterMs?: number };

export type Verdict = { readonly change: EffectChange; readonly trouble?: SystemTrouble };

/** An effect with what became of it. */
export type Performed = { readonly effect: LeasedEffect; readonly verdict: Verdict };

/** An effect under way: its key in the outbox, and how often it failed. */
export type UnderWay = { readonly key: string; readonly attempts: number };

export type Moment = {
  readonly now: Instant;
  /** [0, 1) */
  readonly random: number;
};

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;
/** With these waits, between one and two and a half hours of trouble that is the document's own. */
export const MOST_ATTEMPTS = 18;

/** Exponential, the latter half of it at random. `attempts`: those that failed, at least 1. */
export function backOffMs(attempts: number, random: number): number {
  const wholeMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(wholeMs / 2 + (wholeMs / 2) * random);
}

export function verdictOn(effect: UnderWay, result: SendResult, moment: Moment): Verdict {
  const { key, attempts } = effect;
  switch (result.outcome) {
    case 'confirmed': {
      const { externalId, erpNumber } = result;
      return { change: { key, attempts, state: 'confirmed', externalId, erpNumber } };
    }
    case 'refused':
      if (result.scope === 'system') return systemTrouble(effect, 'intended', { reason: result.sentence }, moment);
      return { change: { key, attempts, state: 'refused', reason: result.sentence } };
    case 'unknown':
      if (result.scope === 'system') return systemTrouble(effect, 'unknown', result, moment);
      return { change: failed(effect, 'unknown', result.reason, moment) };
    case 'retry':
      if (result.scope === 'system') return systemTrouble(effect, 'intended', result, moment);
      return { change: failed(effect, 'intended', result.reason, moment, result.afterMs) };
  }
}

/** Nothing was done about it: it goes on as it was, as soon as the system may be asked. */
export function givenBack(
  { key, attempts }: UnderWay,
  state: 'intended' | 'unknown',
  now: Instant,
  reason?: string,
): EffectChange {
  return { key, attempts, state, reason, nextAt: now };
}

function systemTrouble(
  effect: UnderWay,
  state: 'intended' | 'unknown',
  { reason, afterMs }: SystemTrouble,
  { now }: Moment,
): Verdict {
  return { change: givenBack(effect, state, now, reason), trouble: { reason, afterMs } };
}

function failed(
  effect: UnderWay,
  state: 'intended' | 'unknown',
  reason: string,
  { now, random }: Moment,
  askedMs = 0,
): EffectChange {
  const attempts = effect.attempts + 1;
  if (attempts >= MOST_ATTEMPTS) {
    return { key: effect.key, attempts, state: 'dead', reason: `given up after ${attempts} attempts: ${reason}` };
  }
  const nextAt = now + Math.max(askedMs, backOffMs(attempts, random));
  return { key: effect.key, attempts, state, reason, nextAt };
}

/**
 * What a look-up says of an effect that is in doubt: adopt what is there, wait, or send. Sending is right both when
 * nothing is there and when what is there is not the whole of what was meant: the connector finishes a draft, and
 * says in words what differs.
 */
export function verdictOnLookup(
  effect: UnderWay,
  document: Pick<WantedDocument, 'currency' | 'lines'>,
  result: LookupResult,
  moment: Moment,
): Verdict | 'send' {
  if (result.lookup === 'unavailable') return systemTrouble(effect, 'unknown', result, moment);
  if (result.lookup === 'absent' || result.state !== 'posted' || result.erpNumber === undefined) return 'send';
  const totalMinor = document.lines.reduce((sum, { amountMinor, taxMinor = 0n }) => sum + amountMinor + taxMinor, 0n);
  if (result.currency !== document.currency || result.storedTotalMinor !== totalMinor) return 'send';
  const { externalId, erpNumber } = result;
  return { change: { key: effect.key, attempts: effect.attempts, state: 'confirmed', externalId, erpNumber } };
}
