// Hundreds of invoices by two workers that know nothing of each other, while the server is stopped and started, slowed,
// and answers are lost after the work is done: what Odoo itself counts and sums at the end is ours, to the cent.
//
// Against a real Odoo: 500 invoices through a proxy that misbehaves, and where `ODOO_RESTART` is given (a shell command that
// kills the server and starts it again) with that in the midst of it too.
import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Fault } from '../../../../examples/odoo-stand-in/faults.ts';
import type { SendResult, Session, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';
import type { OdooSettings } from '../settings.ts';
import { openEye, withoutLive } from '../testing/live-odoo.ts';
import { type FaultyServer, type OdooPlace, openLive, openStandIn } from '../testing/places.ts';
import { subtotalOf } from './invoice.ts';

type Run = OdooPlace & {
  readonly invoices: number;
  readonly batch: number;
  /** How long each kind of trouble lasts. */
  readonly troubleMs: number;
};

const TROUBLES: readonly Fault[] = [
  { mode: 'timeout-after-commit', probability: 0.5 },
  { mode: 'slow', delayMs: 50 },
  { mode: 'down' },
  { mode: 'cut-off', probability: 0.5, seed: 7 },
  { mode: 'garbage', probability: 0.3 },
  { mode: 'up' },
];
const PATIENCE_MS = 20 * 60_000;

for (const version of [17, 19] as const) {
  test(`odoo ${version}, stand-in: a run with faults`, async () => {
    await runWithFaults({ ...(await openStandIn({ version })), invoices: 60, batch: 6, troubleMs: 60 });
  });
}

describe('odoo, live: a run with faults', { skip: withoutLive }, () => {
  test('500 invoices', { timeout: PATIENCE_MS }, async () => {
    const place = await openLive();
    const restart = process.env.ODOO_RESTART;
    const restarting = restart === undefined ? undefined : pause(15_000).then(() => promisify(exec)(restart));
    await runWithFaults({ ...place, invoices: 500, batch: 50, troubleMs: 3_000 });
    await restarting;
  });
});

async function runWithFaults({ settings, server, invoices, batch, troubleMs }: Run): Promise<void> {
  const run = `FAULT-${Date.now()}`;
  const documents = Array.from({ length: invoices }, (_, index) => documentOf(`${run}-${index + 1}`, index));
  const ended = new AbortController();
  const trouble = makeTrouble(server, troubleMs, ended.signal);
  const workers = [documents, documents.toReversed()].map(async (own) => {
    const session = odooConnector.open({ ...settings, connectSeconds: 5, answerSeconds: 30 }, { now: Date.now });
    try {
      await sendAll(session, own, batch, troubleMs);
    } finally {
      await session.close();
    }
  });
  const outcomes = await Promise.allSettled(workers);
  ended.abort();
  await trouble;
  await server.setFault({ mode: 'up' });
  try {
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    const expected = documents.reduce((sum, document) => sum + subtotalOf(document), 0n);
    assert.deepEqual(await heldOf(settings, run), { posted: invoices, others: 0, totalMinor: expected });
  } finally {
    await server.stop();
  }
}

function documentOf(key: string, index: number): WantedDocument {
  const line = { shipment: key, code: 'LHL', description: `${key} Linehaul` };
  return sampleDocument(key, { attachments: [], lines: [{ ...line, amountMinor: 10_000n + BigInt(index) }] });
}

async function makeTrouble(server: FaultyServer, troubleMs: number, ended: AbortSignal): Promise<void> {
  for (let turn = 0; !ended.aborted; turn++) {
    await server.setFault(TROUBLES[turn % TROUBLES.length] as Fault);
    await pause(troubleMs, undefined, { signal: ended }).catch(() => undefined);
  }
}

// As the deliver station does: whatever is in doubt is looked up before it is sent again.
async function sendAll(session: Session, documents: readonly WantedDocument[], batch: number, restMs: number) {
  const until = Date.now() + PATIENCE_MS;
  const doubtful = new Set<string>();
  let left = [...documents];
  while (left.length > 0) {
    assert.ok(Date.now() < until, `${left.length} documents are not settled`);
    const slice = left.slice(0, batch);
    if (!(await askedFirst(session, slice, doubtful))) {
      await pause(restMs / 2);
      continue;
    }
    const results = await session.send(slice);
    const done = new Set(results.filter((result) => settled(result, doubtful)).map(({ key }) => key));
    left = [...left.slice(batch), ...slice].filter(({ key }) => !done.has(key));
    if (done.size === 0) await pause(restMs / 4);
  }
}

async function askedFirst(session: Session, slice: readonly WantedDocument[], doubtful: ReadonlySet<string>) {
  const keys = slice.map(({ key }) => key).filter((key) => doubtful.has(key));
  if (keys.length === 0) return true;
  return (await session.lookup(keys)).every(({ lookup }) => lookup !== 'unavailable');
}

function settled(result: SendResult, doubtful: Set<string>): boolean {
  const isMisread = result.outcome === 'refused' && result.scope === 'system';
  if (result.outcome === 'refused' && !isMisread) assert.fail(`${result.key}: ${result.sentence}`);
  if (result.outcome !== 'confirmed') doubtful.add(result.key);
  return result.outcome === 'confirmed';
}

const MOST = 2_000;

async function heldOf(settings: OdooSettings, run: string) {
  const eye = openEye(settings);
  try {
    const args = { domain: [['invoice_origin', '=like', `Lading ${run}-%`]], fields: ['state', 'amount_total'] };
    const found = await eye.call({ model: 'account.move', method: 'search_read', args: { ...args, limit: MOST } });
    const moves = found as { state: string; amount_total: number }[];
    const posted = moves.filter(({ state }) => state === 'posted');
    const totalMinor = posted.reduce((sum, { amount_total }) => sum + BigInt(Math.round(amount_total * 100)), 0n);
    return { posted: posted.length, others: moves.length - posted.length, totalMinor };
  } finally {
    await eye.close();
  }
}
