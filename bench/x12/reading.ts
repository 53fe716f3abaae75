// How fast X12 is read, beside node-x12 and a plain streamed split, on one core and the same bytes: `node bench/x12/reading.ts`.
//
// Every contestant runs in a process of its own, so that none pays for another's garbage and resident memory is its own.
// Time is processor time of the main thread, which is what one core has to give and does not count waiting for other programs.
// Figures still differ from machine to machine and from minute to minute; the ratios count, each from interleaved runs.
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createX12Reader, readX12 } from '../../src/formats/x12/index.ts';
import { endlessInterchangeOf214s, interchangeOf214s } from './interchange-of-214s.ts';

const CONTESTANTS = [
  'envelope-stream',
  'transaction-stream',
  'node-x12-stream',
  'split-stream',
  'whole',
  'node-x12-parse',
] as const;
type Contestant = (typeof CONTESTANTS)[number];
/** What is timed. */
type Reading = () => number | Promise<number>;
type Run = { megabytesPerSecond: number; seen: number; residentMegabytes: number };

export type X12BenchFigures = {
  /** Median MB/s (10^6 bytes) and highest resident memory of each contestant. */
  contestants: Record<Contestant, { megabytesPerSecond: number; residentMegabytes: number }>;
  ratios: {
    streamToNodeX12Stream: number;
    transactionsToNodeX12Stream: number;
    streamToSplit: number;
    wholeToNodeX12Parse: number;
  };
  /** Highest resident memory while reading the large interchange as a stream, transactions handed out, and before it. */
  largeStream: {
    megabytes: number;
    residentMegabytes: number;
    residentAtStartMegabytes: number;
    megabytesPerSecond: number;
    complete: boolean;
  };
};

const ROUNDS = 5;
const WARM_UPS = 4;

/** Runs all contestants. `largeMegabytes`: size of the interchange that shows flat memory, generated, never on disk. */
export async function benchX12(megabytes = 20, largeMegabytes = 1_000, rounds = ROUNDS): Promise<X12BenchFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'lading-bench-x12-'));
  const file = join(folder, 'night-run.edi');
  try {
    writeFileSync(file, Buffer.concat([...interchangeOf214s(megabytes * 1e6)]));
    writeFileSync(warmUpFile(file), Buffer.concat([...interchangeOf214s((megabytes * 1e6) / 5)]));
    const runs = new Map<Contestant, Run[]>(CONTESTANTS.map((contestant) => [contestant, []]));
    for (let round = 0; round < rounds; round++) {
      for (const contestant of CONTESTANTS) runs.get(contestant)?.push(inOwnProcess<Run>(contestant, file));
    }
    const contestants = Object.fromEntries(
      [...runs].map(([name, list]) => [name, summary(list)]),
    ) as X12BenchFigures['contestants'];
    const speed = (contestant: Contestant) => contestants[contestant].megabytesPerSecond;
    const ratio = (one: Contestant, other: Contestant) => Number((speed(one) / speed(other)).toFixed(1));
    const ratios = {
      streamToNodeX12Stream: ratio('envelope-stream', 'node-x12-stream'),
      transactionsToNodeX12Stream: ratio('transaction-stream', 'node-x12-stream'),
      streamToSplit: ratio('envelope-stream', 'split-stream'),
      wholeToNodeX12Parse: ratio('whole', 'node-x12-parse'),
    };
    return { contestants, ratios, largeStream: inOwnProcess('large-stream', String(largeMegabytes)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const warmUpFile = (file: string): string => `${file}.warm-up`;

function inOwnProcess<Result>(contestant: string, argument: string): Result {
  const self = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [self, contestant, argument], { encoding: 'utf8' })) as Result;
}

function summary(runs: readonly Run[]): { megabytesPerSecond: number; residentMegabytes: number } {
  const speeds = runs.map((run) => run.megabytesPerSecond).sort((a, b) => a - b);
  const median = speeds[Math.floor(speeds.length / 2)] as number;
  const resident = Math.max(...runs.map((run) => run.residentMegabytes));
  return { megabytesPerSecond: Number(median.toFixed(1)), residentMegabytes: Math.round(resident) };
}

// Each returns how many segments (the envelope stream: transactions) it saw, so that none can be quick by not looking. Who
// streams also reads the file; who takes a document whole is given what it takes, bytes or text.
const contest: Record<Contestant, (file: string) => Reading> = {
  'envelope-stream': (file) => () => {
    let transactions = 0;
    const reader = createX12Reader({
      groupEnd: (group) => {
        transactions += group.transactionCount;
      },
      fault: failOnFault,
    });
    eachChunk(file, (chunk) => reader.push(chunk));
    reader.end();
    return transactions;
  },
  'transaction-stream': (file) => () => {
    let segments = 0;
    const reader = createX12Reader(
      {
        transaction: (transaction) => {
          segments += transaction.segmentCount;
        },
        fault: failOnFault,
      },
      { transactionsKept: false },
    );
    eachChunk(file, (chunk) => reader.push(chunk));
    reader.end();
    return segments;
  },
  'node-x12-stream': (file) => async () => {
    const { X12Parser } = await import('node-x12');
    let segments = 0;
    for await (const _segment of createReadStream(file).pipe(new X12Parser())) segments++;
    return segments;
  },
  'split-stream': (file) => async () => {
    let segments = 0;
    let rest = '';
    for await (const chunk of createReadStream(file, 'latin1')) {
      const pieces = (rest + chunk).split('~\n');
      rest = pieces.pop() as string;
      for (const piece of pieces) if (piece.split('*').length > 0) segments++;
    }
    return segments;
  },
  whole(file) {
    const bytes = readFileSync(file);
    return () => {
      const [interchange] = readX12(bytes).interchanges;
      if (!interchange?.complete) throw new Error('the generated interchange did not read');
      return interchange.groups[0]?.transactions.reduce((sum, { segmentCount }) => sum + segmentCount, 0) ?? 0;
    };
  },
  'node-x12-parse'(file) {
    const text = readFileSync(file, 'utf8');
    return async () => {
      const { X12Parser } = await import('node-x12');
      const parsed = new X12Parser().parse(text);
      const groups = 'functionalGroups' in parsed ? parsed.functionalGroups : [];
      return groups.flatMap((group) => group.transactions).reduce((sum, { segments }) => sum + segments.length, 0);
    };
  },
};

function failOnFault(fault: { message: string; severity: string }): void {
  throw new Error(`the generated interchange has a fault: ${fault.message}`);
}

function eachChunk(file: string, take: (chunk: Uint8Array) => void): void {
  const descriptor = openSync(file, 'r');
  const chunk = new Uint8Array(65_536);
  for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk))
    take(chunk.subarray(0, read));
}

async function runContestant(contestant: Contestant, file: string): Promise<Run> {
  const bytes = statSync(file).size;
  // A server is warm: each contestant first reads a small interchange some times, untimed.
  for (let time = 0; time < WARM_UPS; time++) await contest[contestant](warmUpFile(file))();
  const read = contest[contestant](file);
  const started = processorSeconds();
  const seen = await read();
  const seconds = processorSeconds() - started;
  return { megabytesPerSecond: bytes / 1e6 / seconds, seen, residentMegabytes: process.memoryUsage().rss / 1e6 };
}

function processorSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

function runLargeStream(megabytes: number): X12BenchFigures['largeStream'] {
  let complete = false;
  const residentAtStart = process.memoryUsage().rss;
  let resident = residentAtStart;
  let transactions = 0;
  const reader = createX12Reader(
    {
      transaction: () => {
        transactions++;
      },
      interchangeEnd: (interchange) => {
        complete = interchange.complete;
      },
      fault: failOnFault,
    },
    { transactionsKept: false },
  );
  let seconds = 0;
  for (const chunk of endlessInterchangeOf214s(megabytes * 1e6)) {
    const started = processorSeconds();
    reader.push(chunk);
    seconds += processorSeconds() - started;
    if (transactions % 4096 < 150) resident = Math.max(resident, process.memoryUsage().rss);
  }
  reader.end();
  return {
    megabytes: Math.round(reader.bytesTaken / 1e6),
    residentAtStartMegabytes: Math.round(residentAtStart / 1e6),
    residentMegabytes: Math.round(resident / 1e6),
    megabytesPerSecond: Math.round(reader.bytesTaken / 1e6 / seconds),
    complete,
  };
}

if (import.meta.main) {
  const [contestant, argument] = process.argv.slice(2);
  if (contestant === undefined) console.log(JSON.stringify(await benchX12(), null, 2));
  else if (contestant === 'large-stream') console.log(JSON.stringify(runLargeStream(Number(argument))));
  else console.log(JSON.stringify(await runContestant(contestant as Contestant, argument as string)));
}
