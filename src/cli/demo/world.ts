// What the demo runs in: the embedded database, a hub whose clock can be told what time it is, the API, and an ERP.

import { join } from 'node:path';
import pg from 'pg';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { addKey, ensureFirstKey, readKeyFile } from '../../access/keyring.ts';
import { apiHubOf } from '../../api/hub.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import { explainBilling } from '../../insight/billing-words.ts';
import { HOUR_MS, type Instant } from '../../model/time.ts';
import type { Logger } from '../../pipeline/context.ts';
import { watchFolders } from '../../pipeline/folders.ts';
import { connectErp, type Hub, openHub, type RunningHub, startHub } from '../../pipeline/hub.ts';
import { openStore, type Store } from '../../store/database.ts';
import { startEmbedded } from '../../store/embedded.ts';
import { migrate } from '../../store/migrate.ts';
import type { CommandContext } from '../command.ts';
import { listen } from '../listen.ts';

export type DemoClock = { now(): Instant; advanceTo(at: Instant): void; goLive(): void };

/** Stands still until told to go on; live, it is the machine's. Never goes back. */
function demoClock(startsAt: Instant): DemoClock {
  let present = startsAt;
  let live = false;
  return {
    now: () => (live ? Math.max(present, Date.now()) : present),
    advanceTo: (at) => {
      present = Math.max(present, at);
    },
    goLive: () => {
      live = true;
    },
  };
}

export type DemoWorld = {
  readonly clock: DemoClock;
  readonly store: Store;
  readonly hub: Hub;
  /** Undefined when a real ERP is connected. */
  readonly standIn: StandIn | undefined;
  /** The address of the ERP, be it real or not. */
  readonly erpUrl: string;
  readonly url: string;
  readonly key: string;
  /** A key that this customer's own system would use, for the length of the play. */
  readonly customerKey: (customer: string) => Promise<string>;
  /** Where the warehouse lays its files. */
  readonly folder: string;
  /** From now on the hub works by itself, at the machine's time. */
  readonly goLive: () => RunningHub;
  readonly end: () => Promise<void>;
};

export type DemoOptions = {
  readonly env: CommandContext['env'];
  readonly demoDir: string;
  readonly port: number;
  readonly startsAt: Instant;
  /** A real ERP; none given: the stand-in. */
  readonly erp: OdooSettings | undefined;
  readonly log: Logger;
  readonly tell: (line: string) => void;
};

/** Throws `DatabaseProblem`, or a `UserError` for a port in use; leaves nothing running then. */
export async function openDemoWorld(options: DemoOptions): Promise<DemoWorld> {
  const { env, demoDir, port, startsAt, log, tell } = options;
  const dataDir = env.LADING_DATA;
  const ends: (() => Promise<unknown>)[] = [];
  const end = async () => {
    for (const stop of ends.splice(0).reverse()) await stop();
  };
  try {
    const server = await startEmbedded({ dataDir, log: tell });
    ends.push(server.stop);
    const url = await demoDatabase(server.url);
    await migrate(url);
    const store = openStore(url);
    ends.push(store.close);
    const clock = demoClock(startsAt);
    const standIn = options.erp === undefined ? await startStandIn(demoDir, clock) : undefined;
    if (standIn !== undefined) ends.push(standIn.stop);
    const erp = options.erp ?? settingsOf(standIn as StandIn);
    const connected = connectErp(erp, { now: clock.now });
    ends.push(() => connected.session.close());
    const parts = { store, clock, log, connectors: [connected], explainBilling };
    const hub = openHub(parts);
    await ensureFirstKey(store, dataDir, Date.now());
    const api = await listen(apiHubOf({ ...hub, dataDir }), env, port);
    ends.push(() => api.close());
    const folder = join(demoDir, 'from-northdock');
    const watch = await watchFolders(hub.context, [{ partner: 'northdock', path: folder }], FOLDER_PACE);
    ends.push(watch.stop);
    const goLive = () => {
      clock.goLive();
      const running = startHub(parts);
      ends.push(() => running.stop());
      return running;
    };
    return {
      clock,
      store,
      hub,
      standIn,
      erpUrl: erp.url,
      url: api.listeningOrigin,
      key: (await readKeyFile(dataDir)) ?? '',
      customerKey: (customer) => customerKey(store, customer),
      folder,
      goLive,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function customerKey(store: Store, customer: string): Promise<string> {
  const now = Date.now();
  const wanted = {
    name: `purchasing at ${customer}`,
    role: 'customer',
    partner: customer,
    expiresAt: now + HOUR_MS,
  } as const;
  return (await addKey(store, wanted, 'demo', now)).key;
}

// Files appear whole, and the week is played fast.
const FOLDER_PACE = { pollMs: 20, stableMs: 0 };

const DATABASE = 'lading_demo';

// Its own database: the sample week must not mix with what `lading up` keeps.
async function demoDatabase(serverUrl: string): Promise<string> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`);
  } finally {
    await admin.end();
  }
  return Object.assign(new URL(serverUrl), { pathname: `/${DATABASE}` }).href;
}

/** Begins the demo anew: what was played before is gone. */
export async function dropDemoDatabase(dataDir: string): Promise<void> {
  const server = await startEmbedded({ dataDir });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${DATABASE} with (force)`);
  } finally {
    await admin.end();
    await server.stop();
  }
}

function startStandIn(demoDir: string, clock: DemoClock): Promise<StandIn> {
  return startOdooStandIn({ now: clock.now, journalFile: join(demoDir, 'odoo-stand-in.jsonl') });
}

function settingsOf({ url, database, user, key }: StandIn): OdooSettings {
  return { url, database, user, key };
}
