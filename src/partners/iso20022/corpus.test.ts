// Real bank files, where they lie beside the checkout: each reads, or is refused with the reason; none of them, and no file
// of ours, breaks the reader however it is damaged.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { EVENT_DATA } from '../../model/event.ts';
import { Identifier } from '../../model/text.ts';
import { validate } from '../../model/validate.ts';
import { adHocPartners } from '../ad-hoc.ts';
import { entry, notificationFile, statement, statementFile, transaction } from '../testing/bank-file.ts';
import { rulesWith } from '../testing/interchange.ts';
import { translate } from '../translate.ts';
import type { Translation } from '../translation.ts';

const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const FOLDERS = ['camt.052', 'camt.053', 'camt.054'];
const skip = existsSync(CORPUS) ? false : 'there is no ../shared/corpus';

function translated(bytes: Uint8Array, named = bytes): Translation {
  const partners = [...adHocPartners(named, 'bank').values()];
  return translate({ bytes, partner: 'bank', fileName: 'day.xml', receivedAt: 0 }, rulesWith(partners));
}

/** By hand, from the files: customer, payment, amount and what was written; and how each refusal reads. */
const expectations: Record<string, { payments?: string[]; refused?: RegExp[] }> = {
  'camt.052/camt052.v6.Amt-zero.xml': {
    refused: [/^AAAASESS-FP-ACCR001: a camt\.052 reports on a day that is not closed/],
  },
  'camt.053/camt053.v2.five.decimals.xml': {
    refused: [/opens with 18\.15, its entries come to 8\.85, which makes 27, and it closes with 27\.05 EUR/],
  },
  'camt.053/camt053.v2.minimal.xml': { refused: [/^253EURNL26VAYB8060476890: .*opens in EUR and closes in SEK/] },
  'camt.053/camt053.v2.multi.statement.xml': {
    refused: [/^253EURNL26VAYB8060476890\/.*: a payment of 8\.85 EUR names nobody who paid/],
  },
  'camt.053/camt053.v2.wrong.xml': { refused: [/^day\.xml: message CAMT053RIB000000000001 has no statement in it/] },
  'camt.053/camt053.v4.xml': { refused: [/opens in EUR and closes in SEK/] },
  'camt.053/camt053.v8.xml': { refused: [/opens in EUR and closes in SEK/] },
  'camt.053/fi-sample.xml': {
    payments: [
      'DEBTOR NAME 091029ACCTSTMTARCH06 2120.00 INVOICE US20291092',
      'PAYERS NAME2 091029ACCTSTMTARCH07 5455.00 RF98123456789012',
      'DEBTOR 091029ACCTSTMTARCH08 10000.00 RF98123456789012; EndToEndIdSCT01',
    ],
    refused: [/a payment of 2000\.00 EUR names nobody/, /of 500\.00 EUR names nobody/, /of 3000\.00 EUR names nobody/],
  },
  'camt.054/camt054.v2.xml': {},
  'camt.054/camt054.v8.xml': {},
  'camt.054/fi-sample.xml': {
    payments: [
      'PAYERS NAME1 D091029N987654321S001 1900.00 3900; 12344',
      'PAYERS NAME2 D091029N987654321S002 100.00 43216',
      'PAYERS NAME1 D091029N987654321S211 400.00 3900',
      'PAYERS NAME2 D091029N987654321S212 100.00 43216',
      'AT-02 DEBTOR NAME 01 D091029N123456789S001 2500.00 RF7812345; RF0812344; EndToEndIdAT-41-001',
      'AT-02 DEBTOR NAME 02 D091029N123456789S002 500.00 RFB/557742358; EndToEndIdAT-41-002',
    ],
  },
};

for (const [file, { payments = [], refused = [] }] of Object.entries(expectations)) {
  test(`corpus: ${file}`, { skip }, () => {
    const translation = translated(readFileSync(join(CORPUS, file)));
    const paid = translation.events.map(({ event }) => {
      if (event.type !== 'payment.received') return event.type;
      const { customer, payment, amount, text = '' } = event.data;
      return `${customer} ${payment} ${amount} ${text}`;
    });
    assert.deepEqual(paid, payments);
    const told = translation.problems.map(({ subject, detail }) => `${subject}: ${detail}`);
    assert.equal(told.length, refused.length, told.join('\n'));
    for (const [index, says] of refused.entries()) assert.match(told[index] ?? '', says);
    assertSound(translation);
  });
}

test('corpus: every bank file stands in the table', { skip }, () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${basename(file)}`),
  );
  assert.deepEqual(files.sort(), Object.keys(expectations).sort());
});

const OWN = [
  statementFile([statement([entry(), entry({ direction: 'DBIT', amount: '0.50' })], { closing: '1099.50' })]),
  notificationFile([
    entry({ details: transaction('<Ustrd>S-1-1</Ustrd>') }),
    entry({ head: '<RvslInd>1</RvslInd>', direction: 'DBIT' }),
  ]),
];
const FUZZED_UP_TO = 12_000;
const LONGEST_MS = 2_000;

test('bytes changed, cut or doubled anywhere never break it, and what it says fits the schemas', () => {
  const real = skip ? [] : Object.keys(expectations).map((file) => readFileSync(join(CORPUS, file)));
  const seeds = [...OWN.map((text) => Buffer.from(text)), ...real].filter(({ length }) => length < FUZZED_UP_TO);
  const change = fc.record({
    seed: fc.constantFrom(...seeds),
    places: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'<>/&;"=! AZ09.-:\0\u00ff[]')), { maxLength: 6 }),
    cut: fc.option(fc.nat(), { freq: 3 }),
    again: fc.option(fc.tuple(fc.nat(), fc.nat(400)), { freq: 3 }),
  });
  fc.assert(
    fc.property(change, ({ seed, places, cut, again }) => {
      let bytes: Uint8Array = Buffer.from(seed);
      for (const [at, character] of places) bytes[at % bytes.length] = character.charCodeAt(0);
      if (cut !== null) bytes = bytes.subarray(0, cut % bytes.length);
      if (again !== null && bytes.length > 0) {
        const start = again[0] % bytes.length;
        bytes = Buffer.concat([bytes.subarray(0, start + again[1]), bytes.subarray(start)]);
      }
      const begun = performance.now();
      assertSound(translated(bytes, seed));
      assert.ok(performance.now() - begun < LONGEST_MS);
    }),
    { numRuns: 150 },
  );
});

function assertSound({ events, problems }: Translation): void {
  for (const { event } of events) {
    const checked = validate(EVENT_DATA[event.type], event.data);
    if (!checked.ok) assert.fail(`${event.id}: ${JSON.stringify(checked.problems)} in ${JSON.stringify(event.data)}`);
    assert.ok(validate(Identifier, event.id).ok, event.id);
    assert.ok(JSON.stringify(event.data).isWellFormed() && !JSON.stringify(event.data).includes('\\u0000'));
  }
  for (const { subject, detail } of problems) {
    assert.ok(subject.length > 0 && subject.length <= 200, subject);
    assert.match(detail, /[;:] .+$/, 'how to mend');
    assert.ok(detail.length < 1_000 && !detail.includes('\n'), detail);
  }
}
