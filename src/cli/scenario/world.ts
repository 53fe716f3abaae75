// The small world a scenario runs in: a clock of its own, a database of its own, an ERP of its own, and the hub.
import { activateEveryCurrency } from '../../../examples/odoo-stand-in/every-currency.ts';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { Instant } from '../../model/time.ts';
import type { Logger } from '../../pipeline/context.ts';
import { connectErp, type Hub, openHub } from '../../pipeline/hub.ts';
import { openStore } from '../../store/database.ts';
import { createThrowAwayDatabase, type DatabaseServer, type ThrowAwayDatabase } from './database.ts';

export type World = {
  readonly clock: SimulatedClock;
  readonly erp: StandIn;
  /** The hub as it now lives; another one after a crash. */
  readonly hub: () => Hub;
  /** The hub dies without warning, with all that it had in memory, and another begins on the same database. */
  readonly crash: () => Promise<void>;
  readonly end: () => Promise<void>;
};

export type SimulatedClock = { now(): Instant; advanceTo(at: Instant): void };

/** Time stands still until it is told to go on, and never goes back. */
export function simulatedClock(startsAt: Instant): SimulatedClock {
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
  readonly log?: Logger;
};

export async function openWorld({ server, startsAt, log }: WorldOptions): Promise<World> {
  const clock = simulatedClock(startsAt);
  const database = await createThrowAwayDatabase(server);
  const erp = await startOdooStandIn({ now: clock.now });
  activateEveryCurrency(erp);
  let living = bringUp(database, erp, clock, log);
  return {
    clock,
    erp,
    hub: () => living.hub,
    crash: async () => {
      await living.kill();
      living = bringUp(database, erp, clock, log);
    },
    end: async () => {
      await living.kill();
      await erp.stop();
      await database.drop();
    },
  };
}

function bringUp(database: ThrowAwayDatabase, erp: StandIn, clock: SimulatedClock, log: Logger | undefined) {
  const dying = new AbortController();
  const { url, database: name, user, key } = erp;
  const store = openStore(database.url);
  const connected = connectErp({ url, database: name, user, key }, { now: clock.now, signal: dying.signal });
  return {
    hub: openHub({ store, clock, log, connectors: [connected] }),
    kill: async () => {
      dying.abort();
      await database.cutConnections();
      await Promise.allSettled([store.close(), connected.session.close()]);
    },
  };
}
