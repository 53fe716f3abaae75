// Neither batching nor a second worker changes what comes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, type PipelineContext } from './context.ts';
import { hubsForFile, liftgate, milestone, plan, proof, type TestHub } from './testing/hub.ts';
import { PASS_LIMITS, workOnce } from './work.ts';

const SHIPMENTS = 12;

const hubs = hubsForFile();

// One sequence of random numbers for each seed, so that a failure can be looked at again.
function shuffled<T>(values: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return values
    .map((value) => ({ value, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

// Half of what happens names its shipment by a bill of lading or a PRO that must be learned first.
function traffic(): unknown[] {
  return Array.from({ length: SHIPMENTS }, (_, number) => {
    const shipment = `S-${number}`;
    const bol = { type: 'bol', value: `B-${number}` };
    const pro = { type: 'pro', value: `P-${number}` };
    const delivered = milestone({ references: [pro] }, 'delivered', 30);
    return [
      plan(shipment, { references: [bol] }),
      milestone({ shipment, references: [pro] }, 'picked-up', 1),
      milestone({ references: [bol] }, 'departed-pickup', 2),
      liftgate({ references: [bol] }),
      delivered,
      delivered,
      proof({ shipment }),
      ...(number % 3 === 0 ? [milestone({ shipment }, 'delivered', 29), liftgate({ references: [pro] })] : []),
    ];
  }).flat();
}

async function outcome(hub: TestHub) {
  const totals = await hub.rows(
    `select shipment, side, code, currency, sum(amount_minor)::text as minor from lading.charge
      group by shipment, side, code, currency order by shipment, side, code`,
  );
  const billed = await hub.rows(
    `select l.shipment, l.code, sum(case i.kind when 'credit-note' then -amount_minor else amount_minor end)::text as minor
       from lading.invoice_line l join lading.invoice i using (tenant, number)
      group by l.shipment, l.code order by l.shipment, l.code`,
  );
  const shipments = await hub.rows('select shipment, status, delivered_at, fact_count from lading.shipment order by 1');
  const waiting = await hub.rows('select event_id from lading.waiting');
  const facts = await hub.rows('select count(*) from lading.event where shipment is not null');
  return { totals, billed, shipments, waiting, facts };
}

async function documents(hub: TestHub) {
  const lines = await hub.rows('select number, code, amount_minor from lading.invoice_line order by number, position');
  const closed = await hub.rows(
    'select kind, subject, closed_at is null as open from lading.exception order by 1, 2, 3',
  );
  return { ...(await outcome(hub)), lines, closed };
}

type Working = (hub: TestHub) => Promise<void>;

const oneByOne: Working = async (hub) => {
  while ((await workOnce(hub.context, { ...PASS_LIMITS, messages: 1 })) > 0);
};
const together: Working = (hub) => hub.settle();
// Small passes, so that they cut into what belongs together.
const untilIdle = async (context: PipelineContext) => {
  for (let idle = 0; idle < 3; ) {
    const done = await workOnce(context, { ...PASS_LIMITS, messages: 7, bytes: 2_000 });
    idle = done === 0 ? idle + 1 : 0;
  }
};
const overlapping: Working = async ({ context }) => {
  await Promise.all([untilIdle(context), untilIdle(context), untilIdle(context)]);
};
const sideBySide: Working = async ({ store, context: { clock } }) => {
  await Promise.all([1, 2, 3].map(() => untilIdle(createContext({ store, clock }))));
};

async function play(messages: readonly unknown[], work: Working, look: (hub: TestHub) => Promise<unknown>) {
  const hub = await hubs.open();
  await hub.say('tms', ...messages);
  await work(hub);
  await hub.settle();
  return look(hub);
}

for (const seed of [1, 2, 3]) {
  test(`one batch, and overlapping ones, give the very documents of the messages one by one (seed ${seed})`, async () => {
    const messages = shuffled(traffic(), seed);
    const expected = await play(messages, oneByOne, documents);
    assert.deepEqual(await play(messages, together, documents), expected);
    assert.deepEqual(await play(messages, overlapping, documents), expected);
  });

  test(`three workers side by side give the totals of one (seed ${seed})`, async () => {
    const messages = traffic();
    const alone = await play(shuffled(messages, seed), together, outcome);
    assert.deepEqual(await play(shuffled(messages, seed + 100), sideBySide, outcome), alone);
    assert.ok(JSON.stringify(alone).includes('"waiting":[]'));
  });
}
