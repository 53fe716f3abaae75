// The small world a scenario runs in: a clock of its own, a database of its own, an ERP of its own, and the hub.
import { isShutBy } from '../../../examples/odoo-stand-in/faults.ts';
import { explainBilling } from '../../insight/billing-words.ts';
import type { Instant } from '../../model/time.ts';
import type { Logger } from '../../pipeline/context.ts';
import { connectErp, type Hub, openHub } from '../../pipeline/hub.ts';
import { openStore } from '../../store/database.ts';
import { createThrowAwayDatabase, type DatabaseServer, type ThrowAwayDatabase } from '../../store/throw-away.ts';
import { type OpenErp, openStandIn, type ScenarioErp } from './erp.ts';
import { HubDied, type Moment, mortalStore, openMortality } from './mortality.ts';

export type World = {
  readonly clock: SimulatedClock;
  readonly erp: ScenarioErp;
  /** It answers nothing until it is given another fault. */
  readonly isErpAway: () => boolean;
  /** The hub as it now lives; another one after a crash. */
  readonly hub: () => Hub;
  /** The hub dies without warning, with all that it had in memory, and another begins on the same database. */
  readonly crash: () => Promise<void>;
  /** Lets it die in the midst of work that is done `despiteDeath`. */
  readonly foreseeCrash: (moment: Moment) => void;
  /** Does this work; where the hub dies of it, another does it again. */
  readonly despiteDeath: <T>(work: () => Promise<T>) => Promise<T>;
  /** How often the hub died so far. */
  readonly crashCount: () => number;
  readonly end: () => Promise<void>;
};

export type SimulatedClock = { now(): Instant; advanceTo(at: Instant): void };

/** Time stands still until it is told to go on, and never goes back. */
function simulatedClock(startsAt: Instant): SimulatedClock {
  let present = startsAt;
  return {
    now: () => present,
    advanceTo: (at) => {
      present = Math.max(present, at);
    },
  };
}

export type WorldOptions = {
  /** Left when the world ends. */
  readonly server: DatabaseServer;
  readonly startsAt: Instant;
  /** None given: the stand-in. */
  readonly openErp?: OpenErp;
  readonly log?: Logger;
};

export async function openWorld({ server, startsAt, openErp = openStandIn, log }: WorldOptions): Promise<World> {
  const clock = simulatedClock(startsAt);
  const database = await createThrowAwayDatabase(server);
  const mortality = openMortality();
  let isAtWork = false;
  let crashCount = 0;
  const dieWhenReached = async (kind: Moment['of']) => {
    if (isAtWork && mortality.isReachedBy(kind)) await living.die();
  };
  const opened = await openErp({ now: clock.now, onCall: () => dieWhenReached('erp-call') });
  let isErpAway = false;
  const erp: ScenarioErp = {
    ...opened,
    setFault: async (fault) => {
      isErpAway = isShutBy(fault);
      await opened.setFault(fault);
    },
  };
  const bringUp = () => bringUpHub({ database, erp, clock, log, beforeStatement: () => dieWhenReached('statement') });
  let living = bringUp();
  const crash = async () => {
    await living.kill();
    crashCount += 1;
    living = bringUp();
  };
  return {
    clock,
    erp,
    isErpAway: () => isErpAway,
    hub: () => living.hub,
    crash,
    foreseeCrash: mortality.foresee,
    crashCount: () => crashCount,
    despiteDeath: async (work) => {
      isAtWork = true;
      try {
        for (;;) {
          const result = await work().catch((error) => {
            if (!living.isDead()) throw error;
          });
          if (!living.isDead()) return result as Awaited<ReturnType<typeof work>>;
          await crash();
        }
      } finally {
        isAtWork = false;
      }
    },
    end: async () => {
      await living.kill();
      await erp.stop();
      await database.drop();
    },
  };
}

type Life = {
  readonly database: ThrowAwayDatabase;
  readonly erp: ScenarioErp;
  readonly clock: SimulatedClock;
  readonly log: Logger | undefined;
  readonly beforeStatement: () => Promise<void>;
};

function bringUpHub({ database, erp, clock, log, beforeStatement }: Life) {
  const dying = new AbortController();
  // Each connection learns and plans everything anew, and a world is short-lived.
  const pool = openStore(database.url, { maxConnections: 3 });
  const store = mortalStore(pool, async () => {
    if (!dying.signal.aborted) await beforeStatement();
    if (dying.signal.aborted) throw new HubDied();
  });
  const connected = connectErp(erp.settings, { now: clock.now, signal: dying.signal });
  const die = async () => {
    dying.abort();
    await database.cutConnections();
  };
  return {
    hub: openHub({ store, clock, log, connectors: [connected], explainBilling }),
    isDead: () => dying.signal.aborted,
    die,
    kill: async () => {
      await die();
      await Promise.allSettled([pool.close(), connected.session.close()]);
    },
  };
}
