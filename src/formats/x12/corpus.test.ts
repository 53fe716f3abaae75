// Every real X12 file we know is read with all its segments, or refused at the right place.
//
// `read` tells groups and transactions with their number of segments; `!` stands on what is rejected or not complete.
// `×3` means three alike, `/` parts groups, `//` interchanges. `faults` lists kind and byte; padding and release notes, which half
// of all files get, are left out. The elements are compared with a plain split of the text, which knows nothing of our reader.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acknowledge } from './acknowledge.ts';
import type { X12Document, X12Group, X12Interchange } from './document.ts';
import { readX12 } from './read.ts';
import { corpusBytes, corpusMissing, x12CorpusNames } from './testing/corpus.ts';
import { digestOfStream, digestOfWhole } from './testing/digest.ts';

type Expected = { file: string; terminator: string; read: string; faults: string[] };

const EVERYDAY_NOTES = new Set(['isa-not-padded', 'gs-release-differs']);

const expectations: Expected[] = [
  {
    file: 'x12-204/catalyst-tender-4010.edi',
    terminator: '\n',
    read: 'SM 204:38!',
    faults: ['se-segment-count-wrong@1203'],
  },
  { file: 'x12-204/sudu-import-drayage.edi', terminator: '~', read: 'SM 204:17', faults: [] },
  { file: 'x12-210/catalyst-discount-fuel.edi', terminator: '~', read: 'IM 210:31', faults: [] },
  { file: 'x12-210/cn-rail-usd.edi', terminator: '~', read: 'IM 210:26', faults: [] },
  { file: 'x12-210/nlmi-expedited.edi', terminator: '~', read: 'IN 210:30', faults: [] },
  {
    file: 'x12-210/ups-5-invoices-4030.edi',
    terminator: '|',
    read: 'IM 210:48! 210:82 210:91 210:377 210:720',
    faults: ['se-segment-count-wrong@1170'],
  },
  { file: 'x12-211/motor-carrier-bol.edi', terminator: '~', read: 'BL 211:34', faults: [] },
  { file: 'x12-212/manifest-fragment.edi', terminator: '~', read: '', faults: ['isa-not-found@0'] },
  { file: 'x12-214/bom-newline-in-isa.edi', terminator: '~', read: 'QM 214:16', faults: ['isa-line-break-inside@57'] },
  { file: 'x12-214/canadapost-19-sets.edi', terminator: '\n', read: 'QM 214:13×3 214:14 214:13×15', faults: [] },
  { file: 'x12-214/catalyst-delivered-4030.edi', terminator: '~', read: 'QM 214:16', faults: [] },
  { file: 'x12-214/ellipsis-terminator.edi', terminator: '…', read: 'QM 214:20', faults: [] },
  {
    file: 'x12-214/short-isa-padding.edi',
    terminator: '~',
    read: 'QM 214:15',
    faults: ['segment-terminator-missing@401'],
  },
  {
    file: 'x12-214/three-stops-appointments.edi',
    terminator: '~',
    read: '! QM 214:27',
    faults: ['iea-control-number-wrong@840'],
  },
  {
    file: 'x12-310/wht-ocean.edi',
    terminator: '~',
    read: '! IO! 310:46!',
    faults: [
      'se-segment-count-wrong@1615',
      'se-control-number-wrong@1618',
      'ge-control-number-wrong@1630',
      'iea-control-number-wrong@1643',
    ],
  },
  { file: 'x12-310/xxxx-39-segments.edi', terminator: '~', read: 'QO 310:39', faults: [] },
  {
    file: 'x12-315/discharge-tangier.edi',
    terminator: '~',
    read: 'QO 315:13!',
    faults: ['se-control-number-wrong@508'],
  },
  { file: 'x12-315/empty-return.edi', terminator: '~', read: 'QO 315:9', faults: [] },
  { file: 'x12-315/nyk-oriental-bay.edi', terminator: '\n', read: 'QO 315:16', faults: [] },
  { file: 'x12-322/bnsf-17-sets.edi', terminator: '\r\n', read: 'SO 322:14×17', faults: [] },
  { file: 'x12-322/hamsud-ingate.edi', terminator: '~', read: 'SO 322:15', faults: [] },
  { file: 'x12-810/freight-2-invoices.edi', terminator: '~', read: 'IN 810:53 810:58', faults: [] },
  { file: 'x12-810/general-mills.edi', terminator: '~', read: 'IN 810:16', faults: ['segment-terminator-missing@477'] },
  { file: 'x12-810/issue-a.edi', terminator: '~', read: 'IN 810:64', faults: [] },
  { file: 'x12-810/simple810.edi', terminator: '~', read: 'IN 810:32 810:22', faults: [] },
  { file: 'x12-810/walmart.edi', terminator: '\r\n', read: 'IN 810:20', faults: [] },
  { file: 'x12-820/ap-department.edi', terminator: '~', read: 'RA 820:20', faults: [] },
  {
    file: 'x12-820/home-depot-template.edi',
    terminator: '~',
    read: 'RA! 820:24',
    faults: ['ge-control-number-wrong@1224'],
  },
  { file: 'x12-820/scana-at-sign.edi', terminator: '\r\n', read: 'RA 820:12', faults: [] },
  { file: 'x12-820/stp-walmart.edi', terminator: '\\', read: 'RA 820:11', faults: [] },
  { file: 'x12-850/bots-04.edi', terminator: '~', read: 'PO 850:46', faults: [] },
  { file: 'x12-850/edifabric-orders.edi', terminator: '~', read: 'IN 850:15×2', faults: [] },
  { file: 'x12-850/node-x12-850.edi', terminator: '~', read: 'PO 850:33', faults: [] },
  { file: 'x12-850/node-x12-fat.edi', terminator: '~', read: 'PO 850:33 // PO 850:33', faults: [] },
  { file: 'x12-855/acme-5010.edi', terminator: '~', read: 'PR 855:17', faults: [] },
  { file: 'x12-855/adobe.edi', terminator: '\r\n', read: 'PR 855:43', faults: [] },
  { file: 'x12-856/ballast-3060.edi', terminator: '~', read: 'SH 856:34', faults: [] },
  { file: 'x12-856/element-tilde-terminator-star.edi', terminator: '*', read: 'SH 856:25', faults: [] },
  {
    file: 'x12-856/libedi-lengths-wrong.edi',
    terminator: '~',
    read: 'SH 856:18!',
    faults: ['se-control-number-wrong@548'],
  },
  { file: 'x12-856/node-x12-856.edi', terminator: '~', read: 'SH 856:31', faults: [] },
  { file: 'x12-856/types-4060.edi', terminator: '\n', read: 'SH 856:31', faults: [] },
  {
    file: 'x12-940/1edisource-4010.edi',
    terminator: '~',
    read: '! OW! 940:29',
    faults: ['ge-control-number-wrong@879', 'iea-control-number-wrong@893'],
  },
  { file: 'x12-940/bigetp.edi', terminator: '~', read: 'OW 940:34', faults: [] },
  {
    file: 'x12-940/simplot-slipsheet.edi',
    terminator: '\r\n',
    read: '! OW! 940:27',
    faults: ['ge-control-number-wrong@1056', 'iea-control-number-wrong@1073'],
  },
  { file: 'x12-943/transfer-advice-fragment.edi', terminator: '~', read: '', faults: ['isa-not-found@0'] },
  { file: 'x12-944/receipt-advice.edi', terminator: '~', read: 'RE 944:5!', faults: ['se-segment-count-wrong@200'] },
  { file: 'x12-945/waqe-in.edi', terminator: '~', read: 'SW 945:16!', faults: ['se-segment-count-wrong@476'] },
  {
    file: 'x12-945/warehouse-shipping.edi',
    terminator: '~',
    read: 'IN! 945:22',
    faults: ['ge-transaction-count-wrong@771'],
  },
  { file: 'x12-990/hjbt-accept.edi', terminator: '~', read: 'GF 990:4', faults: [] },
  { file: 'x12-997/empty997.edi', terminator: '~', read: 'FA 997:2', faults: [] },
  { file: 'x12-997/extra-delimiter.edi', terminator: '~', read: 'FA 997:8', faults: [] },
  { file: 'x12-997/gt-997.edi', terminator: '~', read: 'FA 997:4', faults: [] },
  { file: 'x12-997/invalid997.edi', terminator: '~', read: 'FA 997:8', faults: [] },
  { file: 'x12-997/simple997.edi', terminator: '~', read: 'FA 997:8', faults: [] },
  {
    file: 'x12-999/imsweb-accepted.edi',
    terminator: '~',
    read: '! FA 999:6',
    faults: ['iea-control-number-wrong@288'],
  },
  { file: 'x12-999/pyx12-ls-le.edi', terminator: '~', read: 'FA 999:6', faults: [] },
  { file: 'x12-999/simple999.edi', terminator: '~', read: 'FA 999:16', faults: [] },
  {
    file: 'x12-malformed/940-isa-truncated.edi',
    terminator: '~',
    read: '! OW 940:3!',
    faults: ['isa-elements-missing@0', 'se-segment-count-wrong@192'],
  },
  {
    file: 'x12-malformed/940-isa-wrong-separator.edi',
    terminator: '~',
    read: '! OW 940:3!',
    faults: ['isa-elements-missing@0', 'se-segment-count-wrong@215'],
  },
  { file: 'x12-malformed/corrupt-isa.edi', terminator: '~', read: '', faults: ['isa-not-found@3'] },
  {
    file: 'x12-malformed/duplicate-group.edi',
    terminator: '~',
    read: 'IN 850:15 / IN 850:15',
    faults: ['gs-control-number-repeated@548'],
  },
  { file: 'x12-malformed/duplicate-interchange.edi', terminator: '~', read: 'IN 850:15 // IN 850:15', faults: [] },
  { file: 'x12-malformed/no-ge-trailer.edi', terminator: '~', read: 'SM!', faults: ['ge-missing@169'] },
  {
    file: 'x12-malformed/no-gs-heading.edi',
    terminator: '~',
    read: '! SM',
    faults: ['ge-without-gs@185', 'iea-group-count-wrong@205'],
  },
  { file: 'x12-malformed/no-iea-trailer.edi', terminator: '~', read: '!', faults: ['iea-missing@107'] },
  {
    file: 'x12-malformed/no-matching-segment-count.edi',
    terminator: '~',
    read: 'SM 204:2!',
    faults: ['se-segment-count-wrong@185'],
  },
  { file: 'x12-malformed/trimmed-isa-heading.edi', terminator: '~', read: '!', faults: ['iea-missing@71'] },
];

for (const { file, terminator, read, faults } of expectations) {
  test(`corpus: ${file}`, { skip: corpusMissing }, () => {
    const bytes = corpusBytes(file);
    const document = readX12(bytes);
    assert.equal(document.interchanges.map(interchangeWords).join(' // '), read);
    const told = document.faults.filter((fault) => !EVERYDAY_NOTES.has(fault.kind));
    assert.deepEqual(
      told.map((fault) => `${fault.kind}@${fault.offset}`),
      faults,
    );
    for (const { message, offset } of document.faults)
      assert.match(message, new RegExp(`^\\S+ at byte ${offset}: .+; .+`));
    if (read !== '') assert.deepEqual(elementsRead(document), elementsSplit(bytes, terminator, document));
    for (const interchange of document.interchanges) assertAnswerReads(interchange);
    assert.equal(digestOfStream(bytes, [1, 50, 106, 107, 300]), digestOfWhole(bytes));
  });
}

test('corpus: every file has its line here', { skip: corpusMissing }, () => {
  assert.deepEqual(expectations.map((expected) => expected.file).sort(), x12CorpusNames());
});

// Whatever came in, our answer to it is X12 without a fault, in the partner's delimiters.
function assertAnswerReads(interchange: X12Interchange): void {
  for (const kind of ['997', '999'] as const) {
    const answer = acknowledge(interchange, { kind, controlNumbers: { interchange: 1, group: 1 }, at: 0 });
    assert.notEqual(answer.kind, 'refused');
    if (answer.kind !== 'written') continue;
    const { interchanges, faults } = readX12(answer.bytes);
    assert.deepEqual(
      faults.filter((fault) => !EVERYDAY_NOTES.has(fault.kind)),
      [],
    );
    assert.equal(interchanges[0]?.groupCount, answer.groupsAnswered);
  }
}

function interchangeWords({ complete, groups }: X12Interchange): string {
  return `${complete ? '' : '! '}${groups.map(groupWords).join(' / ')}`.trim();
}

function groupWords({ functionalId, accepted, transactions }: X12Group): string {
  const words = transactions.map((set) => `${set.code}:${set.segmentCount}${set.accepted ? '' : '!'}`);
  return `${functionalId}${accepted ? '' : '!'} ${runsOf(words).join(' ')}`.trim();
}

function runsOf(words: readonly string[]): string[] {
  const runs: { word: string; times: number }[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.word === word) last.times++;
    else runs.push({ word, times: 1 });
  }
  return runs.map(({ word, times }) => (times > 1 ? `${word}×${times}` : word));
}

function elementsRead(document: X12Document): string[][] {
  const transactions = document.interchanges.flatMap(({ groups }) => groups.flatMap((group) => group.transactions));
  return transactions.flatMap(({ segments }) =>
    segments.map((segment) => [segment.id, ...Array.from({ length: segment.count }, (_, n) => segment.element(n + 1))]),
  );
}

// Segments from ST to SE by splitting text. Lines also end segments: two files lack a terminator at the end of a line.
function elementsSplit(bytes: Uint8Array, terminator: string, document: X12Document): string[][] {
  const element = document.interchanges[0]?.delimiters.element as string;
  const pieces = new TextDecoder()
    .decode(bytes)
    .split(terminator)
    .flatMap((piece) => piece.split(/[\r\n]+/));
  const segments = pieces.map((piece) => piece.trim().split(element)).filter(([id]) => id !== '');
  let inside = false;
  return segments.filter(([id]) => {
    const isPart = inside || id === 'ST';
    inside = isPart && id !== 'SE';
    return isPart;
  });
}
