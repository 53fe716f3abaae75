// A customer's account after any payments, reversals, corrections and credit notes, in any order: no cent is lost or counted
// twice, and what has found nothing is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { event, hubsForFile, milestone, NETWORK, plan, START, type TestHub } from '../testing/hub.ts';

const hubs = hubsForFile();

const [agreement] = NETWORK.agreements ?? [];
const lanes = agreement?.lanes.map((lane) => ({ ...lane, linehaul: { basis: 'per-mile' as const, rate: '1.00' } }));
const SETUP = {
  ...NETWORK,
  partners: [...(NETWORK.partners ?? []), { id: 'bank', name: 'First Bank', roles: ['bank' as const] }],
  agreements: agreement && lanes ? [{ ...agreement, lanes }] : [],
  policies: [{ customer: 'acme', trigger: 'delivered' as const, adjustments: { autoApproveUpTo: '1000.00' } }],
};

type Said = { readonly partner: string; readonly body: object };

const SHIPMENTS = ['S-1', 'S-2', 'S-3'];
const shipment = fc.constantFrom(...SHIPMENTS);
// Few amounts, so that payments fit, fall short and go beyond, and several invoices have the same open.
const miles = fc.constantFrom('100', '70', '130');
const amount = fc.constantFrom('30.00', '70.00', '100.00', '130.00', '200.00', '0.00');
const number = fc.tuple(shipment, fc.constantFrom(1, 1, 2, 3)).map(([of, place]) => `${of}-${place}`);
const paymentName = fc.constantFrom('P-1', 'P-2', 'P-3', 'P-4', 'P-5');

const planned = (of: string, distanceMiles: string, minute: number): Said => ({
  partner: 'tms',
  body: { ...plan(of, { distanceMiles }), time: new Date(START + minute * 60_000).toISOString() },
});
const delivered = (of: string): Said => ({ partner: 'tms', body: milestone({ shipment: of }, 'delivered', 1) });

const corrected = fc.tuple(shipment, miles, fc.integer({ min: 1, max: 500 })).map((given) => planned(...given));
const line = fc.record({ invoice: number, amount: fc.constantFrom('30.00', '70.00', '100.00', '130.00', '-30.00') });
const paid = fc
  .record(
    { payment: paymentName, amount, remittance: fc.array(line, { minLength: 1, maxLength: 3 }), text: number },
    { requiredKeys: ['payment', 'amount'] },
  )
  .map((data): Said => {
    const head = { customer: 'acme', currency: 'USD', receivedOn: '2026-03-04' };
    return { partner: 'bank', body: event('payment.received', { ...head, ...data }) };
  });
const takenBack = fc.tuple(paymentName, amount).map(([of, minor]): Said => {
  const head = { customer: 'acme', currency: 'USD', reversedOn: '2026-03-05' };
  const data = { reversal: `R-${of}-${minor}`, amount: minor, references: [of] };
  return { partner: 'bank', body: event('payment.reversed', { ...head, ...data }) };
});

const happenings = fc
  .array(fc.oneof(paid, paid, corrected, takenBack), { minLength: 6, maxLength: 18 })
  .chain((others) => {
    const sure = SHIPMENTS.flatMap((of, index) => [planned(of, '100', -index), delivered(of)]);
    return fc.shuffledSubarray([...sure, ...others], { minLength: sure.length + others.length });
  });

async function assertSound({ rows }: TestHub): Promise<void> {
  const wrong = (statement: string) => rows(statement);
  assert.deepEqual(
    await wrong(`
      select p.payment, p.amount_minor, p.left_minor, sum(a.amount_minor) from lading.payment p
        left join lading.allocation a on a.source_kind = 'payment' and a.customer = p.customer and a.source = p.payment
       group by p.tenant, p.customer, p.payment
      having p.left_minor < 0 or p.kept_back_minor < 0 or p.left_minor + coalesce(sum(a.amount_minor), 0)
             <> case when p.reversed_by is null then p.amount_minor else 0 end`),
    [],
    'what a payment settled and what it has left are what was paid',
  );
  assert.deepEqual(
    await wrong(`
      select i.number, i.settled_minor, sum(a.amount_minor) from lading.invoice i
        left join lading.allocation a on a.invoice = i.number or (a.source_kind = 'credit-note' and a.source = i.number)
       group by i.tenant, i.number
      having i.settled_minor <> coalesce(sum(a.amount_minor), 0)
          or i.settled_minor not between 0 and i.subtotal_minor + i.tax_minor`),
    [],
    'no document is settled beyond what it comes to',
  );
  assert.deepEqual(
    await wrong(`
      select subject from (
        select payment as subject from lading.payment where left_minor > 0
        union select reversal from lading.payment_reversal where payment is null) as unmatched
      full join (select subject from lading.exception where kind = 'payment-unmatched' and closed_at is null) as told
        using (subject)
      where unmatched is null or told is null`),
    [],
    'just what found nothing is told',
  );
}

test('whatever is paid, taken back and corrected: no cent is lost, and what found nothing is told', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (said) => {
      const hub = await hubs.open(SETUP);
      for (const { partner, body } of said) {
        await hub.say(partner, body);
        await hub.settle();
      }
      await assertSound(hub);
    }),
    { numRuns: process.env.LADING_TEST_LONG === '1' ? 200 : 8, endOnFailure: true, interruptAfterTimeLimit: 600_000 },
  );
});
