// The promises of the core, over any facts: arrival order and repetition do not matter, the books always balance, and
// deciding again wants nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Decision } from '../model/decision.ts';
import type { BillingDocument, KnownDocument } from '../model/document.ts';
import type { Fact } from '../model/fact.ts';
import { CORRECTABLE, MILESTONES } from '../model/milestone.ts';
import { formatInstant, HOUR_MS } from '../model/time.ts';
import { decide } from './decide.ts';
import * as given from './testing/given.ts';

// Small ranges on purpose: clashes at one stop, one instant and one time of report are the interesting cases.
const START = Date.parse('2026-03-04T12:00:00Z');
const time = fc.integer({ min: 0, max: 5 }).map((hours) => formatInstant(START + hours * HOUR_MS));
const reportTime = fc.integer({ min: 0, max: 1 }).map((hours) => formatInstant(START + hours * HOUR_MS));
const sender = fc.constantFrom('tms', 'tms', 'swft', 'rdwy', 'acme', 'bolt');
const LATE = '2026-03-10T00:00:00Z';

const planFact: fc.Arbitrary<Fact> = fc
  .record({
    reported: reportTime,
    sender: fc.constantFrom('tms', 'tms', 'acme', 'bolt'),
    carrier: fc.constantFrom('swft', 'rdwy', undefined),
    distanceMiles: fc.constantFrom('240', '250', undefined),
    attributes: fc.constantFrom<string[]>(['residential'], []),
    appointment: fc.option(time, { nil: undefined }),
  })
  .map(({ reported, sender: by, appointment, ...plan }) => {
    const stops = [{ ...given.JOLIET, ...(appointment && { appointment: { from: appointment } }) }, given.ATLANTA];
    const customer = by === 'bolt' ? 'bolt' : 'acme';
    return given.plan({ ...plan, customer, stops }, { sender: by, reported });
  });

const milestoneFact: fc.Arbitrary<Fact> = fc
  .record({
    what: fc.oneof(fc.constantFrom(...CORRECTABLE, 'delivery-failed' as const), fc.constantFrom(...MILESTONES)),
    at: time,
    reported: reportTime,
    sender,
    stop: fc.constantFrom(1, 2, undefined),
  })
  .map(({ what, at, ...more }) => given.milestone(what, at, more));

const otherFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ reported: reportTime, sender }).map((by) => given.document('pod', '2026-03-04T12:00:00Z', by)),
  fc
    .record({ end: fc.constantFrom('pickup' as const, 'delivery' as const), from: time, reported: reportTime, sender })
    .map(({ end, from, ...by }) => given.appointment(end, from, by)),
  fc
    .record({ code: fc.constantFrom('LFT', 'LUMPER'), quantity: fc.constantFrom('0', '1', '1.5', undefined), sender })
    .map(({ code, ...more }) => given.charge(code, more)),
  fc
    .record({
      what: fc.constantFrom('charge' as const, 'credit' as const, 'write-off' as const),
      code: fc.constantFrom('LHL', 'ADM'),
      amount: fc.constantFrom('10.00', '250.00', '900.00'),
      needsApproval: fc.boolean(),
      reported: reportTime,
    })
    .map(({ what, code, amount, ...more }) => given.entry(what, code, amount, more)),
  // Ids are given later, so that a word now and then finds its entry.
  fc
    .record({
      verdict: fc.constantFrom('approved' as const, 'refused' as const),
      of: fc.constantFrom('f3', 'f4', 'f5'),
    })
    .map(({ verdict, of }) => ({ ...given.ruling(verdict), entries: [of] })),
);

// Ids as the hub gives them: one each, in no order that means anything.
const facts: fc.Arbitrary<Fact[]> = fc
  .tuple(
    fc.array(planFact, { minLength: 1, maxLength: 3 }),
    fc.array(milestoneFact, { maxLength: 12 }),
    fc.array(otherFact, { maxLength: 6 }),
  )
  .chain(([plans, milestones, others]) => {
    const said = [...plans, ...milestones, ...others];
    const ids = fc.shuffledSubarray(
      said.map((_, index) => `f${index}`),
      { minLength: said.length },
    );
    return ids.map((each) => said.map((fact, index) => ({ ...fact, id: each[index] ?? '' })));
  });

const fuel = {
  index: 'us-diesel',
  method: 'percent-of-linehaul' as const,
  table: [{ from: '0', value: '21.57' }],
};
const accessorials = [
  given.DETENTION,
  { code: 'LFT', trigger: 'reported' as const, rate: '95.005' },
  { code: 'RDL', trigger: 'failed-delivery' as const, rate: '75.00' },
  { code: 'RES', trigger: 'attribute' as const, attribute: 'residential', rate: '60.00' },
  { code: 'TNU', trigger: 'cancelled-after-dispatch' as const, rate: '250.00' },
];
const selling = given.agreement({ fuel, accessorials });
const RULES = (['pod', 'delivered', 'dispatched'] as const).map((trigger) =>
  given.rules({
    agreements: [
      selling,
      { ...selling, currency: 'EUR', validFrom: '2026-03-05' },
      given.agreement({ id: 'swft', side: 'buy', party: 'swft', accessorials: [given.DETENTION] }),
    ],
    policy: { trigger, adjustments: { autoApproveUpTo: '100.00' } },
    fuel: [{ index: 'us-diesel', effective: '2026-01-05', price: '3.8' }],
  }),
);
const book = fc.constantFrom(...RULES);

/** Everything in a decision but the words that are only made when asked, and those made. */
function said(decision: Decision | undefined) {
  return (
    decision && { ...decision, rated: decision.rated.map((charge) => ({ ...charge, derivation: charge.derivation() })) }
  );
}

const decideOver = (
  over: readonly Fact[],
  rules: (typeof RULES)[number],
  documents: readonly KnownDocument[] = [],
  approve = false,
) =>
  decide({ shipment: 'S-1', facts: over, documents, orders: [], standing: {} }, rules, Date.parse(LATE), { approve });

test('the same facts in any order, doubled, give the same decision', () => {
  const sentAndReceived = facts.chain((sent) =>
    fc.tuple(fc.constant(sent), fc.shuffledSubarray([...sent, ...sent], { minLength: 2 * sent.length })),
  );
  fc.assert(
    fc.property(sentAndReceived, book, ([sent, received], rules) => {
      assert.deepEqual(said(decideOver(received, rules)), said(decideOver(sent, rules)));
    }),
    { numRuns: 300 },
  );
});

// Ids count arrivals, so a fact that arrives later has a greater one: what it decides may not hang on that.
test('the ids that facts were given decide no amount, state or exception', () => {
  const renamed = facts.map((sent) => {
    const names = new Map(sent.map(({ id }, index) => [id, `g${99 - index}`]));
    const received = sent.map((fact): Fact => {
      const id = names.get(fact.id) ?? '';
      return fact.kind === 'ruling'
        ? { ...fact, id, entries: fact.entries.map((of) => names.get(of) ?? of) }
        : { ...fact, id };
    });
    return [sent, received] as const;
  });
  fc.assert(
    fc.property(renamed, book, ([sent, received], rules) => {
      assert.deepEqual(outcomeOf(decideOver(received, rules)), outcomeOf(decideOver(sent, rules)));
    }),
    { numRuns: 300 },
  );
});

function outcomeOf(decision: Decision | undefined) {
  if (decision === undefined) return undefined;
  const { status, pickedUpAt, deliveredAt, ratingDate, billing, charges, exceptions, wakeAt } = decision;
  return { status, pickedUpAt, deliveredAt, ratingDate, billing, charges, exceptions, wakeAt };
}

type Round = { facts: Fact[]; approve: boolean; confirmed: boolean[] };
const round: fc.Arbitrary<Round> = fc.record({
  facts: fc.array(fc.oneof(milestoneFact, planFact, otherFact), { maxLength: 4 }),
  approve: fc.boolean(),
  confirmed: fc.array(fc.boolean(), { maxLength: 6 }),
});

test('the books balance after every round of facts, and deciding again wants nothing', () => {
  const proven: Fact[] = [given.plan(), given.PICKED_UP, given.DELIVERED, given.POD];
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 5 }), book, (rounds, rules) => {
      const heard: Fact[] = [...proven];
      let documents: KnownDocument[] = [];
      for (const [index, { facts: news, approve, confirmed }] of rounds.entries()) {
        heard.push(...news.map((fact, position) => ({ ...fact, id: `${index}.${position}` })));
        const decision = decideOver(heard, rules, documents, approve);
        assert.ok(decision);
        chargesAddUp(decision);
        documents = [...documents, ...given.known(decision.documents, false)];
        assert.equal(new Set(documents.map(({ number }) => number)).size, documents.length, 'a number was given twice');
        documents = documents.map((document, at) => ({ ...document, inErp: document.inErp || confirmed[at] === true }));
        const again = decideOver(heard, rules, documents);
        assert.ok(again);
        chargesAddUp(again);
        assert.deepEqual(again.documents, []);
        documentsAddUp(again, decision.awaitingApproval, documents);
      }
    }),
    { numRuns: 200 },
  );
});

/** The rows of one side, code and currency come to what is rated, and none is zero. */
function chargesAddUp(decision: Decision): void {
  const sums = new Map<string, bigint>();
  for (const { side, code, currency, amountMinor } of decision.charges) {
    assert.notEqual(amountMinor, 0n);
    const key = `${side} ${code} ${currency}`;
    sums.set(key, (sums.get(key) ?? 0n) + amountMinor);
  }
  const rated = decision.rated.map(
    ({ side, code, currency, amountMinor }) => [`${side} ${code} ${currency}`, amountMinor] as const,
  );
  assert.deepEqual(new Map([...sums].filter(([, sum]) => sum !== 0n).sort()), new Map([...rated].sort()));
}

/** What is documented, what waits to be, and what is waived come to what is rated, unless the shipment is held. */
function documentsAddUp(
  decision: Decision,
  waiting: readonly BillingDocument[],
  documents: readonly KnownDocument[],
): void {
  const hasBegun = documents.length > 0;
  if (decision.billing === 'held' || !hasBegun) return;
  const sums = new Map<string, bigint>();
  for (const { kind, currency, lines } of [...documents, ...waiting]) {
    const sign = kind === 'credit-note' ? -1n : 1n;
    for (const { code, amountMinor } of lines) {
      assert.ok(amountMinor > 0n, 'a line is positive, also on a credit note');
      const key = `${code} ${currency}`;
      sums.set(key, (sums.get(key) ?? 0n) + sign * amountMinor);
    }
  }
  for (const { state, code, currency, amountMinor } of decision.charges) {
    if (state === 'waived') sums.set(`${code} ${currency}`, (sums.get(`${code} ${currency}`) ?? 0n) + amountMinor);
  }
  const sold = decision.rated.filter(({ side }) => side === 'sell');
  const rated = sold.map(({ code, currency, amountMinor }) => [`${code} ${currency}`, amountMinor] as const);
  assert.deepEqual(new Map([...sums].filter(([, sum]) => sum !== 0n).sort()), new Map([...rated].sort()));
}
