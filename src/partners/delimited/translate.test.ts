// Delimited bills by mapping: a row a charge, a column a charge, numbers and days as people write them, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SETUP_FILES } from '../../model/setup/index.ts';
import type { FreightBillMapping } from '../../model/setup/mapping.ts';
import { validate } from '../../model/validate.ts';
import { senseProblems } from '../setup/sense.ts';
import { rulesWith, translated } from '../testing/interchange.ts';
import { amountIn, dayIn } from './cells.ts';

const ROWS: FreightBillMapping = {
  name: 'weekly',
  becomes: 'carrier.invoice',
  decimalMark: ',',
  dateFormat: 'DD.MM.YYYY',
  currency: 'EUR',
  columns: {
    invoice: 'Rechnung',
    issuedOn: 'Datum',
    shipment: 'Sendung',
    references: [{ type: 'pro', column: 'PRO' }],
    code: 'Art',
    amount: 'Betrag',
    total: 'Summe',
  },
  credits: { column: 'Typ', values: ['G'] },
};
const WIDE: FreightBillMapping = {
  name: 'wide',
  becomes: 'carrier.invoice',
  columns: {
    invoice: 'Invoice',
    issuedOn: 'Date',
    currency: 'Cur',
    carrier: 'SCAC',
    references: [{ type: 'bol', column: 'BOL' }],
    charges: [
      { code: 'LHL', column: 'Freight' },
      { code: 'FSC', column: 'Fuel' },
    ],
  },
};
const CARRIER = {
  id: 'swft',
  name: 'Swift',
  roles: ['carrier' as const],
  chargeCodes: { Fracht: 'LHL' },
  delimited: [ROWS, WIDE],
};
const DESK = { id: 'desk', name: 'Desk', roles: ['tms' as const], delimited: [WIDE] };
const RULES = rulesWith([
  CARRIER,
  DESK,
  { id: 'rdwy', name: 'Roadway', roles: ['carrier'], identifiers: [{ scheme: 'scac', value: 'RDWY' }] },
]);

const said = (text: string | Uint8Array, partner = 'swft', rules = RULES) => {
  const { events, problems, format } = translated(text, rules, { partner, fileName: 'bills.csv' });
  assert.equal(format, 'delimited');
  const bills = events.map(({ event }) => {
    if (event.type !== 'carrier.invoice') return event.type;
    const { carrier, invoice, issuedOn, currency, lines } = event.data;
    const each = lines.map(({ shipment, references = [], code, amount }) =>
      [shipment, ...references.map(({ type, value }) => `${type} ${value}`), code, amount].filter(Boolean).join(' '),
    );
    return `${carrier} ${invoice} ${issuedOn} ${currency}: ${each.join(' | ')}`;
  });
  return { bills, problems: problems.map(({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`) };
};

test('a row a charge: rows of one number are one bill, credits reduce', () => {
  const text = `\ufeffRechnung;Datum;Sendung;PRO;Art;Betrag;Summe;Typ
R-1;09.03.2026;S-1;"77;1";Fracht;1.000,00;1.123,45;R
R-1;09.03.2026;S-1;;DET;123,45;1.123,45;R

R-2;10.03.2026;S-1;;DET;23,45;;G
`;
  assert.deepEqual(said(text), {
    bills: [
      'swft R-1 2026-03-09 EUR: S-1 pro 77;1 LHL 1000.00 | S-1 DET 123.45',
      'swft R-2 2026-03-10 EUR: S-1 DET -23.45',
    ],
    problems: [],
  });
});

test('a column a charge: empty cells bill nothing, the carrier is named in each row', () => {
  const text =
    'Invoice,Date,Cur,SCAC,BOL,Freight,Fuel\nX1,2026-03-09,USD,RDWY,B-1,400.00,\nX1,2026-03-09,USD,RDWY,B-2,"1,300.50",20\n';
  assert.deepEqual(said(text, 'desk').bills, [
    'rdwy X1 2026-03-09 USD: bol B-1 LHL 400.00 | bol B-2 LHL 1300.50 | bol B-2 FSC 20.00',
  ]);
});

test('Windows letters and lines above the table, by the mapping', () => {
  const mapping = { ...WIDE, encoding: 'windows-1252' as const, skipLines: 2 };
  const rules = rulesWith([{ id: 'm', name: 'Müller', roles: ['carrier'], delimited: [mapping] }]);
  const text =
    'Abrechnung\nWoche 10\nInvoice;Date;Cur;SCAC;BOL;Freight;Fuel\nX1;2026-03-09;EUR;M\u00fcller;B-1;1.00;\n';
  assert.deepEqual(said(Buffer.from(text, 'latin1'), 'm', rules).bills, ['m X1 2026-03-09 EUR: bol B-1 LHL 1.00']);
});

const HEAD = 'Rechnung;Datum;Sendung;PRO;Art;Betrag;Summe;Typ';
const refusals: [what: string, text: string, partner: string, says: RegExp][] = [
  [
    'a total that its rows do not make',
    `${HEAD}\nR-1;09.03.2026;S-1;;DET;1,00;1,01;R\n`,
    'swft',
    /^schema-violation swft\/R-1: its total before tax is 1\.01, its lines add up to 1\.00;/,
  ],
  ['no amount', `${HEAD}\nR-1;09.03.2026;S-1;;DET;x;;R\n`, 'swft', /line 2, column Betrag: x is no amount of EUR/],
  ['no day', `${HEAD}\nR-1;31.02.2026;S-1;;DET;1,00;;R\n`, 'swft', /its date "2026-02-31" is no day/],
  ['no shipment', `${HEAD}\nR-1;09.03.2026;;;DET;1,00;;R\n`, 'swft', /line 2, column Betrag names no shipment/],
  ['a row too short', `${HEAD}\nR-1;09.03.2026;S-1\n`, 'swft', /line 2 has 3 cells, the line of column names 8/],
  [
    'other columns',
    'a;b\n1;2\n',
    'swft',
    /unreadable-message bills\.csv: mapping weekly needs column Rechnung, Datum, .*; mapping wide needs column Invoice/,
  ],
  [
    'a carrier nobody knows',
    'Invoice,Date,Cur,SCAC,BOL,Freight,Fuel\nX1,2026-03-09,USD,ABCD,B-1,1.00,\n',
    'desk',
    /^unknown-partner ABCD: line 2 bills for a carrier/,
  ],
  [
    'a sender without mapping',
    'a;b\n1;2\n',
    'rdwy',
    /rdwy has no mapping; say what its columns mean under "delimited"/,
  ],
];
for (const [what, text, partner, says] of refusals) {
  test(`refused: ${what}`, () => {
    const { bills, problems } = said(text, partner);
    assert.deepEqual(bills, []);
    assert.match(problems[0] ?? '', says);
  });
}

test('the other bills of a file go on', () => {
  const { bills, problems } = said(`${HEAD}\nR-1;09.03.2026;S-1;;DET;x;;R\nR-2;09.03.2026;S-1;;DET;1,00;;R\n`);
  assert.equal(bills.length, 1);
  assert.equal(problems.length, 1);
});

const amounts: [written: string, mark: '.' | ',', is: string | undefined][] = [
  ['1,234.50', '.', '1234.50'],
  ['1.234,50', ',', '1234.50'],
  ['1 234,5', ',', '1234.5'],
  ["1'234.50", '.', '1234.50'],
  ['(12.00)', '.', '-12.00'],
  ['12.00-', '.', '-12.00'],
  ['-7', '.', '-7'],
  ['1,23', '.', undefined],
  ['1.23', ',', undefined],
  ['12,34,567', '.', undefined],
  ['(-1)', '.', undefined],
  ['', '.', undefined],
  ['$5', '.', undefined],
];
for (const [written, mark, is] of amounts) {
  test(`"${written}" with the mark ${mark} is ${is}`, () => assert.equal(amountIn(written, mark), is));
}

test('days', () => {
  assert.equal(dayIn('3/9/2026', 'MM/DD/YYYY'), '2026-03-09');
  assert.equal(dayIn('9/3/2026', 'DD/MM/YYYY'), '2026-03-09');
  assert.equal(dayIn('20260309', 'YYYYMMDD'), '2026-03-09');
  assert.equal(dayIn('2026-03-09', 'YYYYMMDD'), undefined);
});

test('a mapping that can give no bill is said before it is imported', () => {
  const columns = { invoice: 'a', issuedOn: 'b' };
  const partner = {
    id: 'x',
    name: 'X',
    roles: ['tms' as const],
    delimited: [{ name: 'm', becomes: 'carrier.invoice' as const, columns }],
  };
  assert.ok(validate(SETUP_FILES.partners, [partner]).ok);
  const found = senseProblems({ partners: [partner] }, () => 'partners.json').map(
    ({ path, message }) => `${path} ${message}`,
  );
  assert.deepEqual(found, [
    '[0].delimited[0].columns says no amounts; name the column of amount, or charges with a column each',
    '[0].delimited[0].columns names no shipment; give the column of shipment, or references',
    '[0].delimited[0] says no currency; give one, or its column in columns',
    '[0].delimited[0].columns names no carrier, and the partner is none; give the column of carrier',
  ]);
});
