// Each way an envelope can be wrong: what it costs, and where it is said to be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { X12Transaction } from './document.ts';
import type { X12FaultKind } from './fault-catalogue.ts';
import { readX12 } from './read.ts';
import { createX12Reader } from './reader.ts';
import { bytesOf, interchangeText, isaText, STATUS_214, textOfSegments } from './testing/interchange-text.ts';

// Different in each segment, so that a place in the text is one place.
const second = STATUS_214.map((segment) =>
  segment
    .replace('0001', '0002')
    .replace('1001', '1002')
    .replace('LX*1', 'LX*2')
    .replace('X1', 'X2')
    .replace('BOL88', 'BOL89'),
);
const usual = interchangeText([...STATUS_214, ...second], {}, 2);

type Case = {
  name: string;
  text: string;
  /** Faults, each with the text it stands on in the input, '' for its end. */
  faults: [X12FaultKind, at: string][];
  /** `A` accepted, `R` rejected: each transaction, then each group; whether each interchange is complete. */
  verdicts: string;
};

const cases: Case[] = [
  { name: 'all right', text: usual, faults: [], verdicts: 'AA A complete' },
  {
    name: 'SE01 wrong',
    text: usual.replace('SE*7*0001', 'SE*9*0001'),
    faults: [['se-segment-count-wrong', '9*0001']],
    verdicts: 'RA A complete',
  },
  {
    name: 'SE01 no number',
    text: usual.replace('SE*7*0001', 'SE*seven*0001'),
    faults: [['se-segment-count-wrong', 'seven']],
    verdicts: 'RA A complete',
  },
  {
    name: 'SE02 wrong',
    text: usual.replace('SE*7*0001', 'SE*7*0009'),
    faults: [['se-control-number-wrong', '0009']],
    verdicts: 'RA A complete',
  },
  {
    name: 'SE missing before the next ST',
    text: usual.replace('SE*7*0001~\n', ''),
    faults: [['se-missing', 'ST*214*0002']],
    verdicts: 'RA A complete',
  },
  {
    name: 'SE missing before GE',
    text: usual.replace('SE*7*0002~\n', ''),
    faults: [['se-missing', 'GE*']],
    verdicts: 'AR A complete',
  },
  {
    name: 'ST02 missing',
    text: usual.replace('ST*214*0001', 'ST*214').replace('SE*7*0001', 'SE*7'),
    faults: [['st-elements-missing', 'ST*214~']],
    verdicts: 'RA A complete',
  },
  {
    name: 'ST02 used twice',
    text: usual.replace('ST*214*0002', 'ST*214*0001').replace('SE*7*0002', 'SE*7*0001'),
    faults: [['st-control-number-repeated', '0001~\nB10*PRO7001*SHP-1002']],
    verdicts: 'AA A complete',
  },
  {
    name: 'SE without ST',
    text: usual.replace('ST*214*0002', 'SE*1*0002'),
    faults: [
      ['se-without-st', 'SE*1*0002'],
      ['segment-outside-transaction', 'B10*PRO7001*SHP-1002'],
      ['segment-outside-transaction', 'L11*BOL89'],
      ['segment-outside-transaction', 'LX*2'],
      ['segment-outside-transaction', 'AT7*X2'],
      ['segment-outside-transaction', 'MS1*DALLAS*TX*US~\nSE*7*0002'],
      ['se-without-st', 'SE*7*0002'],
      ['ge-transaction-count-wrong', '2*4711'],
    ],
    verdicts: 'A R complete',
  },
  {
    name: 'GE01 wrong',
    text: usual.replace('GE*2*', 'GE*3*'),
    faults: [['ge-transaction-count-wrong', '3*4711']],
    verdicts: 'AA R complete',
  },
  {
    name: 'GE02 wrong',
    text: usual.replace('GE*2*4711', 'GE*2*4712'),
    faults: [['ge-control-number-wrong', '4712']],
    verdicts: 'AA R complete',
  },
  {
    name: 'GE missing',
    text: usual.replace('GE*2*4711~\n', ''),
    faults: [['ge-missing', 'IEA']],
    verdicts: 'AA R complete',
  },
  {
    name: 'GS missing',
    text: usual.replace(/GS\*.*\n/, ''),
    faults: [['gs-missing', 'ST*214*0001']],
    verdicts: 'AA R complete',
  },
  {
    name: 'GS too short',
    text: usual.replace('*X*004010', ''),
    faults: [['gs-elements-missing', 'GS*']],
    verdicts: 'AA A complete',
  },
  {
    name: 'GE without GS',
    text: isaText() + textOfSegments(['GE*0*1', 'IEA*0*000004711']),
    faults: [['ge-without-gs', 'GE*']],
    verdicts: '  incomplete',
  },
  {
    name: 'a segment between GS and ST',
    text: usual.replace('ST*214*0001', 'N1*SH~\nST*214*0001'),
    faults: [['segment-outside-transaction', 'N1*SH']],
    verdicts: 'AA A complete',
  },
  {
    name: 'a segment between ISA and GS',
    text: usual.replace('GS*', 'N1*SH~\nGS*'),
    faults: [['segment-outside-group', 'N1*SH']],
    verdicts: 'AA A complete',
  },
  {
    name: 'IEA01 wrong',
    text: usual.replace('IEA*1', 'IEA*2'),
    faults: [['iea-group-count-wrong', '2*000004711']],
    verdicts: 'AA A incomplete',
  },
  {
    name: 'IEA02 wrong',
    text: usual.replace('IEA*1*000004711', 'IEA*1*000004712'),
    faults: [['iea-control-number-wrong', '000004712']],
    verdicts: 'AA A incomplete',
  },
  {
    name: 'IEA missing at the end',
    text: usual.replace(/IEA.*\n/, ''),
    faults: [['iea-missing', '']],
    verdicts: 'AA A incomplete',
  },
  {
    name: 'IEA missing before another ISA',
    text: usual.replace(/IEA.*\n/, '') + interchangeText().replace('ISA*00', 'ISA*01'),
    faults: [['iea-missing', 'ISA*01']],
    verdicts: 'AA A incomplete, A A complete',
  },
  {
    name: 'cut off in the middle',
    text: usual.slice(0, usual.indexOf('LX*2') + 3),
    faults: [
      ['segment-terminator-missing', ''],
      ['se-missing', ''],
      ['ge-missing', ''],
      ['iea-missing', ''],
    ],
    verdicts: 'AR R incomplete',
  },
  {
    name: 'a segment with an odd id',
    text: usual.replace('LX*1', 'lx*1'),
    faults: [['segment-id-invalid', 'lx*1']],
    verdicts: 'AA A complete',
  },
  {
    name: 'junk after IEA',
    text: `${usual}and regards`,
    faults: [['data-between-interchanges', 'and regards']],
    verdicts: 'AA A complete',
  },
  {
    name: 'junk before ISA',
    text: `Subject: status\n${usual}`,
    faults: [['isa-not-found', 'Subject']],
    verdicts: 'AA A complete',
  },
  {
    name: 'a transaction alone',
    text: textOfSegments(STATUS_214),
    faults: [['isa-not-found', 'ST*']],
    verdicts: '',
  },
  { name: 'nothing', text: '', faults: [['input-empty', '']], verdicts: '' },
  {
    name: 'ISA too short',
    text: usual.replace('*U*00401*000004711', '').replace(/GS\*/, 'GS*'),
    faults: [['isa-elements-missing', 'ISA']],
    verdicts: 'AA A incomplete',
  },
  {
    name: 'ISA too short in an indented file',
    text: usual.replace('*U*00401*000004711', '').replaceAll('~\n', '~\r\n    '),
    faults: [['isa-elements-missing', 'ISA']],
    verdicts: 'AA A incomplete',
  },
  {
    name: 'a sender whose name ends like a segment id',
    text: usual.replace('SWFT           ', 'SWIFT & SO. IEA'),
    faults: [],
    verdicts: 'AA A complete',
  },
  {
    name: 'ISA cut off',
    text: 'ISA*00*          *00*',
    faults: [['isa-elements-missing', 'ISA']],
    verdicts: '',
  },
  {
    name: 'no terminator to be found',
    text: `${isaText().slice(0, 104)}>ABC`,
    faults: [['isa-delimiters-unclear', '>ABC']],
    verdicts: '',
  },
  {
    name: 'two delimiters alike',
    text: interchangeText(STATUS_214, { component: '*' }),
    faults: [['isa-delimiters-clash', '*~\nGS']],
    verdicts: 'A A incomplete',
  },
  {
    name: 'ISA13 no number',
    text: usual.replaceAll('000004711', 'ABCDEFGHI'),
    faults: [['isa-control-number-invalid', 'ABCDEFGHI*0']],
    verdicts: 'AA A complete',
  },
  {
    name: 'GS06 used twice',
    text: usual
      .replace('IEA*1', `${usual.slice(usual.indexOf('GS*'), usual.indexOf('IEA'))}IEA*2`)
      .replace('GS*QM', 'GS*QO'),
    faults: [
      ['gs-control-number-repeated', `4711*X*004010~\nST*214*0001~\nB10*PRO7001*SHP-1001*SWFT~\nL11*BOL88*BM~\nLX*1`],
    ],
    verdicts: 'AA A AA A complete',
  },
];

for (const { name, text, faults, verdicts } of cases) {
  test(`envelope: ${name}`, () => {
    const document = readX12(bytesOf(text));
    const expected = faults.map(([kind, at]) => [kind, at === '' ? text.length : text.lastIndexOf(at)]);
    const told = document.faults.map(({ kind, offset }) => [kind, offset]);
    assert.deepEqual(told, expected);
    const words = document.interchanges.map(({ groups, complete }) => {
      const letters = groups.map((group) => `${group.transactions.map(letter).join('')} ${letter(group)}`);
      return `${letters.join(' ') || ' '} ${complete ? 'complete' : 'incomplete'}`;
    });
    assert.equal(words.join(', '), verdicts);
  });
}

const letter = ({ accepted }: { accepted: boolean }) => (accepted ? 'A' : 'R');

test('a transaction beyond the limit is rejected alone, and the stream goes on', () => {
  const large = ['ST*214*0001', ...Array.from({ length: 400 }, (_, n) => `L11*REFERENCE${n}*BM`), 'SE*402*0001'];
  const bytes = bytesOf(interchangeText([...large, ...second], {}, 2));
  const seen: string[] = [];
  const kinds: string[] = [];
  let complete = false;
  const reader = createX12Reader(
    {
      transaction: ({ controlNumber, segmentCount, accepted }) =>
        seen.push(`${controlNumber} ${segmentCount} ${accepted}`),
      fault: ({ kind }) => kinds.push(kind),
      interchangeEnd: (interchange) => {
        complete = interchange.complete;
      },
    },
    { maximumTransactionBytes: 1_000 },
  );
  for (let from = 0; from < bytes.length; from += 100) reader.push(bytes.subarray(from, from + 100));
  reader.end();
  assert.deepEqual(seen, ['0001 1 false', '0002 7 true']);
  assert.deepEqual(kinds, ['transaction-too-large']);
  assert.ok(complete);
});

test('a segment beyond the limit outside any transaction makes the interchange incomplete', () => {
  const text = interchangeText().replace('GE*', `N9*${'X'.repeat(5_000)}~\nGE*`);
  const { interchanges, faults } = readX12(bytesOf(text), { maximumTransactionBytes: 1_000 });
  assert.deepEqual(
    faults.map(({ kind, offset }) => [kind, offset]),
    [['segment-too-long', text.indexOf('N9*X')]],
  );
  assert.equal(interchanges[0]?.complete, false);
  assert.ok(interchanges[0]?.groups[0]?.accepted);
});

test('a file of faults is refused, and its faults do not fill the memory', () => {
  const { interchanges, faults } = readX12(bytesOf(isaText() + 'ST~'.repeat(50_000)));
  assert.equal(faults.length, 10_001);
  assert.equal(faults.at(-1)?.kind, 'faults-left-out');
  assert.equal(interchanges[0]?.complete, false);
  assert.ok(interchanges[0]?.groups[0]?.transactions.every(({ accepted }) => !accepted));
  const hopeless = readX12(bytesOf('ISA*ISA|ISA,'.repeat(20_000))).faults;
  assert.equal(hopeless.length, 2_001);
  assert.equal(hopeless.at(-1)?.kind, 'input-hopeless');
});

test('a transaction that is not kept cannot be read after its handler', () => {
  for (const transactionsKept of [true, false]) {
    const held: X12Transaction[] = [];
    const reader = createX12Reader({ transaction: (transaction) => held.push(transaction) }, { transactionsKept });
    reader.push(bytesOf(usual));
    reader.end();
    assert.equal(held.length, 2);
    if (transactionsKept) assert.equal(held[0]?.segments[1]?.element(2), 'SHP-1001');
    else assert.throws(() => held[0]?.controlNumber, /after its handler returned/);
  }
});
