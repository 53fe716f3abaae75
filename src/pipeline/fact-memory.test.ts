import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Fact } from '../model/fact.ts';
import { decodeFacts, encodeFact } from '../store/facts.ts';
import { emptyFactMemory, recall } from './fact-memory.ts';

const fact = (id: number): Fact => ({
  id: String(id),
  sender: 'swft',
  reportedAt: id,
  kind: 'milestone',
  milestone: 'in-transit',
  occurredAt: id,
});
const textOf = (ids: readonly number[]) => ids.map((id) => encodeFact(fact(id))).join(',');

test('fact memory: whatever was seen before, the facts are those of the text', () => {
  const histories = fc.array(
    fc.record({
      shipment: fc.constantFrom('A', 'B'),
      ids: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
    }),
  );
  fc.assert(
    fc.property(histories, (seen) => {
      const memory = emptyFactMemory();
      for (const { shipment, ids } of seen) {
        const text = textOf(ids);
        const facts = recall(memory, shipment, text);
        assert.deepEqual(facts, decodeFacts(text));
        // What its user does with the list is its own affair.
        facts.push(fact(99));
      }
    }),
  );
});

test('fact memory: facts that were known stay the same objects when others are appended', () => {
  const memory = emptyFactMemory();
  const [first] = recall(memory, 'A', textOf([1]));
  assert.equal(recall(memory, 'A', textOf([1, 2]))[0], first);
});

test('fact memory: it keeps to its room, and drops what was used longest ago', () => {
  const memory = emptyFactMemory();
  const text = textOf(Array.from({ length: 500 }, (_, id) => id));
  for (let n = 0; n < 1_000; n++) recall(memory, `S${n}`, text);
  assert.ok(memory.characters <= 4 * 1024 * 1024);
  assert.equal(memory.characters, memory.known.size * text.length);
  assert.ok(memory.known.has('S999') && !memory.known.has('S0'));
});

test('fact memory: a shipment of endless facts is read, and not kept', () => {
  const memory = emptyFactMemory();
  const text = textOf(Array.from({ length: 2_000 }, (_, id) => id));
  assert.equal(recall(memory, 'A', text).length, 2_000);
  assert.equal(memory.known.size, 0);
});
