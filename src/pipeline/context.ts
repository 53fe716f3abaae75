// What every station of the way through is given: where things are kept, what time it is, whom to tell.
import { type Logger as PinoLogger, pino } from 'pino';
import type { Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { monthKeeper } from '../store/months.ts';
import { emptyFactMemory, type FactMemory } from './fact-memory.ts';
import { type RuleCache, ruleCache } from './rules.ts';
import type { TurnMemory } from './turn.ts';

/** Structured lines with a correlation id where there is one; never a body, never a secret. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>;

export type Clock = { now(): Instant };

/** What one process remembers between passes; nothing that it could not do without. */
export type Memory = TurnMemory & {
  lastSweep?: number;
  /** Shipments that are known for certain. */
  readonly seen: Set<string>;
  readonly facts: FactMemory;
};

export type PipelineContext = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly rules: RuleCache;
  /** Makes the partitions that this instant needs. */
  readonly keepMonths: (now: Instant) => Promise<void>;
  readonly memory: Memory;
};

/** Where billing documents go. One ERP for now; the place to choose by legal entity. */
export const ERP_SYSTEM = 'odoo';

export function createContext(parts: { store: Store; clock?: Clock; log?: Logger }): PipelineContext {
  const { store, clock = { now: Date.now }, log = pino({ level: 'silent' }) } = parts;
  return {
    store,
    clock,
    log,
    rules: ruleCache(store.tenant),
    keepMonths: monthKeeper(store),
    memory: { seen: new Set(), facts: emptyFactMemory() },
  };
}
