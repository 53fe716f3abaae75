// How long it takes from a proof of delivery, received over HTTP, to its invoice confirmed by the ERP: through the hub as
// `lading up` runs it, in a process of its own, with the Odoo stand-in in this one.
//
// Proofs come at a steady pace, whether those before them are done or not: a hub that falls behind shows it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type StandIn, startOdooStandIn } from '../examples/odoo-stand-in/index.ts';
import { readKeyFile } from '../src/access/keyring.ts';
import { createContext } from '../src/pipeline/context.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { idOf, interchangeOf, planOf, SETUP, STATUSES_A_SHIPMENT, UNDER_WAY } from './pipeline/traffic.ts';

/** The sample carrier, but its proofs are documents and not statuses. */
const WITH_DOCUMENTS = {
  ...SETUP,
  partners: SETUP.partners?.map((partner) => ({ ...partner, podFromD1: false })),
};

export type DeliveryOptions = {
  /** An empty database. */
  readonly url: string;
  /** Proofs that are measured, at most 900. */
  readonly proofs: number;
  readonly proofsPerSecond: number;
};

export type DeliveryFigures = {
  readonly proofs: number;
  readonly proofsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
};

/** Not measured: they make the customer and the products in the ERP, and warm the hub. */
const WARM_UP = 20;
const PATIENCE_MS = 120_000;

export async function benchDelivery({ url, proofs, proofsPerSecond }: DeliveryOptions): Promise<DeliveryFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lading-bench-delivery-'));
  const erp = await startOdooStandIn();
  await migrate(url);
  const store = openStore(url, { maxConnections: 2 });
  let hub: Hub | undefined;
  try {
    await importSetup(createContext({ store }), WITH_DOCUMENTS, 'bench');
    hub = await startHub(url, dataDir, erp);
    const all = WARM_UP + proofs;
    for (let shipment = 0; shipment < all; shipment++) await hub.send('tms', planOf(shipment));
    for (let step = 0; step < STATUSES_A_SHIPMENT; step++) await hub.send('swft', interchangeOf(step * UNDER_WAY, all));
    const sentAt = await prove(hub, all, proofsPerSecond);
    const postedAt = await untilPosted(store, all);
    const waits = [...sentAt.slice(WARM_UP).entries()].map(
      ([index, sent]) => (postedAt.get(idOf(index + WARM_UP)) ?? Number.NaN) - sent,
    );
    return { proofs, proofsPerSecond, ...spread(waits) };
  } finally {
    await hub?.stop();
    await store.close();
    await erp.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Sends each shipment's proof of delivery. Returns when each was sent. */
async function prove(hub: Hub, count: number, perSecond: number): Promise<number[]> {
  const sentAt: number[] = [];
  const answers: Promise<void>[] = [];
  const begin = Date.now();
  for (let shipment = 0; shipment < count; shipment++) {
    await sleep(Math.max(0, begin + (shipment * 1_000) / perSecond - Date.now()));
    const proof = proofOf(shipment);
    sentAt.push(Date.now());
    answers.push(hub.send('swft', proof));
  }
  await Promise.all(answers);
  return sentAt;
}

const PAGE_BYTES = 20_000;

/** A signed page as a scanner makes it: canonical JSON with some 20 kB of picture. */
function proofOf(shipment: number): Uint8Array {
  const content = Buffer.alloc(PAGE_BYTES, `signed for ${idOf(shipment)} `).toString('base64');
  const data = { shipment: idOf(shipment), kind: 'pod', mediaType: 'image/png', content, signedBy: 'J. Doe' };
  const about = { id: `pod-${shipment}`, source: '/swft', type: 'document.attached' };
  return Buffer.from(JSON.stringify({ specversion: '1.0', ...about, time: new Date().toISOString(), data }));
}

/** When each shipment's invoice was confirmed, by shipment. */
async function untilPosted(store: Store, count: number): Promise<Map<string, number>> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
    const { rows } = await store.query<{ shipment: string; postedAt: number }>(
      `select shipments[1] as shipment, (extract(epoch from posted_at) * 1000)::float8 as "postedAt"
         from lading.invoice where state = 'posted'`,
    );
    if (rows.length >= count) return new Map(rows.map(({ shipment, postedAt }) => [shipment, postedAt]));
  }
  throw new Error('the invoices were not all confirmed in time');
}

function spread(waits: readonly number[]): Pick<DeliveryFigures, 'p50Ms' | 'p99Ms' | 'longestMs'> {
  const sorted = [...waits].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
  return { p50Ms: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
}

type Hub = {
  readonly send: (partner: string, bytes: Uint8Array) => Promise<void>;
  readonly stop: () => Promise<void>;
};

async function startHub(databaseUrl: string, dataDir: string, erp: StandIn): Promise<Hub> {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'up'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      ...{ ODOO_URL: erp.url, ODOO_DB: erp.database, ODOO_USER: erp.user, ODOO_KEY: erp.key },
      ...{ LADING_DATA: dataDir, LADING_PORT: '0', LADING_LOG: 'error' },
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await addressOf(child);
  const key = await readKeyFile(dataDir);
  return {
    send: async (partner, bytes) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
      const init = { method: 'POST', headers, body: bytes as Uint8Array<ArrayBuffer> };
      const answer = await fetch(`${url}/v1/inbound/${partner}`, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.status !== 202) throw new Error(`the hub answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the hub did not come up: ${text}`)));
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece;
      const [, url] = /is up at (\S+)[\s\S]*stop it with/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}
