import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDecimal } from '../../model/decimal.ts';
import type { Fact } from '../../model/fact.ts';
import type { ContentsRow, ShipmentPlan } from '../../model/shipment.ts';
import { goodsIn } from './contents.ts';

const row = (line: number, quantity: string): ContentsRow => ({ order: 'O-1', line, quantity });
const plan = (reportedAt: number, contents?: ContentsRow[]): Fact => ({
  id: `plan-${reportedAt}`,
  sender: 'tms',
  reportedAt,
  kind: 'plan',
  plan: { shipment: 'S-1', customer: 'acme', mode: 'LTL', stops: [], contents } as ShipmentPlan,
});
const packed = (reportedAt: number, ...contents: ContentsRow[]): Fact => ({
  id: `packed-${reportedAt}`,
  sender: 'dock',
  reportedAt,
  kind: 'packed',
  contents,
  occurredAt: reportedAt,
});
const short = (reportedAt: number, ...shortages: ContentsRow[]): Fact => ({
  id: `short-${reportedAt}`,
  sender: 'swft',
  reportedAt,
  kind: 'short',
  shortages,
  occurredAt: reportedAt,
});
const returned = (reportedAt: number, ...contents: ContentsRow[]): Fact => ({
  id: `returned-${reportedAt}`,
  sender: 'dock',
  reportedAt,
  kind: 'returned',
  contents,
  occurredAt: reportedAt,
});

const cases: { name: string; facts: Fact[]; kept: Record<number, string> }[] = [
  { name: 'nothing known', facts: [plan(1)], kept: {} },
  { name: 'as planned', facts: [plan(1, [row(1, '6'), row(2, '25')])], kept: { 1: '6', 2: '25' } },
  { name: 'rows of one line add up', facts: [plan(1, [row(1, '6'), row(1, '2.5')])], kept: { 1: '8.5' } },
  { name: 'an update without contents leaves them', facts: [plan(1, [row(1, '6')]), plan(2)], kept: { 1: '6' } },
  { name: 'packed replaces', facts: [plan(1, [row(1, '6')]), packed(2, row(1, '5'))], kept: { 1: '5' } },
  { name: 'also a later plan', facts: [packed(2, row(1, '5')), plan(3, [row(1, '9')])], kept: { 1: '5' } },
  {
    name: 'packed again, reported last',
    facts: [packed(3, row(1, '4')), packed(2, row(1, '5')), plan(1)],
    kept: { 1: '4' },
  },
  {
    name: 'shortages add up',
    facts: [plan(1, [row(1, '6')]), short(2, row(1, '1')), short(3, row(1, '2'))],
    kept: { 1: '3' },
  },
  {
    name: 'never below zero',
    facts: [plan(1, [row(1, '6')]), short(2, row(1, '4')), returned(3, row(1, '4'))],
    kept: { 1: '0' },
  },
  {
    name: 'what is not inside takes off nothing',
    facts: [plan(1, [row(1, '6')]), short(2, row(2, '4'))],
    kept: { 1: '6' },
  },
];

for (const { name, facts, kept } of cases) {
  test(`goods: ${name}`, () => {
    for (const order of [facts, facts.toReversed()]) {
      const lines = goodsIn(order).map((line) => [line.line, formatDecimal(line.kept)]);
      assert.deepEqual(Object.fromEntries(lines), kept);
    }
  });
}
