import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fact } from '../model/fact.ts';
import { MILESTONES } from '../model/milestone.ts';
import { decodeFacts, encodeFact } from './facts.ts';

// Commas, quotes, brackets and characters beyond the first plane are what could part a row in the wrong place.
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('],[', '"', ',', '\\', 'null', ''));
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const reference = fc.record({ type: text, value: text });
const optional = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { requiredKeys: [] });

const said = fc
  .tuple(
    fc.record({ id: text, sender: text, reportedAt: instant }),
    optional({ teaches: fc.array(reference, { minLength: 1, maxLength: 3 }) }),
  )
  .map(([given, teaches]) => ({ ...given, ...teaches }));
const whereabouts = optional({
  stop: fc.nat(),
  stopHint: fc.nat(),
  city: text,
  country: text,
  localTime: fc.constant('2026-03-04T13:22:00'),
});
const contents = fc.array(fc.record({ order: text, line: fc.nat(), quantity: fc.constant('1.5') }), { maxLength: 3 });

const kinds: fc.Arbitrary<object>[] = [
  fc
    .tuple(
      fc.record({ kind: fc.constant('milestone'), milestone: fc.constantFrom(...MILESTONES), occurredAt: instant }),
      whereabouts,
      optional({ reason: text, eta: instant }),
    )
    .map((parts) => Object.assign({}, ...parts)),
  fc
    .tuple(
      fc.record({
        kind: fc.constant('appointment'),
        end: fc.constantFrom('pickup', 'delivery'),
        from: instant,
      }),
      whereabouts,
    )
    .map((parts) => Object.assign({}, ...parts)),
  fc
    .tuple(
      fc.record({ kind: fc.constant('document'), document: fc.constantFrom('pod', 'other') }),
      optional({ content: text, mediaType: text, url: text, signedBy: text }),
    )
    .map((parts) => Object.assign({}, ...parts)),
  fc
    .tuple(
      fc.record({
        kind: fc.constant('charge'),
        code: text,
        side: fc.constantFrom('sell', 'both'),
        occurredAt: instant,
      }),
      optional({ quantity: text }),
    )
    .map((parts) => Object.assign({}, ...parts)),
  fc.record({ kind: fc.constantFrom('packed', 'returned'), contents, occurredAt: instant }),
  fc.record({ kind: fc.constant('short'), shortages: contents, occurredAt: instant }),
  fc.record({ kind: fc.constant('plan'), plan: fc.record({ shipment: text, customer: text, mode: text }) }),
];
// As JSON gives it: without the prototypes that generated records lack.
const fact = fc
  .tuple(said, fc.oneof(...kinds))
  .map(([given, kind]) => JSON.parse(JSON.stringify({ ...given, ...kind })) as Fact);

test('facts: what is appended one by one is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 6 }), (facts) => {
      assert.deepEqual(decodeFacts(facts.map(encodeFact).join(',')), facts);
    }),
  );
});

test('facts: a row takes less than two thirds of what the fact itself would', () => {
  const milestone: Fact = {
    id: '104233',
    sender: 'rdwy',
    reportedAt: 1_772_640_000_000,
    kind: 'milestone',
    milestone: 'arrived-delivery',
    occurredAt: 1_772_640_000_000,
    city: 'ATLANTA',
  };
  assert.ok(encodeFact(milestone).length * 1.5 < JSON.stringify(milestone).length);
});
