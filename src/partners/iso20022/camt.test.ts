// What bank files mean, by hand: payments with their invoices, batches, reversals, and whole statements that are refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVENT_DATA, type PaymentReceived } from '../../model/event.ts';
import { validate } from '../../model/validate.ts';
import {
  BANK,
  entry,
  notificationFile,
  PAYERS,
  statement,
  statementFile,
  transaction,
  translatedFrom,
} from '../testing/bank-file.ts';
import type { Translation } from '../translation.ts';

const told = ({ problems }: Translation) =>
  problems.map(({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`);
const data = ({ events }: Translation) => events.map(({ event }) => event.data);

function only(translation: Translation): unknown {
  assert.deepEqual(told(translation), []);
  assert.equal(translation.events.length, 1);
  return translation.events[0]?.event.data;
}

const REMITTANCE = `<Strd><RfrdDocInf><Nb>S-1-1</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="EUR">60</RmtdAmt></RfrdDocAmt></Strd>
  <Strd><RfrdDocInf><Nb>S-2-1</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="EUR">40.00</RmtdAmt></RfrdDocAmt></Strd>`;

for (const version of ['02', '04', '08']) {
  test(`camt.053.001.${version}: a booked credit is a payment of the customer that is named`, () => {
    const payer = version === '08' ? '<Pty><Nm>Acme  tools</Nm></Pty>' : '<Nm>Acme  tools</Nm>';
    const status = version === '08' ? '<Cd>BOOK</Cd>' : 'BOOK';
    const details = transaction(REMITTANCE, { payer, refs: '<EndToEndId>E-1</EndToEndId>' });
    const translation = translatedFrom(statementFile([statement([entry({ details, status })])], version));
    assert.deepEqual(only(translation), {
      payment: 'B-1',
      customer: 'acme',
      currency: 'EUR',
      amount: '100.00',
      receivedOn: '2026-03-09',
      remittance: [
        { invoice: 'S-1-1', amount: '60.00' },
        { invoice: 'S-2-1', amount: '40.00' },
      ],
      text: 'S-1-1; S-2-1; E-1',
      references: ['E-1'],
    });
    // 06:00 in Amsterdam, in winter.
    assert.equal(translation.events[0]?.event.time, '2026-03-10T05:00:00Z');
  });
}

test('camt.054: under a prefix, and what was written goes along', () => {
  const details = transaction('<Ustrd>Inv S-1-1\nand</Ustrd><Ustrd>INV/2026/00007</Ustrd>');
  const { payment, text } = only(translatedFrom(notificationFile([entry({ details })]))) as Record<string, unknown>;
  assert.deepEqual([payment, text], ['B-1', 'Inv S-1-1 and; INV/2026/00007']);
});

test('the account that was paid into says which of ours was paid, where it is in the setup', () => {
  const file = statementFile([statement([entry()])]);
  const owner = (value: string) => ({
    id: 'nl-bv',
    name: 'Lading NL',
    roles: ['legal-entity' as const],
    identifiers: [{ scheme: 'iban' as const, value }],
  });
  const paidTo = (value: string) => data(translatedFrom(file, BANK, [owner(value)]))[0];
  assert.equal((paidTo('NL26VAYB8060476890') as PaymentReceived).legalEntity, 'nl-bv');
  assert.equal((paidTo('NL91ABNA0417164301') as PaymentReceived).legalEntity, undefined);
});

test('a payer is known by its account before its name', () => {
  const details = `<TxDtls><RltdPties><Dbtr><Nm>BOLT &amp; NUT</Nm></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct></RltdPties></TxDtls>`;
  assert.equal((only(translatedFrom(notificationFile([entry({ details })]))) as { customer: string }).customer, 'acme');
});

test('a batch is the payments inside it', () => {
  const amount = (text: string) => `<AmtDtls><TxAmt><Amt Ccy="EUR">${text}</Amt></TxAmt></AmtDtls>`;
  const details = [
    transaction('', { amount: amount('70.5'), refs: '<AcctSvcrRef>T-1</AcctSvcrRef>' }),
    transaction('', { amount: amount('29.50'), payer: '<Nm>bolt &amp; nut</Nm>' }),
  ].join('');
  const payments = data(translatedFrom(statementFile([statement([entry({ details })])]))) as Record<string, unknown>[];
  assert.deepEqual(
    payments.map(({ payment, customer, amount: paid }) => [payment, customer, paid]),
    [
      ['T-1', 'acme', '70.50'],
      ['B-1/2', 'bolt', '29.50'],
    ],
  );
  const short = translatedFrom(statementFile([statement([entry({ details: details.replace('29.50', '29.49') })])]));
  assert.match(
    told(short).join(),
    /schema-violation ST-1\/B-1: 100\.00 EUR: its payments add up to 99\.99 and it is booked with 100\.00; /,
  );
});

test('two payments under one reference are two', () => {
  const translation = translatedFrom(statementFile([statement([entry(), entry()], { closing: '1200.00' })]));
  assert.deepEqual(
    translation.events.map(({ subject }) => subject),
    ['B-1', 'B-1 (2)'],
  );
});

test('amounts have the places of their currency', () => {
  const paid = (currency: string, amount: string) => {
    const translation = translatedFrom(notificationFile([entry({ amount, currency })]));
    return translation.events.length === 0
      ? told(translation).join()
      : (only(translation) as { amount: string }).amount;
  };
  assert.equal(paid('EUR', '8.85000'), '8.85');
  assert.equal(paid('JPY', '2700'), '2700');
  assert.equal(paid('KWD', '1.5'), '1.500');
  assert.match(paid('EUR', '8.855'), /8\.855 EUR is no amount that can be paid in that currency; ask the bank$/);
  assert.match(paid('JPY', '27.50'), /27\.50 JPY is no amount/);
});

const taken = '<RvslInd>true</RvslInd>';
test('a reversed credit is a payment taken back; a reversed debit is no payment', () => {
  const details = transaction('', { refs: '<EndToEndId>E-1</EndToEndId>' });
  const back = translatedFrom(notificationFile([entry({ direction: 'DBIT', head: taken, reference: 'B-9', details })]));
  assert.equal(back.events[0]?.event.type, 'payment.reversed');
  assert.deepEqual(only(back), {
    reversal: 'B-9',
    customer: 'acme',
    currency: 'EUR',
    amount: '100.00',
    reversedOn: '2026-03-09',
    references: ['B-9', 'E-1'],
  });
  const returned = entry({
    direction: 'DBIT',
    details: transaction('', { more: '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' }),
  });
  assert.equal(translatedFrom(notificationFile([returned])).events[0]?.event.type, 'payment.reversed');
  assert.deepEqual(translatedFrom(notificationFile([entry({ head: taken })])).events, []);
});

test('debits, announced entries and interest are no payments', () => {
  const entries = [entry({ direction: 'DBIT' }), entry({ status: 'PDNG' }), entry({ domain: 'ACMT' })];
  const translation = translatedFrom(notificationFile(entries));
  assert.deepEqual([translation.events, told(translation)], [[], []]);
});

const refusedWhole: [string, string, RegExp][] = [
  [
    'a wrong closing balance',
    statement([entry()], { closing: '1100.01' }),
    /does not balance: it opens with 1000, its entries come to 100, which makes 1100, and it closes with 1100\.01 EUR; nothing of it was booked/,
  ],
  [
    'a debit that was left out',
    statement([entry(), entry({ direction: 'DBIT', amount: '30.00' })]),
    /makes 1070, and it closes with 1100 EUR/,
  ],
  ['no opening balance', statement([entry()]).replace('OPBD', 'OPAV'), /no opening balance/],
  ['no closing balance', statement([entry()]).replace('CLBD', 'CLAV'), /no closing balance/],
  [
    'an entry in another currency',
    statement([entry({ currency: 'USD' })]),
    /an entry is in USD and the balances are in EUR/,
  ],
  [
    'an entry without a direction',
    statement([entry().replace(/<CdtDbtInd>.*?<\/CdtDbtInd>/, '')]),
    /^Ntry\[1\]\/CdtDbtInd is missing; /,
  ],
  ['an amount that is none', statement([entry({ amount: '1,00' })]), /^Ntry\[1\]\/Amt "1,00" is no amount; /],
];
for (const [name, broken, says] of refusedWhole) {
  test(`the file is refused whole: ${name}`, () => {
    const good = statement([entry({ reference: 'B-2' })], { id: 'ST-2' });
    const translation = translatedFrom(statementFile([broken, good]));
    assert.deepEqual(translation.events, []);
    assert.equal(translation.problems.length, 1);
    assert.equal(translation.problems[0]?.kind, 'schema-violation');
    assert.equal(translation.problems[0]?.subject, 'ST-1');
    assert.match(translation.problems[0]?.detail ?? '', says);
    assert.match(translation.problems[0]?.detail ?? '', /; nor was anything of the other statement of the file$/);
  });
}

test('announced entries do not count for the balance; pages in the middle have interim balances', () => {
  const pending = entry({ status: 'PDNG', amount: '5.00' });
  assert.deepEqual(told(translatedFrom(statementFile([statement([entry(), pending])]))), []);
  const page = statement([entry()]).replace('OPBD', 'ITBD').replace('CLBD', 'ITBD');
  assert.deepEqual(told(translatedFrom(statementFile([page]))), []);
});

test('who is not known is told, with what to do, and the others are taken', () => {
  const stranger = entry({ reference: 'B-2', details: transaction('', { payer: '<Nm>Nobody Inc</Nm>' }) });
  const silent = entry({ reference: 'B-3', details: '' });
  const translation = translatedFrom(notificationFile([entry(), stranger, silent]));
  assert.equal(translation.events.length, 1);
  assert.match(
    told(translation)[0] ?? '',
    /^schema-violation NT-1\/B-2: a payment of 100\.00 EUR by Nobody Inc: no customer is known so; add the name or the account/,
  );
  assert.match(
    told(translation)[1] ?? '',
    /^schema-violation NT-1\/B-3: a payment of 100\.00 EUR names nobody who paid; /,
  );
});

test('a customer that sends bank files speaks for itself alone', () => {
  const [acme] = PAYERS;
  assert.ok(acme);
  const others = entry({ reference: 'B-2', details: transaction('', { payer: '<Nm>Bolt &amp; Nut</Nm>' }) });
  const translation = translatedFrom(notificationFile([entry(), others]), acme);
  assert.equal(translation.events.length, 1);
  assert.deepEqual(
    translation.problems.map(({ kind, subject }) => [kind, subject]),
    [['partner-not-party', 'B-2']],
  );
});

const unreadable: [string, RegExp][] = [
  [statementFile([]), /message M-1 has no statement in it; /],
  [statementFile([statement([entry()])], '01'), /it is camt\.053\.001\.01; read are camt\.052/],
  [statementFile([]).replace('camt.053', 'pain.002'), /it is pain\.002\.001\.02; read are/],
  [statementFile([statement([])]).slice(0, -20), /Unclosed root tag|Unexpected end/],
];
for (const [text, says] of unreadable) {
  test(`unreadable: ${says.source}`, () => {
    const { problems } = translatedFrom(text);
    assert.deepEqual([problems[0]?.kind, problems[0]?.subject], ['unreadable-message', 'day.xml']);
    assert.match(problems[0]?.detail ?? '', says);
  });
}

test('control characters and endless texts fit the schemas', () => {
  const long = 'x'.repeat(20_000);
  const details = transaction(`<Ustrd>a&#1;b&#xD800;${long}</Ustrd>`, { refs: `<EndToEndId>${long}</EndToEndId>` });
  const translation = translatedFrom(notificationFile([entry({ details, reference: long })]));
  for (const { event } of translation.events) assert.ok(validate(EVENT_DATA[event.type], event.data).ok);
  assert.equal(translation.events.length + translation.problems.length, 1);
});
