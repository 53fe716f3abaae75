// Amounts that a schema lets pass and no currency knows; each as a message in canonical JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translated } from './testing/interchange.ts';

const paid = (amount: string, currency = 'USD', remitted?: string) => ({
  type: 'payment.received',
  data: {
    ...{ payment: 'P-1', customer: 'acme', currency, amount, receivedOn: '2026-03-04' },
    ...(remitted === undefined ? {} : { remittance: [{ invoice: 'S-1-1', amount: remitted }] }),
  },
});
const takenBack = (amount: string) => ({
  type: 'payment.reversed',
  data: {
    ...{ reversal: 'R-1', customer: 'acme', currency: 'USD', amount, reversedOn: '2026-03-04' },
    references: ['P-1'],
  },
});
const billed = (currency: string, ...amounts: string[]) => ({
  type: 'carrier.invoice',
  data: {
    ...{ carrier: 'swft', invoice: 'R-1', issuedOn: '2026-03-04', currency },
    lines: amounts.map((amount) => ({ shipment: 'S-1', code: 'LHL', amount })),
  },
});

const cases: [what: string, event: object, says: RegExp | undefined][] = [
  ['cents', paid('33.33'), undefined],
  ['places that say nothing', paid('33.3300'), undefined],
  ['half a cent', paid('33.335'), /^data\.amount is 33\.335, which is no amount of USD: it has 2 decimals; correct it/],
  ['half a yen', paid('100.5', 'JPY'), /no amount of JPY: it has no decimals/],
  ['a fils', paid('1.234', 'KWD'), undefined],
  ['less than nothing', paid('-5.00'), /^data\.amount is -5\.00, and nobody pays less than nothing/],
  ['nothing', paid('0.00'), undefined],
  ['more than can be kept', paid('100000000000000.00'), /more than can be kept/],
  ['more digits than a number of money has', paid('9999999999999999999.00'), /no amount of USD/],
  ['a credit note kept back', paid('5.00', 'USD', '-5.00'), undefined],
  ['half a cent for an invoice', paid('5.00', 'USD', '4.995'), /^data\.remittance\[0\]\.amount is 4\.995/],
  ['half a cent taken back', takenBack('5.005'), /^data\.amount is 5\.005/],
  ['half a cent billed', billed('USD', '7.00', '7.005'), /^data\.lines\[1\]\.amount is 7\.005/],
  ['an allowance', billed('USD', '7.00', '-1.00'), undefined],
];

for (const [what, event, says] of cases) {
  test(`amounts of a currency: ${what}`, () => {
    const message = { specversion: '1.0', id: 'e-1', source: '/x', time: '2026-03-04T15:00:00Z', ...event };
    const { events, problems } = translated(JSON.stringify(message), undefined, { partner: 'tms' });
    if (says === undefined) {
      assert.deepEqual([problems, events.length], [[], 1]);
      return;
    }
    assert.deepEqual(
      [events.length, problems.map(({ kind, subject }) => `${kind} ${subject}`)],
      [0, ['schema-violation e-1']],
    );
    assert.match(problems[0]?.detail ?? '', says);
  });
}
