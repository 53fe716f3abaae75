// The books after anything that may happen, in the whole hub with its database and the ERP beside it: facts in any order, approvals and
// refusals, entries by hand, faults of the ERP and deaths of the hub. A few runs each time, many in the long form (LADING_TEST_LONG=1).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readScenario, type Scenario } from '../src/cli/scenario/folder.ts';
import { runScenario } from '../src/cli/scenario/run.ts';
import { readStep, type Step } from '../src/cli/scenario/steps.ts';
import type { Outcome } from '../src/insight/outcome.ts';
import { formatInstant, HOUR_MS, MINUTE_MS } from '../src/model/time.ts';
import { testServer } from './database.ts';

const IS_LONG = process.env.LADING_TEST_LONG === '1';
const RUNS = { numRuns: IS_LONG ? 60 : 3, endOnFailure: true, interruptAfterTimeLimit: 600_000 };

let server: Awaited<ReturnType<typeof testServer>>;
let network: Scenario;
before(async () => {
  server = await testServer();
  // Linehaul by the mile, a liftgate, 5 % tax; nothing is adjusted without a yes; two roles have limits of their own.
  network = await readScenario(fileURLToPath(new URL('./scenarios/charges-by-hand', import.meta.url)));
});
after(() => server.stop());

const run = (steps: readonly Step[]) =>
  runScenario({ ...network, steps, postsAfterEnd: true }, { server: { url: server.url, stop: async () => {} } });

const START = Date.parse('2026-03-05T00:00:00Z');
const stepOf = (at: number, step: object): Step => {
  const read = readStep(JSON.stringify({ at: formatInstant(at), ...step }), 1);
  assert.ok(read.ok, read.ok ? '' : read.message);
  return read.step;
};

type Said = { type: string; data: object; reportedHour: number };
const shipment = fc.constantFrom('S-1', 'S-2');
const hour = fc.integer({ min: 0, max: 6 });

const plan = fc.tuple(shipment, fc.constantFrom('100', '133.33', '90')).map(([of, miles]) => planOf(of, miles));
const milestone = fc
  .record({ shipment, milestone: fc.constantFrom('delivered', 'picked-up', 'delivered', 'refused', 'cancelled'), hour })
  .map(({ hour: of, ...data }) => ({
    type: 'shipment.milestone',
    data: { ...data, occurredAt: formatInstant(START + of * HOUR_MS) },
  }));
const report = fc
  .record({ shipment, code: fc.constant('LFT'), side: fc.constant('sell') })
  .map((data) => ({ type: 'charge.reported', data: { ...data, occurredAt: formatInstant(START) } }));
const said: fc.Arbitrary<Said> = fc
  .tuple(fc.oneof(plan, milestone, milestone, report), hour)
  .map(([event, reportedHour]) => ({ ...event, reportedHour }));

/** Each has its own id and time of report, whenever it arrives. */
const sent = (facts: readonly Said[]) =>
  facts.map(({ type, data, reportedHour }, index) => ({
    partner: 'tms',
    body: {
      ...{ specversion: '1.0', id: `e-${index}`, source: '/tms', type, data },
      time: formatInstant(START + reportedHour * HOUR_MS + index * 1_000),
    },
  }));

const facts = fc.array(said, { minLength: 6, maxLength: 14 }).map((others) => {
  const sure = ['S-1', 'S-2'].flatMap((of, hours): Said[] => [
    { ...planOf(of, '120'), reportedHour: 0 },
    { ...deliveredOf(of, hours), reportedHour: 1 },
  ]);
  return sent([...sure, ...others]);
});

function planOf(of: string, distanceMiles: string): Omit<Said, 'reportedHour'> {
  const stops = [
    { sequence: 1, kind: 'pickup', region: 'IL', country: 'US' },
    { sequence: 2, kind: 'delivery', region: 'GA', country: 'US' },
  ];
  const data = { shipment: of, customer: 'acme', carrier: 'swft', mode: 'FTL', distanceMiles, stops };
  return { type: 'shipment.planned', data };
}

function deliveredOf(of: string, hours: number): Omit<Said, 'reportedHour'> {
  const occurredAt = formatInstant(START + hours * HOUR_MS);
  return { type: 'shipment.milestone', data: { shipment: of, milestone: 'delivered', occurredAt } };
}

const act: fc.Arbitrary<object> = fc.oneof(
  shipment.map((subject) => ({ approve: { exception: 'adjustment-approval', subject, by: 'Ann' } })),
  shipment.map((subject) => ({ refuse: { subject, reason: 'no', by: 'Ann' } })),
  fc
    .record({
      ...{ shipment, entry: fc.constantFrom('charge', 'credit', 'write-off'), code: fc.constantFrom('LHL', 'ADM') },
      ...{ amount: fc.constantFrom('5.00', '40.00', '199.99'), role: fc.constantFrom('finance', 'customer-service') },
    })
    .map((entry) => ({ enter: { ...entry, reason: 'said so', by: `of ${entry.role}` } })),
  fc.constantFrom<object>({ crash: true }, { erp: 'down' }, { erp: 'up' }, { erp: 'timeout-after-commit', calls: 2 }),
  fc.constant<object>({ import: 'dearer-tax' }),
);

const inTurn = (steps: readonly object[]) => steps.map((step, index) => stepOf(START + index * 20 * MINUTE_MS, step));
const APPROVALS = ['S-1', 'S-2'].map((subject) => ({
  approve: { exception: 'adjustment-approval', subject, by: 'Zoe' },
}));

test('whatever is said, approved, refused, entered and broken: the books balance, and the ERP holds what they say', async () => {
  const happenings = facts.chain((spoken) =>
    fc
      .array(act, { minLength: 4, maxLength: 12 })
      .chain((acts) => fc.shuffledSubarray([...spoken, ...acts], { minLength: spoken.length + acts.length })),
  );
  await fc.assert(
    fc.asyncProperty(happenings, async (steps) => {
      const { outcome, books } = await run(inTurn([...steps, { erp: 'up' }]));
      assert.deepEqual(books.deviations, []);
      for (const { difference } of Object.values(outcome.conservation)) assert.equal(difference, '0.00');
      assert.ok(outcome.invoices.every(({ open }) => !open.startsWith('-')));
      taxIsNotOvergiven(outcome);
    }),
    RUNS,
  );
});

// To the cent for each line that is taken back.
function taxIsNotOvergiven({ invoices }: Outcome): void {
  const net = new Map<string, { subtotal: number; tax: number; notes: number }>();
  const cents = (text: string) => Math.round(Number(text) * 100);
  for (const { kind, shipments, subtotal, tax } of invoices) {
    const sums = net.get(shipments[0] ?? '') ?? { subtotal: 0, tax: 0, notes: 0 };
    const sign = kind === 'credit-note' ? -1 : 1;
    net.set(shipments[0] ?? '', {
      subtotal: sums.subtotal + sign * cents(subtotal),
      tax: sums.tax + sign * cents(tax),
      notes: sums.notes + 1,
    });
  }
  for (const { subtotal, tax, notes } of net.values()) {
    assert.ok(subtotal >= 0, 'never more is credited than was billed');
    assert.ok(tax >= -2 * notes, `${tax} cents of tax given back that nobody paid`);
  }
}

test('the same facts in another order, with every adjustment approved: the same charges and the same totals', async () => {
  const orders = facts.chain((spoken) =>
    fc.tuple(...[1, 2].map(() => fc.shuffledSubarray(spoken, { minLength: spoken.length }))),
  );
  await fc.assert(
    fc.asyncProperty(orders, async ([one = [], other = []]) => {
      const [a, b] = [await run(inTurn([...one, ...APPROVALS])), await run(inTurn([...other, ...APPROVALS]))];
      // Not `billing`: what was invoiced and wholly credited is invoiced, what was cancelled before is not.
      const shipmentsOf = ({ shipments }: Outcome) => shipments.map(({ billing: _, ...shipment }) => shipment);
      assert.deepEqual(shipmentsOf(b.outcome), shipmentsOf(a.outcome));
      assert.deepEqual(b.outcome.charges, a.outcome.charges);
      assert.deepEqual(moneyIn(b.outcome), moneyIn(a.outcome));
    }),
    RUNS,
  );
});

/** A currency that is in no sum any more is as one that never was. */
function moneyIn({ conservation }: Outcome): object[] {
  return Object.entries(conservation).filter(([, { total, erp }]) => total !== '0.00' || erp !== '0.00');
}
