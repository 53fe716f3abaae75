import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openItems } from './open-items.ts';
import { type Item, setOffNotes } from './set-off.ts';

type Document = Item & { readonly totalMinor: bigint };

function document(number: string, kind: Document['kind'], total: bigint, other: Partial<Document> = {}): Document {
  const shipments = [number.replace(/-\d+$/, '')];
  return { number, kind, currency: 'USD', shipments, totalMinor: total, ...other };
}

const openCases: { name: string; documents: Document[]; open: Record<string, bigint> }[] = [
  {
    name: 'a credit note takes from the oldest first',
    documents: [
      document('S-1-1', 'invoice', 500n),
      document('S-1-2', 'supplementary', 300n),
      document('S-1-3', 'credit-note', 600n),
    ],
    open: { 'S-1-1': 0n, 'S-1-2': 200n, 'S-1-3': 0n },
  },
  {
    name: 'what it cannot take stays open on it',
    documents: [document('S-1-1', 'invoice', 500n), document('S-1-2', 'credit-note', 700n)],
    open: { 'S-1-1': 0n, 'S-1-2': 200n },
  },
  {
    name: 'it leaves other shipments alone',
    documents: [document('S-1-1', 'invoice', 500n), document('S-2-1', 'credit-note', 100n)],
    open: { 'S-1-1': 500n, 'S-2-1': 100n },
  },
  {
    name: 'it takes from a consolidated invoice of its shipment',
    documents: [
      document('S-1-1', 'invoice', 900n, { shipments: ['S-1', 'S-2'] }),
      document('S-2-1', 'credit-note', 100n),
    ],
    open: { 'S-1-1': 800n, 'S-2-1': 0n },
  },
  {
    name: 'it takes from its own currency only',
    documents: [document('S-1-1', 'invoice', 500n, { currency: 'EUR' }), document('S-1-2', 'credit-note', 100n)],
    open: { 'S-1-1': 500n, 'S-1-2': 100n },
  },
  {
    name: "it takes from its own legal entity's only",
    documents: [
      document('S-1-1', 'invoice', 500n, { legalEntity: 'us-inc' }),
      document('S-1-2', 'supplementary', 300n, { legalEntity: 'ca-ltd' }),
      document('S-1-3', 'credit-note', 400n, { legalEntity: 'ca-ltd' }),
    ],
    open: { 'S-1-1': 500n, 'S-1-2': 0n, 'S-1-3': 100n },
  },
  {
    name: 'in order of decision',
    documents: [
      document('S-1-9', 'supplementary', 119n),
      document('S-1-10', 'supplementary', 100n),
      document('S-1-11', 'credit-note', 150n),
    ],
    open: { 'S-1-9': 0n, 'S-1-10': 69n, 'S-1-11': 0n },
  },
];

for (const { name, documents, open } of openCases) {
  test(`credit notes: ${name}`, () => {
    const made = setOffNotes(documents, openItems(documents, []));
    const settled = made.map(({ note, ...rest }) => ({ sourceKind: 'credit-note' as const, source: note, ...rest }));
    assert.deepEqual(Object.fromEntries(openItems(documents, settled)), open);
  });
}

test('credit notes: what was set off is not set off again', () => {
  const documents = [document('S-1-1', 'invoice', 500n), document('S-1-2', 'credit-note', 100n)];
  const open = openItems(documents, [
    { sourceKind: 'credit-note', source: 'S-1-2', invoice: 'S-1-1', amountMinor: 100n },
  ]);
  assert.deepEqual(setOffNotes(documents, open), []);
});
