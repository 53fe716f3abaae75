// However the work is cut, and whichever of them are looked at first, a carrier's invoices come to the verdicts that one
// walk over all of them gives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ArrivedInvoice, auditInOrder } from './in-order.ts';
import { billingKey } from './verdict.ts';

const SHIPMENTS = ['S-1', 'S-2', 'S-3'];
const expectations = new Map(
  SHIPMENTS.map((shipment) => [
    shipment,
    { carrier: 'swft', charges: [{ code: 'LHL', currency: 'USD', amountMinor: 100n }] },
  ]),
);

// Few shipments on purpose: that they bill the same is the interesting case. Of none: its shipment is not known yet.
const line = fc.record({
  shipment: fc.option(fc.constantFrom(...SHIPMENTS), { nil: undefined, freq: 6 }),
  code: fc.constantFrom('LHL', 'DET'),
  amountMinor: fc.constantFrom(100n, 250n),
});
const invoices = fc
  .array(fc.record({ lines: fc.array(line, { maxLength: 3 }), isRepeated: fc.constantFrom(false, false, true) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((drawn) =>
    drawn.map((one, index): ArrivedInvoice => {
      return { ...one, id: BigInt(index), carrier: 'swft', invoice: `R-${index}`, currency: 'USD' };
    }),
  );

type Known = Map<bigint, { verdict: string; keys: ReadonlySet<string> }>;

function audit(of: readonly ArrivedInvoice[], known: Known) {
  const billings = new Map<string, Set<bigint>>();
  for (const [id, { keys }] of known)
    for (const key of keys) billings.set(key, (billings.get(key) ?? new Set()).add(id));
  return auditInOrder({ invoices: of, billings, expectations, tolerance: undefined });
}

function keysOf({ lines }: ArrivedInvoice): Set<string> {
  return new Set(lines.flatMap(({ shipment, code }) => (shipment === undefined ? [] : [billingKey(shipment, code)])));
}

/** As pipeline/audit.ts does it: the earliest due, up to the first of others that what turned concerns. */
function turn(all: readonly ArrivedInvoice[], due: Set<bigint>, known: Known, most: number): void {
  const batch = all.filter(({ id }) => due.has(id)).slice(0, most);
  const audited = audit(batch, known);
  const others = audited.flatMap(({ id, turned }) =>
    all.filter((one) => one.id > id && !batch.includes(one) && turned.some((key) => keysOf(one).has(key))),
  );
  for (const { id } of others) due.add(id);
  const end = others.reduce(
    (first, { id }) => (first === undefined || id < first ? id : first),
    undefined as bigint | undefined,
  );
  for (const { id, verdict } of audited) {
    if (end !== undefined && id > end) continue;
    const bills = verdict.verdict === 'approved' || verdict.verdict === 'disputed';
    known.set(id, { verdict: verdict.verdict, keys: bills ? keysOf(all[Number(id)] as ArrivedInvoice) : new Set() });
    due.delete(id);
  }
}

function settle(all: readonly ArrivedInvoice[], due: Set<bigint>, known: Known, most: number): void {
  for (let turns = 0; due.size > 0; turns++) {
    assert.ok(turns < 1_000, 'it comes to rest');
    turn(all, due, known, most);
  }
}

const verdictsIn = (known: Known) => [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { verdict }]) => verdict);

test('audit in order: any cut of the work, from any state that was settled before, gives the same', () => {
  const before = fc.tuple(invoices, fc.array(fc.nat(7)), fc.integer({ min: 1, max: 3 }));
  fc.assert(
    fc.property(before, ([all, unknownAtFirst, most]) => {
      // At first some shipments were not known, so others were approved in their stead.
      const earlier = all.map((one, index) =>
        unknownAtFirst.includes(index) ? { ...one, lines: [...one.lines, { code: 'LHL', amountMinor: 1n }] } : one,
      );
      const known: Known = new Map();
      settle(earlier, new Set(all.map(({ id }) => id)), known, most);
      const found = unknownAtFirst.filter((index) => index < all.length).map(BigInt);
      settle(all, new Set(found), known, most);
      const whole = audit(all, new Map()).map(({ verdict }) => verdict.verdict);
      assert.deepEqual(verdictsIn(known), whole);
    }),
    { numRuns: 2_000 },
  );
});
