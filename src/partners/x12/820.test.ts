import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '../../model/setup/agreement.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { ACME, interchange, onlyData, rulesWith, translated } from '../testing/interchange.ts';

const PAYER = { qualifier: '01', sender: '004321519' };
const BPR = 'BPR*C*1200.00*C*ACH*CTX*01*071000013*DA*1234567*1004321519**01*021000021*DA*7654321*20260309';
const payment = (...segments: string[]) => translated(interchange([['820', ...segments]], PAYER));

test('820: amount, date, payment, customer, currency, each invoice, and each credit memo as what is deducted', () => {
  const data = onlyData(
    payment(
      BPR,
      'TRN*1*P-1*1004321519',
      'CUR*PR*USD',
      'N1*PR*Acme Tools',
      'ENT*1',
      'RMR*IV*S-901-1**1000.00*1000.00',
      'RMR*PO*77**5.00',
      'RMR*IV*S-902-1**200',
      'RMR*CL*S-903-2**-30.00',
      'RMR*CL*S-904-2**12.50',
    ),
  );
  assert.deepEqual(data, {
    payment: 'P-1',
    customer: 'acme',
    currency: 'USD',
    amount: '1200.00',
    receivedOn: '2026-03-09',
    remittance: [
      { invoice: 'S-901-1', amount: '1000.00' },
      { invoice: 'S-902-1', amount: '200' },
      { invoice: 'S-903-2', amount: '-30.00' },
      { invoice: 'S-904-2', amount: '-12.50' },
    ],
  });
});

test('820: without PR, CUR and date: the sender, its agreement, the day of the group', () => {
  const sell: Agreement = {
    id: 's',
    side: 'sell',
    party: 'acme',
    currency: 'CAD',
    validFrom: '2026-01-01',
    lanes: [],
  };
  const text = interchange([['820', 'BPR*C*7989.73*C*CHK', 'TRN*1*P-2', 'RMR*IV*S-1-1**7989.73']], PAYER);
  assert.deepEqual(onlyData(translated(text, rulesWith([ACME], [sell]))), {
    payment: 'P-2',
    customer: 'acme',
    currency: 'CAD',
    amount: '7989.73',
    receivedOn: '2026-03-04',
    remittance: [{ invoice: 'S-1-1', amount: '7989.73' }],
  });
});

test('820: the payee is one of ours, by identifier or name; a payee that is nobody we know leaves it open', () => {
  const ours = { id: 'us-inc', name: 'Lading US Inc.', roles: ['legal-entity' as const] };
  const identified = { ...ours, identifiers: [{ scheme: 'duns' as const, value: '123456789' }] };
  const paidTo = (payee: string, partner: Partner) =>
    onlyData(
      translated(
        interchange([['820', BPR, 'TRN*1*P-3', 'CUR*PR*USD', 'N1*PR*Acme Tools', payee]], PAYER),
        rulesWith([ACME, partner]),
      ),
    ).legalEntity;
  assert.equal(paidTo('N1*PE*LADING*1*123456789', identified), 'us-inc');
  assert.equal(paidTo('N1*PE*Lading US Inc.', ours), 'us-inc');
  assert.equal(paidTo('N1*PE*Somebody Else', ours), undefined);
  assert.equal(paidTo('N1*PE*Acme Tools', ours), undefined);
});

const refusedPayments = [
  { segments: [BPR, 'CUR*PR*USD'], says: /^TRN .*segment is mandatory/ },
  { segments: [BPR.replace('1200.00', 'TOTAL'), 'TRN*1*P', 'CUR*PR*USD'], says: /^BPR02 .*"TOTAL" is not a number/ },
  { segments: [BPR.replace('20260309', 'CCYYMMDD'), 'TRN*1*P'], says: /^BPR16 .*"CCYYMMDD" is not a date/ },
  { segments: [BPR, 'TRN*1*P', 'CUR*PR*USD', 'RMR*IV*S-1-1'], says: /^RMR04 .*mandatory/ },
  { segments: [BPR, 'TRN*1*P'], says: /^BPR .*no CUR, and no agreement/ },
];
for (const { segments, says } of refusedPayments) {
  test(`820: refused: ${says.source}`, () => assert.match(payment(...segments).problems[0]?.detail ?? '', says));
}
