import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../model/decimal.ts';
import { type Claim, heldByOrderLine } from './coverage.ts';

const claim = (shipment: string, wanted: string, documented: string, dueSince?: number): Claim => ({
  shipment,
  wanted: decimal(wanted),
  documented: decimal(documented),
  dueSince,
});

const cases = [
  { name: 'all of it', ordered: '10', claims: [claim('A', '6', '0', 1), claim('B', '4', '0', 2)], held: [] },
  {
    name: 'the later one is held',
    ordered: '10',
    claims: [claim('A', '5', '0', 2), claim('B', '6', '0', 1)],
    held: ['A'],
  },
  {
    name: 'at one time the lesser id goes first',
    ordered: '6',
    claims: [claim('B', '6', '0', 1), claim('A', '6', '0', 1)],
    held: ['B'],
  },
  {
    name: 'a smaller one behind the held one still fits',
    ordered: '10',
    claims: [claim('A', '8', '0', 1), claim('B', '5', '0', 2), claim('C', '2', '0', 3)],
    held: ['B'],
  },
  {
    name: 'documents come first',
    ordered: '10',
    claims: [claim('A', '5', '0', 1), claim('B', '6', '6', 9)],
    held: ['A'],
  },
  {
    name: 'not due asks for nothing',
    ordered: '10',
    claims: [claim('A', '9', '0'), claim('B', '10', '0', 5)],
    held: [],
  },
  { name: 'a raise beyond the order is held', ordered: '10', claims: [claim('A', '11', '10', 1)], held: ['A'] },
  { name: 'fractions', ordered: '1.5', claims: [claim('A', '1.25', '0', 1), claim('B', '0.25', '0', 2)], held: [] },
];

for (const { name, ordered, claims, held } of cases) {
  test(`coverage: ${name}`, () => assert.deepEqual(heldByOrderLine(decimal(ordered), claims), held));
}
