// Shipments and their order together, over any facts in any order: no line is billed beyond what was ordered, and what is free
// of holds is billed to the cent. The small loop below is the hub without its database: decide, ask the order, decide again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Decimal, decimal, ZERO } from '../../model/decimal.ts';
import type { Decision, Standing } from '../../model/decision.ts';
import type { KnownDocument } from '../../model/document.ts';
import type { Fact } from '../../model/fact.ts';
import { toMinor } from '../../model/money.ts';
import type { ContentsRow, Order } from '../../model/shipment.ts';
import { decide } from '../decide.ts';
import * as given from '../testing/given.ts';
import { withAnswersOf } from './answers.ts';
import { goodsIn } from './contents.ts';
import { coverOrder } from './coverage.ts';

const SHIPMENTS = ['S-1', 'S-2', 'S-3'] as const;
const BOOK = given.rules({
  agreements: [],
  policy: { bills: ['goods'], trigger: 'delivered', adjustments: { autoApproveUpTo: '1000000.00' } },
});
const START = Date.parse('2026-03-06T00:00:00Z');

type News = { shipment: string; fact: Fact } | { order: Order; reportedAt: number };

const quantity = fc.constantFrom('0', '1', '2', '2.5', '4', '7');
const line = fc.constantFrom(1, 2);
const rows = fc.array(
  fc.record({ line, quantity }).map((row): ContentsRow => ({ order: 'O-1', ...row })),
  { minLength: 1, maxLength: 3 },
);
const shipment = fc.constantFrom(...SHIPMENTS);
const reportedAt = fc.integer({ min: 0, max: 3 }).map((hours) => START + hours * 3_600_000);
const said = fc.record({ id: fc.uuid(), sender: fc.constant('tms'), reportedAt });

const goodsFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.tuple(said, rows).map(([by, contents]): Fact => ({ ...by, kind: 'packed', contents, occurredAt: START })),
  fc.tuple(said, rows).map(([by, shortages]): Fact => ({ ...by, kind: 'short', shortages, occurredAt: START })),
  fc.tuple(said, rows).map(([by, contents]): Fact => ({ ...by, kind: 'returned', contents, occurredAt: START })),
  fc.tuple(said, rows).map(([by, contents]): Fact => ({ ...by, kind: 'plan', plan: given.planned({ contents }) })),
);
const cancelled: Fact = { ...given.milestone('cancelled', '2026-03-07T00:00:00Z'), id: 'cancelled' };
const news: fc.Arbitrary<News> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ shipment, fact: goodsFact }) },
  { weight: 1, arbitrary: fc.record({ shipment, fact: fc.constant(cancelled) }) },
);

const placed = (ordered: string): fc.Arbitrary<News[]> =>
  fc.array(
    fc.record({ price: fc.constantFrom('1', '0.335', '12.25', '0'), reportedAt }).map(({ price, reportedAt: at }) => {
      const lines = [1, 2].map((number) => ({ line: number, quantity: ordered, unitPrice: price }));
      const order = {
        order: 'O-1',
        customer: 'acme',
        lines,
        shipTo: {},
        currency: 'USD',
        placedAt: '2026-03-01T00:00:00Z',
      };
      return { order, reportedAt: at };
    }),
    { minLength: 1, maxLength: 3 },
  );

const DELIVERED = SHIPMENTS.flatMap((id): News[] =>
  [given.plan(), given.PICKED_UP, given.DELIVERED].map((fact) => ({ shipment: id, fact })),
);
const history = (ordered: string) =>
  fc
    .tuple(placed(ordered), fc.array(news, { maxLength: 12 }))
    .map(([orders, others]) => [...DELIVERED, ...orders, ...others]);
const shuffled = (all: News[]) => fc.shuffledSubarray(all, { minLength: all.length });

type Held = { facts: Fact[]; documents: KnownDocument[]; standing: Standing; decision?: Decision };

class Hub {
  readonly shipments = new Map<string, Held>(SHIPMENTS.map((id) => [id, { facts: [], documents: [], standing: {} }]));
  order: { order: Order; reportedAt: number } | undefined;
  #now = START;

  hear(all: readonly News[]): void {
    for (const one of all) {
      this.#now += 60_000;
      if ('fact' in one) this.shipments.get(one.shipment)?.facts.push(one.fact);
      else if (this.order === undefined || isLater(one, this.order)) this.order = one;
      this.settle();
    }
  }

  settle(): void {
    for (let turn = 0; ; turn++) {
      assert.ok(turn < 20, 'it never comes to rest');
      const before = this.text();
      for (const [id, held] of this.shipments) this.decide(id, held);
      this.answer();
      if (this.text() === before) return;
    }
  }

  decide(id: string, held: Held): void {
    const { facts, documents, standing } = held;
    const orders = this.order === undefined ? [] : [this.order.order];
    const input = { shipment: id, facts, documents, orders, standing };
    held.decision = decide(input, BOOK, this.#now);
    held.standing = held.decision?.standing ?? standing;
    held.documents = [...documents, ...given.known(held.decision?.documents ?? [])];
  }

  answer(): void {
    if (this.order === undefined) return;
    const claims = [...this.shipments].flatMap(([id, { decision, standing }]) =>
      (decision?.claims ?? []).map(({ line: number, wanted, documented }) => {
        const { dueSince } = standing;
        return { shipment: id, line: number, wanted: decimal(wanted), documented: decimal(documented), dueSince };
      }),
    );
    const lines = coverOrder(this.order.order, claims);
    // As in the hub, only those that ask are answered.
    const asking = new Set(
      claims
        .filter((each) => each.dueSince !== undefined && !each.wanted.eq(each.documented))
        .map((each) => each.shipment),
    );
    for (const [id, held] of this.shipments) {
      if (asking.has(id)) held.standing = withAnswersOf('O-1', lines, id, held.standing);
    }
  }

  text(): string {
    return JSON.stringify([...this.shipments.values()].map(({ documents, standing }) => [documents.length, standing]));
  }
}

function isLater(one: { order: Order; reportedAt: number }, than: { order: Order; reportedAt: number }): boolean {
  if (one.reportedAt !== than.reportedAt) return one.reportedAt > than.reportedAt;
  return JSON.stringify(one.order) > JSON.stringify(than.order);
}

/** What documents come to of each line, net of credit notes. */
function billedOf({ documents }: Held): Map<number, { quantity: Decimal; minor: bigint }> {
  const sums = new Map<number, { quantity: Decimal; minor: bigint }>();
  for (const { kind, lines } of documents) {
    const sign = kind === 'credit-note' ? -1 : 1;
    for (const { line: number = 0, amountMinor, quantityDelta = '0' } of lines) {
      const sum = sums.get(number) ?? { quantity: ZERO, minor: 0n };
      const minor = sum.minor + BigInt(sign) * amountMinor;
      sums.set(number, { quantity: sum.quantity.plus(decimal(quantityDelta).times(sign)), minor });
    }
  }
  return sums;
}

function billedToTheCent(hub: Hub): void {
  const order = hub.order?.order as Order;
  for (const held of hub.shipments.values()) {
    if (held.decision?.billing === 'held') continue;
    const kept = held.decision?.status === 'cancelled' ? [] : goodsIn(held.facts);
    const billed = billedOf(held);
    for (const { line: number, unitPrice } of order.lines) {
      const goods = kept.find((each) => each.line === number)?.kept ?? ZERO;
      const minor = toMinor(goods.times(unitPrice), 'USD', 'half-up');
      assert.equal(billed.get(number)?.minor ?? 0n, minor);
    }
  }
}

test('no line is billed beyond what was ordered, and what is not held is billed to the cent', () => {
  fc.assert(
    fc.property(history('6').chain(shuffled), (all) => {
      const hub = new Hub();
      hub.hear(all);
      billedToTheCent(hub);
      for (const number of [1, 2]) {
        const billed = [...hub.shipments.values()].map((held) => billedOf(held).get(number)?.quantity ?? ZERO);
        assert.ok(billed.reduce((sum, each) => sum.plus(each), ZERO).lte('6'));
      }
    }),
    { numRuns: 150 },
  );
});

test('where enough was ordered, the same facts in any order come to the same, and nothing is held', () => {
  fc.assert(
    fc.property(
      history('1000').chain((all) => fc.tuple(shuffled(all), shuffled(all))),
      ([one, other]) => {
        const hubs = [one, other].map((all) => {
          const hub = new Hub();
          hub.hear(all);
          billedToTheCent(hub);
          return hub;
        });
        const [first, second] = hubs.map((hub) =>
          [...hub.shipments.values()].map((held) => {
            const { decision } = held;
            assert.notEqual(decision?.billing, 'held');
            const billed = [...billedOf(held)].filter(([, { minor }]) => minor !== 0n).sort(([a], [b]) => a - b);
            return [decision?.status, decision?.charges, billed.map(([number, { minor }]) => [number, minor])];
          }),
        );
        assert.deepEqual(first, second);
      },
    ),
    { numRuns: 100 },
  );
});
