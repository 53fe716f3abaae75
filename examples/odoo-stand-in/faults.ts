// How the stand-in misbehaves, and when.

export const FAULT_MODES = ['up', 'down', 'slow', 'timeout-after-commit', 'cut-off', 'garbage', 'throttled'] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

/**
 * - `down`: nothing is done; for good, connections are refused, for some calls only, they are reset
 * - `slow`: done, and answered late
 * - `timeout-after-commit`: done, and the answer is lost; what only reads is answered
 * - `cut-off`: the connection breaks while it is being done; what only reads is answered
 * - `garbage`: done, and answered with a page that no client can read
 * - `throttled`: nothing is done; 429 with Retry-After
 */
export type Fault = {
  readonly mode: FaultMode;
  /** Only calls of this method, such as `action_post`. */
  readonly only?: string;
  /** Calls that still go well before the fault sets in. Only calls that the mode can hit are counted. */
  readonly skip?: number;
  /** Calls that it hits; then all is well again. None given: until another fault is set. */
  readonly calls?: number;
  /** Chance of each call to be hit, 0 to 1; drawn from `seed`. */
  readonly probability?: number;
  readonly seed?: number;
  /** How late `slow` answers. */
  readonly delayMs?: number;
};

export const DEFAULT_DELAY_MS = 300;

export type Faults = {
  readonly set: (fault: Fault) => void;
  /** What happens to the call that just came. */
  readonly next: (call: { readonly isRead: boolean; readonly name?: string }) => Fault;
  /** Calls that the fault in force has hit. */
  readonly hitCount: () => number;
  /** Is nobody at home at all? */
  readonly isShut: () => boolean;
};

const UP: Fault = { mode: 'up' };
const HITS_CHANGES_ONLY: ReadonlySet<FaultMode> = new Set(['timeout-after-commit', 'cut-off']);

export function openFaults(): Faults {
  let fault = UP;
  let hit = 0;
  let passed = 0;
  let chance = chanceFrom(0);
  return {
    set: (wanted) => {
      fault = wanted;
      [hit, passed] = [0, 0];
      chance = chanceFrom(wanted.seed ?? 1);
    },
    next: ({ isRead, name }) => {
      if (fault.mode === 'up' || (isRead && HITS_CHANGES_ONLY.has(fault.mode))) return UP;
      if (fault.only !== undefined && fault.only !== name) return UP;
      if (passed < (fault.skip ?? 0)) {
        passed += 1;
        return UP;
      }
      if (fault.probability !== undefined && chance() >= fault.probability) return UP;
      if (fault.calls !== undefined && hit >= fault.calls) return UP;
      hit += 1;
      return fault;
    },
    hitCount: () => hit,
    isShut: () => isShutBy(fault),
  };
}

// mulberry32: small, and the same on every machine for a seed.
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** It hits every call until another is set. */
export function isShutBy({ mode, only, skip, calls, probability }: Fault): boolean {
  return mode === 'down' && (only ?? skip ?? calls ?? probability) === undefined;
}
