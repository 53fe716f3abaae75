// When an outside system may be asked: its circuit breaker and its pace, as pure steps over the state that all
// workers share (table `system_state`).
//
// A system in trouble is left alone at once, for seconds at first: whatever follows would meet the same trouble, and
// a system that struggles is not helped by more work. Then one document goes as a probe; an answer, whatever it says
// of that document, lets the rest through. So an outage costs one small call a minute, whatever the backlog.
import type { Instant } from '../../model/time.ts';

export type Breaker = 'closed' | 'open' | 'half-open';

export type SystemState = {
  readonly breaker: Breaker;
  /** Acts in a row that met trouble of the whole system. */
  readonly failures: number;
  readonly openedAt?: Instant;
  /** Open: the next probe. Half-open: when the probe under way counts as lost with its worker. */
  readonly probeAt?: Instant;
  /** Documents that may go now; missing before the first act. */
  readonly tokens?: number;
  readonly refilledAt?: Instant;
};

export const UNTROUBLED: SystemState = { breaker: 'closed', failures: 0 };

export type Pace = {
  /** Most documents in one act, and the most that may go at once after a rest. */
  readonly burst: number;
  /** Documents a second in the long run; none: no bound. */
  readonly perSecond?: number;
};

export type Admission =
  | { readonly admits: 'nothing'; readonly until: Instant }
  | { readonly admits: 'probe' | 'batch'; readonly documents: number };

/** How many documents may go to the system now. */
export function admission(state: SystemState, now: Instant, pace: Pace): Admission {
  if (state.breaker !== 'closed') {
    const probeAt = state.probeAt ?? now;
    return probeAt <= now ? { admits: 'probe', documents: 1 } : { admits: 'nothing', until: probeAt };
  }
  const tokens = tokensAt(state, now, pace);
  if (tokens >= 1) return { admits: 'batch', documents: Math.floor(Math.min(tokens, pace.burst)) };
  return { admits: 'nothing', until: now + Math.ceil(((1 - tokens) / (pace.perSecond ?? 1)) * 1_000) };
}

function tokensAt({ tokens = Number.POSITIVE_INFINITY, refilledAt = 0 }: SystemState, now: Instant, pace: Pace) {
  if (pace.perSecond === undefined) return pace.burst;
  // A clock that was set back gives nothing, and takes nothing.
  const restedSeconds = Math.max(0, now - refilledAt) / 1_000;
  return Math.min(pace.burst, tokens + restedSeconds * pace.perSecond);
}

/** The state once these documents are under way. `probeUntil`: when their worker counts as lost. */
export function afterAdmission(
  state: SystemState,
  admitted: 'probe' | 'batch',
  documents: number,
  now: Instant,
  pace: Pace,
  probeUntil: Instant,
): SystemState {
  if (admitted === 'probe') return { ...state, breaker: 'half-open', probeAt: probeUntil };
  if (pace.perSecond === undefined) return state;
  return { ...state, tokens: tokensAt(state, now, pace) - documents, refilledAt: now };
}

const FIRST_PROBE_MS = 2_000;
const LATEST_PROBE_MS = 50_000;
/** The part of a wait by which chance makes it longer or shorter. */
const SPREAD = 0.2;

/** No two probes of an outage lie farther apart than this, unless the system itself asks for more. */
export const LONGEST_PROBE_WAIT_MS = LATEST_PROBE_MS * (1 + SPREAD);

/** The system is in trouble for so long that its waits grow no more: each probe that fails is as the one before it. */
export function isLongAway({ breaker, failures }: SystemState): boolean {
  return breaker === 'open' && waitAfter(failures) === LATEST_PROBE_MS;
}

function waitAfter(failures: number): number {
  return Math.min(LATEST_PROBE_MS, FIRST_PROBE_MS * 2 ** Math.min(failures - 1, 20));
}

/**
 * The state after an act that the system answered. One that was under way when another met trouble says nothing of the
 * time since: the probe will tell.
 */
export function afterAnswer(state: SystemState): SystemState {
  if (state.breaker === 'open') return state;
  return { ...state, breaker: 'closed', failures: 0, openedAt: undefined, probeAt: undefined };
}

/**
 * The state after an act that met trouble of the whole system.
 * `random`: [0, 1), so that many hubs do not probe in step. `askedMs`: how long the system asked us to wait.
 */
export function afterTrouble(state: SystemState, now: Instant, random: number, askedMs = 0): SystemState {
  // Several acts were under way when the trouble began: they are one failure.
  const isProbe = state.breaker === 'half-open';
  const failures = isProbe || state.breaker === 'closed' ? state.failures + 1 : state.failures;
  const waitMs = waitAfter(failures) * (1 - SPREAD + 2 * SPREAD * random);
  const probeAt = now + Math.max(askedMs, Math.round(waitMs));
  return { ...state, breaker: 'open', failures, openedAt: state.openedAt ?? now, probeAt };
}
