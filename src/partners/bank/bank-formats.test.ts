// MT940 and BAI2: what their entries mean, files that do not balance, and the real files beside the checkout.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { EVENT_DATA } from '../../model/event.ts';
import { validate } from '../../model/validate.ts';
import { adHocPartners } from '../ad-hoc.ts';
import { BANK, PAYERS } from '../testing/bank-file.ts';
import { rulesWith } from '../testing/interchange.ts';
import { translate } from '../translate.ts';
import type { Translation } from '../translation.ts';

const rules = rulesWith([BANK, ...PAYERS]);
const RECEIVED_AT = Date.parse('2026-03-10T06:00:00Z');
const said = (text: string): Translation =>
  translate({ bytes: Buffer.from(text), partner: 'bank', fileName: 'day.sta', receivedAt: RECEIVED_AT }, rules);
const told = ({ problems }: Translation) =>
  problems.map(({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`);

const mt940 = (closing: string, ...lines: string[]) =>
  [':20:S', ':25:DE1', ':28C:12/1', ':60F:C260308EUR1000,00', ...lines, `:62F:C260309EUR${closing}`, '-'].join('\n');
const PAID = [':61:2603090309C120,00NTRFNONREF//B-7', ':86:166?20EREF+E-1?21SVWZ+S-901-1?32ACME TOOLS'];

test('mt940: a credit is a payment of who is named, or whose account it is; other entries are not', () => {
  const translation = said(
    mt940(
      '1104,00',
      ...PAID,
      ':61:260309C10,00NTRFNONREF',
      ':86:166?20for S-902-1?31NL91ABNA0417164300',
      ':61:260309C1,00NINTNONREF',
      ':61:260309C3,00NTRFNONREF',
      ':86:159?20SVWZ+our transfer came back',
      ':61:260309D30,00NTRFNONREF',
    ),
  );
  assert.deepEqual(told(translation), []);
  assert.deepEqual(
    translation.events.map(({ event }) => event.data),
    [
      {
        ...{ payment: 'DE1 12/1 2026-03-09/1', customer: 'acme', currency: 'EUR', amount: '120.00' },
        ...{ receivedOn: '2026-03-09', text: 'S-901-1; E-1', references: ['E-1', 'B-7'] },
      },
      {
        ...{ payment: 'DE1 12/1 2026-03-09/2', customer: 'acme', currency: 'EUR', amount: '10.00' },
        ...{ receivedOn: '2026-03-09', text: 'for S-902-1' },
      },
    ],
  );
});

test('mt940: a returned direct debit takes its payment back', () => {
  const translation = said(
    mt940('880,00', ':61:260309D120,00NRTINONREF//B-9', ':86:109?20EREF+E-1?21SVWZ+S-901-1?32ACME TOOLS'),
  );
  const [event] = translation.events;
  assert.ok(event?.event.type === 'payment.reversed');
  assert.deepEqual(event.event.data.references, ['DE1 12/1 2026-03-09/1', 'E-1', 'B-9']);
});

test('mt940: one statement that does not balance, and nothing of the file is booked', () => {
  const translation = said(`${mt940('1120,00', ...PAID)}\n${mt940('1120,01', ...PAID)}`);
  assert.deepEqual(translation.events, []);
  assert.deepEqual(told(translation), [
    'schema-violation S DE1 12/1: the statement does not balance: it opens with 1000, its entries come to 120, which makes 1120, and it closes with 1120.01 EUR; nothing of it was booked, ask the bank to send it again; nor was anything of the other statement of the file',
  ]);
});

/** Opening 1000.00, two credits of 120.00 and 10.00, a debit of 5.00. */
const bai2 = ({
  closing = 112_500,
  credits = 13_000,
  debits = 500,
  status = '1',
  modifier = '2',
  type = '142',
} = {}) => {
  const sum = 100_000 + closing + credits + debits + 12_000 + 1_000 + 500;
  return [
    '01,FIRST,LADING,260309,0600,17,80,,2/',
    `02,LADING,FIRST,${status},260308,2359,USD,${modifier}/`,
    `03,7001,,010,100000,,,015,${closing},,,100,${credits},2,,400,${debits},1,/`,
    `16,${type},12000,Z,B-1,C-1,ACH ACME TOOLS S-901-1/`,
    '16,354,1000,Z,,,INTEREST/',
    '16,451,500,Z,,,FEE/',
    `49,${sum},5/`,
    `98,${sum},1,7/`,
    `99,${sum},1,9/`,
  ].join('\n');
};

test('bai2: a credit is a payment of the customer that its text names', () => {
  const translation = said(bai2());
  assert.deepEqual(told(translation), []);
  assert.deepEqual(
    translation.events.map(({ event }) => event.data),
    [
      {
        ...{ payment: 'FIRST 7001 2026-03-08 2026-03-09 17 1/1', customer: 'acme', currency: 'USD', amount: '120.00' },
        ...{ receivedOn: '2026-03-08', text: 'ACH ACME TOOLS S-901-1; C-1', references: ['C-1', 'B-1'] },
      },
    ],
  );
});

const refusals: [string, string, RegExp][] = [
  [
    'the ledger',
    bai2({ closing: 112_501 }),
    /does not balance: it opens with 100000 \(010\), its credits less debits come to 12500, which makes 112500, and it closes with 112501 \(015\)/,
  ],
  [
    'more credits than their total',
    bai2({ credits: 12_000 }),
    /its credits come to 13000, more than their total of 12000 \(100\)/,
  ],
  ['a correction', bai2({ status: '3' }), /corrects an earlier report/],
  ['an interim report', bai2({ modifier: '3' }), /of a day that is not closed/],
];
for (const [name, text, says] of refusals) {
  test(`bai2: refused whole: ${name}`, () => {
    const translation = said(text);
    assert.deepEqual(translation.events, []);
    assert.match(told(translation).join('\n'), says);
  });
}

test('bai2: a returned item takes back; a text that names nobody is told', () => {
  const back = said(bai2({ type: '555', credits: 1_000, debits: 12_500, closing: 88_500 }));
  assert.deepEqual(told(back), []);
  assert.deepEqual(
    back.events.map(({ event }) => event.type),
    ['payment.reversed'],
  );
  const stranger = said(bai2().replace('ACME TOOLS', 'NOBODY INC'));
  assert.match(
    told(stranger).join('\n'),
    /a payment of 120\.00 USD by ACH NOBODY INC S-901-1 C-1: no customer is known so/,
  );
});

const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const skip = existsSync(CORPUS) ? false : 'there is no ../shared/corpus';

/** By hand, from the files: how many payments of known payers, how many that name nobody we know, and what is refused whole. */
const expectations: Record<string, { payments: number; unknown?: number; refused?: RegExp }> = {
  'mt940/betterplace-sepa_snippet.sta': {
    payments: 0,
    refused: /opens with -1970431\.87, its entries come to -2501917\.3/,
  },
  'mt940/betterplace-with_binary_character.sta': { payments: 2, unknown: 1 },
  'mt940/cmxl-mt940.sta': { payments: 2, unknown: 5 },
  'mt940/jejik-generic.sta': { payments: 0 },
  'mt940/self-provided-february_30.sta': { payments: 0 },
  'mt940/self-provided-malformed_details.sta': {
    payments: 0,
    refused: /makes 12111\.97, and it closes with 12345\.98/,
  },
  'mt940/self-provided-wrapped_timestamp.sta': { payments: 0 },
  'bai2/sample1.txt': { payments: 0, unknown: 5 },
  'bai2/sample2.txt': { payments: 0, refused: /corrects an earlier report/ },
  'bai2/sample3.txt': { payments: 0, unknown: 13 },
};
const corpusFile = (file: string, bytes = readFileSync(join(CORPUS, file))) =>
  translate(
    { bytes, partner: 'first-bank', fileName: 'day', receivedAt: 0 },
    rulesWith([...adHocPartners(bytes, 'first-bank').values()]),
  );

for (const [file, { payments, unknown = 0, refused }] of Object.entries(expectations)) {
  test(`corpus: ${file}`, { skip }, () => {
    const translation = corpusFile(file);
    assert.equal(translation.events.length, payments);
    const details = told(translation);
    assert.equal(details.length, refused === undefined ? unknown : 1, details.join('\n'));
    if (refused !== undefined) assert.match(details[0] ?? '', refused);
    assertSound(translation);
  });
}

test('corpus: every bank file stands in the table; answers to our own orders are refused with the reason', {
  skip,
}, () => {
  const files = ['bai2', 'mt940'].flatMap((folder) =>
    readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${file}`),
  );
  assert.deepEqual(files.sort(), Object.keys(expectations).sort());
  for (const file of readdirSync(join(CORPUS, 'pain.002'))) {
    assert.match(told(corpusFile(`pain.002/${file}`)).join('\n'), /^unreadable-message day: .*; send it as /);
  }
});

test('bytes changed or cut anywhere never break it, and what it says fits the schemas', () => {
  const seeds = [mt940('1120,00', ...PAID), bai2()].map((text) => Buffer.from(text));
  const change = fc.record({
    seed: fc.constantFrom(...seeds),
    places: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...':/,?+-CDR019\n\0\u00ff')), { maxLength: 6 }),
    cut: fc.option(fc.nat(), { freq: 3 }),
  });
  fc.assert(
    fc.property(change, ({ seed, places, cut }) => {
      let bytes: Uint8Array = Buffer.from(seed);
      for (const [at, character] of places) bytes[at % bytes.length] = character.charCodeAt(0);
      if (cut !== null) bytes = bytes.subarray(0, cut % bytes.length);
      assertSound(translate({ bytes, partner: 'bank', receivedAt: RECEIVED_AT }, rules));
    }),
    { numRuns: 300 },
  );
});

function assertSound({ events, problems }: Translation): void {
  for (const { event } of events) {
    const checked = validate(EVENT_DATA[event.type], event.data);
    if (!checked.ok) assert.fail(`${event.id}: ${JSON.stringify(checked.problems)} in ${JSON.stringify(event.data)}`);
  }
  for (const { subject, detail } of problems) {
    assert.ok(subject.length > 0 && subject.length <= 200, `${subject}: ${detail}`);
    assert.match(detail, /[;:] .+$/, 'how to mend');
    assert.ok(detail.length < 1_000 && !detail.includes('\n'), detail);
  }
}
