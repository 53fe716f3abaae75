// Chance that comes out the same each time: the sample traffic must be the same on every machine.

export type Chance = {
  /** 0 ≤ n < bound. */
  readonly below: (bound: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  /** True with this many chances in a hundred. */
  readonly percent: (chances: number) => boolean;
};

/** Mulberry32: 32 bits of state, plenty for picking from lists. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => next() % bound;
  return {
    below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    percent: (chances) => below(100) < chances,
  };
}
