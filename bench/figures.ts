// All benchmarks, one after another, and what their figures are held against. How each is made: docs/benchmarks.md.
import { randomBytes } from 'node:crypto';
import { availableParallelism, cpus } from 'node:os';
import pg from 'pg';
import { type AuditFigures, benchAudit } from './audit.ts';
import { benchDeciding, type DecidingFigures } from './deciding.ts';
import { benchDelivery, type DeliveryFigures } from './delivery.ts';
import { benchLedger, type LedgerFigures } from './ledger.ts';
import { benchPipeline, type PipelineBench } from './pipeline.ts';
import { benchX12, type X12BenchFigures } from './x12/reading.ts';
import { benchTranslating, type TranslatingFigures } from './x12/translating.ts';

export type BenchFigures = {
  /** Sizes too small to judge by: it only shows that all of it runs. */
  readonly quick: boolean;
  readonly machine: { readonly processor: string; readonly cores: number; readonly node: string };
  readonly reading: X12BenchFigures;
  readonly translating: TranslatingFigures;
  readonly deciding: DecidingFigures;
  /** Interchanges of 20 statuses, as carriers send them by the hour. */
  readonly path: PipelineBench;
  /** Interchanges of one status. */
  readonly lone: PipelineBench;
  readonly delivery: DeliveryFigures;
  readonly audit: AuditFigures;
  readonly ledger: LedgerFigures;
};

export type BenchOptions = {
  /** A server on which we may make databases. */
  readonly serverUrl: string;
  readonly quick: boolean;
  /** Through the whole path. */
  readonly events: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
};

const LONE_EVENTS = 50_000;

export async function benchAll({ serverUrl, quick, events, signal, log }: BenchOptions): Promise<BenchFigures> {
  const stage = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    log(what);
    return run();
  };
  const reading = await stage('reading X12, beside node-x12', () => (quick ? benchX12(1, 5, 1) : benchX12()));
  const translating = await stage('translating 214s, beside node-x12, which merely reads', () =>
    quick ? benchTranslating({ megabytes: 1, rounds: 1 }) : benchTranslating(),
  );
  const deciding = await stage('deciding, by itself', async () =>
    benchDeciding(quick ? { shipments: 20, rounds: 1 } : {}),
  );
  const baselineEvents = quick ? 500 : 20_000;
  const path = await stage('the whole path, 20 statuses an interchange, beside a job queue and a batched insert', () =>
    withDatabase(serverUrl, (url) => benchPipeline({ url, events, statusesAMessage: 20, baselineEvents, log })),
  );
  const lone = await stage('the same, one status an interchange', () =>
    withDatabase(serverUrl, (url) =>
      benchPipeline({ url, events: Math.min(events, LONE_EVENTS), statusesAMessage: 1, baselineEvents, log }),
    ),
  );
  const delivery = await stage('from proof of delivery to invoice, through a running hub', () =>
    withDatabase(serverUrl, (url) =>
      benchDelivery({ url, ...(quick ? { proofs: 20, proofsPerSecond: 20 } : { proofs: 600, proofsPerSecond: 20 }) }),
    ),
  );
  const audit = await stage("carriers' invoices against what was agreed", () =>
    withDatabase(serverUrl, (url) => benchAudit({ url, lines: quick ? 400 : 100_000, log })),
  );
  const ledger = await stage('the ledger, behind the path', () =>
    withDatabase(serverUrl, (url) => benchLedger({ url, shipments: quick ? 100 : 20_000, log })),
  );
  const machine = { processor: cpus()[0]?.model ?? '', cores: availableParallelism(), node: process.versions.node };
  return { quick, machine, reading, translating, deciding, path, lone, delivery, audit, ledger };
}

/** A database of its own for each, gone afterwards. */
export async function withDatabase<T>(serverUrl: string, use: (url: string) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  const name = `bench_${randomBytes(6).toString('hex')}`;
  try {
    await admin.query(`create database ${name}`);
    return await use(Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}
