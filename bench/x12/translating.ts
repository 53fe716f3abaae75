// How fast a 20 MB interchange of 214s becomes validated canonical milestones, beside node-x12, which merely reads it:
// `node bench/x12/translating.ts`.
//
// Each run is a process of its own on the same bytes, the two in turn, so that a busy machine is busy for both. The ratio
// of the medians counts; it should be at least a half.
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RuleBook } from '../../src/model/rules.ts';
import type { Partner } from '../../src/model/setup/partner.ts';
import { translate } from '../../src/partners/translate.ts';
import { interchangeOf214s } from './interchange-of-214s.ts';

export type TranslatingFigures = {
  /** Median megabytes a second. */
  readonly translateMegabytesPerSecond: number;
  readonly nodeX12StreamMegabytesPerSecond: number;
  readonly ratio: number;
  readonly milestones: number;
};

type Run = { readonly megabytesPerSecond: number; readonly count: number };
type Contestant = 'translate' | 'node-x12-stream';

/** Runs each of the two `rounds` times on an interchange of `megabytes`. */
export async function benchTranslating({ megabytes = 20, rounds = 3 } = {}): Promise<TranslatingFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'lading-bench-'));
  try {
    const file = join(folder, '214.edi');
    writeFileSync(file, Buffer.concat([...interchangeOf214s(megabytes * 1e6)]));
    const runs: Record<Contestant, Run[]> = { translate: [], 'node-x12-stream': [] };
    for (let round = 0; round < rounds; round++) {
      for (const contestant of ['translate', 'node-x12-stream'] as const)
        runs[contestant].push(inOwnProcess(contestant, file));
    }
    const ours = median(runs.translate);
    const theirs = median(runs['node-x12-stream']);
    return {
      translateMegabytesPerSecond: Number(ours.toFixed(1)),
      nodeX12StreamMegabytesPerSecond: Number(theirs.toFixed(1)),
      ratio: Number((ours / theirs).toFixed(2)),
      milestones: runs.translate[0]?.count ?? 0,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inOwnProcess(contestant: Contestant, file: string): Run {
  const self = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [self, contestant, file], { encoding: 'utf8' })) as Run;
}

function median(runs: readonly Run[]): number {
  const speeds = runs.map((run) => run.megabytesPerSecond).sort((a, b) => a - b);
  return speeds[Math.floor(speeds.length / 2)] ?? Number.NaN;
}

const CARRIER: Partner = {
  id: 'swft',
  name: 'Swift Mile Trucking',
  roles: ['carrier'],
  timezone: 'America/Chicago',
  identifiers: [
    { scheme: 'x12', qualifier: '02', value: 'SWFT' },
    { scheme: 'scac', value: 'SWFT' },
  ],
};

const RULES: RuleBook = {
  partners: new Map([[CARRIER.id, CARRIER]]),
  agreements: new Map(),
  policies: new Map(),
  fuel: new Map(),
  audit: new Map(),
  entities: new Map(),
};

const contest: Record<Contestant, (file: string) => number | Promise<number>> = {
  translate(file) {
    const { events, problems } = translate(
      { bytes: readFileSync(file), partner: 'swft', receivedAt: Date.now() },
      RULES,
    );
    if (problems.length > 0) throw new Error(`the generated interchange has a problem: ${problems[0]?.detail}`);
    return events.length;
  },
  async 'node-x12-stream'(file) {
    const { X12Parser } = await import('node-x12');
    let segments = 0;
    for await (const _segment of createReadStream(file).pipe(new X12Parser())) segments++;
    return segments;
  },
};

async function runContestant(contestant: Contestant, file: string): Promise<Run> {
  const bytes = readFileSync(file).length;
  const started = performance.now();
  const count = await contest[contestant](file);
  const seconds = (performance.now() - started) / 1e3;
  return { megabytesPerSecond: bytes / 1e6 / seconds, count };
}

if (import.meta.main) {
  const [contestant, file] = process.argv.slice(2);
  if (contestant === undefined) console.log(JSON.stringify(await benchTranslating(), null, 2));
  else console.log(JSON.stringify(await runContestant(contestant as Contestant, file as string)));
}
