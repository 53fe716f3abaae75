import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchFigures } from './figures.ts';
import { judged } from './targets.ts';

const contestant = { megabytesPerSecond: 100, residentMegabytes: 60 };
const path = {
  events: 1_000_000,
  statusesAMessage: 20,
  eventsPerSecond: 4_321.5,
  slices: [4_400, 4_000],
  lastToFirstCost: 1.1,
  peakResidentMegabytes: 351,
  residentMegabytes: [300, 310],
  invoices: 1,
  toJobQueue: 2.9,
  toBatched: 0.3,
};
const FIGURES: BenchFigures = {
  quick: false,
  machine: { processor: 'a', cores: 2, node: '26.10.0' },
  reading: {
    contestants: {
      'envelope-stream': { megabytesPerSecond: 512.4, residentMegabytes: 60 },
      'transaction-stream': contestant,
      'node-x12-stream': contestant,
      'split-stream': contestant,
      whole: contestant,
      'node-x12-parse': contestant,
    },
    ratios: { streamToNodeX12Stream: 5, transactionsToNodeX12Stream: 4, streamToSplit: 5, wholeToNodeX12Parse: 19.9 },
    largeStream: {
      megabytes: 1_000,
      residentMegabytes: 101,
      residentAtStartMegabytes: 50,
      megabytesPerSecond: 300,
      complete: true,
    },
  },
  translating: { translateMegabytesPerSecond: 25, nodeX12StreamMegabytesPerSecond: 50, ratio: 0.5, milestones: 1 },
  deciding: { decisions: 22_000, decisionsPerSecond: 54_321.4, lastPerSecond: 30_000 },
  path,
  lone: { ...path, statusesAMessage: 1, toJobQueue: 1.6 },
  audit: {
    lines: 100_000,
    invoices: 25_000,
    verdicts: { approved: 25_000 },
    keepingSeconds: 10,
    auditSeconds: 28.7,
    linesPerSecond: 3_484,
    decidingSeconds: 10,
    againSeconds: 13,
    verdictsAgain: { approved: 25_000 },
    residentMegabytesBefore: 349,
    peakResidentMegabytes: 410,
  },
  ledger: { shipments: 20_000, entries: 160_000, bookingsPerSecond: 2_345.6, provingSeconds: 1.23 },
  delivery: { proofs: 100, proofsPerSecond: 20, p50Ms: 80, p99Ms: 120, longestMs: 130 },
};

const verdictOf = (figures: BenchFigures, figure: RegExp) =>
  judged(figures).find((each) => figure.test(each.figure)) ?? assert.fail(`no figure ${figure}`);

const cases = [
  { figure: /^X12 stream, envelopes/, is: { value: '512 MB/s' } },
  { figure: /to the stream of node-x12$/, is: { value: '5×', target: 'at least 5×', met: true } },
  { figure: /to parse\(\)/, is: { value: '19.9×', target: 'at least 20×', met: false } },
  { figure: /stream of 1,000 MB/, is: { value: '101 MB', target: 'at most 100 MB', met: false } },
  { figure: /which merely reads/, is: { value: '0.5×', target: 'at least 0.5×', met: true } },
  { figure: /one after each fact/, is: { value: '54,321 /s' } },
  { figure: /booked in the ledger/, is: { value: '2,346 /s' } },
  { figure: /a job an event/, is: { value: '2.9×', target: 'at least 3×', met: false } },
  { figure: /one status an interchange/, is: { value: '4,322 events/s' } },
  { figure: /over 1,000,000 events/, is: { value: '351 MB', target: 'at most 350 MB', met: false } },
  { figure: /first 50,000/, is: { value: '1.1×', target: 'at most 1.2×', met: true } },
  { figure: /99 of 100/, is: { value: '120 ms' } },
  { figure: /100,000 lines of carriers/, is: { value: '28.7 s' } },
  { figure: /more than before/, is: { value: '61 MB' } },
];

for (const { figure, is } of cases) {
  test(`a figure beside its target: ${figure.source}`, () => {
    const { figure: _, ...rest } = verdictOf(FIGURES, figure);
    assert.deepEqual(rest, is);
  });
}

test('what was too short to judge by is not judged', () => {
  assert.ok(judged({ ...FIGURES, quick: true }).every(({ met }) => met === undefined));
});

test('a run of one slice says nothing of what the cost grows to', () => {
  const short = { ...FIGURES, path: { ...FIGURES.path, slices: [4_400] } };
  assert.ok(judged(short).every(({ figure }) => !figure.includes('first 50,000')));
});
