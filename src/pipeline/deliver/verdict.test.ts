import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LookupResult, SendResult, WantedDocument } from '../../connectors/contract.ts';
import { backOffMs, MOST_ATTEMPTS, verdictOn, verdictOnLookup } from './verdict.ts';

const effect = { key: 'odoo:S-1-1', attempts: 0 };
const moment = { now: 10_000, random: 0 };
const confirmed = { externalId: '7', erpNumber: 'INV/7' };

type Outcome = Record<string, unknown>;
const sends: { name: string; result: Outcome; attempts?: number; change: Outcome; trouble?: Outcome }[] = [
  {
    name: 'confirmed',
    result: { outcome: 'confirmed', ...confirmed, storedTotalMinor: 1n },
    change: { state: 'confirmed', attempts: 0, ...confirmed },
  },
  {
    name: 'refused by a rule: a person must mend it',
    result: { outcome: 'refused', kind: 'rejected', scope: 'document', sentence: 'no account' },
    change: { state: 'refused', attempts: 0, reason: 'no account' },
  },
  {
    name: 'refused for its key: the system is in trouble, the document is not',
    result: { outcome: 'refused', kind: 'access-denied', scope: 'system', sentence: 'key expired' },
    change: { state: 'intended', attempts: 0, reason: 'key expired', nextAt: 10_000 },
    trouble: { reason: 'key expired', afterMs: undefined },
  },
  {
    name: 'answer lost: in doubt, and the system in trouble',
    result: { outcome: 'unknown', scope: 'system', reason: 'lost' },
    attempts: 3,
    change: { state: 'unknown', attempts: 3, reason: 'lost', nextAt: 10_000 },
    trouble: { reason: 'lost', afterMs: undefined },
  },
  {
    name: 'in doubt by its own doing: it counts',
    result: { outcome: 'unknown', scope: 'document', reason: 'odd' },
    change: { state: 'unknown', attempts: 1, reason: 'odd', nextAt: 11_000 },
  },
  {
    name: 'not done, and known to be: intended again',
    result: { outcome: 'retry', scope: 'document', reason: 'conflict' },
    attempts: 2,
    change: { state: 'intended', attempts: 3, reason: 'conflict', nextAt: 14_000 },
  },
  {
    name: 'asked to wait longer than we would',
    result: { outcome: 'retry', scope: 'document', reason: 'conflict', afterMs: 60_000 },
    change: { state: 'intended', attempts: 1, reason: 'conflict', nextAt: 70_000 },
  },
  {
    name: 'tried often enough: dead, with its reason',
    result: { outcome: 'retry', scope: 'document', reason: 'conflict' },
    attempts: MOST_ATTEMPTS - 1,
    change: { state: 'dead', attempts: MOST_ATTEMPTS, reason: `given up after ${MOST_ATTEMPTS} attempts: conflict` },
  },
  {
    name: 'an outage never kills a document',
    result: { outcome: 'retry', scope: 'system', reason: 'down' },
    attempts: MOST_ATTEMPTS - 1,
    change: { state: 'intended', attempts: MOST_ATTEMPTS - 1, reason: 'down', nextAt: 10_000 },
    trouble: { reason: 'down', afterMs: undefined },
  },
];

for (const { name, result, attempts = 0, change, trouble } of sends) {
  test(`sent: ${name}`, () => {
    const verdict = verdictOn({ ...effect, attempts }, { key: 'S-1-1', ...result } as SendResult, moment);
    assert.deepEqual(verdict.change, { key: effect.key, ...change });
    assert.deepEqual(verdict.trouble, trouble);
  });
}

const document = {
  currency: 'USD',
  lines: [{ amountMinor: 60_000n }, { amountMinor: 4_000n }],
} as unknown as WantedDocument;
const found = { lookup: 'found', state: 'posted', ...confirmed, currency: 'USD', storedTotalMinor: 64_000n };
const lookups: { name: string; result: Outcome; is: string }[] = [
  { name: 'what is there is adopted', result: found, is: 'confirmed' },
  { name: 'absence is proven: send', result: { lookup: 'absent' }, is: 'send' },
  { name: 'a draft is finished by sending', result: { ...found, state: 'draft' }, is: 'send' },
  { name: 'cancelled there: sending says so', result: { ...found, state: 'cancelled' }, is: 'send' },
  { name: 'another amount: sending says what differs', result: { ...found, storedTotalMinor: 63_999n }, is: 'send' },
  { name: 'another currency', result: { ...found, currency: 'CAD' }, is: 'send' },
  { name: 'cannot be asked: still in doubt', result: { lookup: 'unavailable', reason: 'down' }, is: 'unknown' },
];

for (const { name, result, is } of lookups) {
  test(`looked up: ${name}`, () => {
    const verdict = verdictOnLookup(effect, document, { key: 'S-1-1', ...result } as LookupResult, moment);
    assert.equal(verdict === 'send' ? verdict : verdict.change.state, is);
  });
}

test('back-off doubles, is half at random, and ends at a quarter of an hour', () => {
  assert.deepEqual(
    [1, 2, 3, 10, 1_000].map((attempts) => [backOffMs(attempts, 0), backOffMs(attempts, 1)]),
    [
      [1_000, 2_000],
      [2_000, 4_000],
      [4_000, 8_000],
      [450_000, 900_000],
      [450_000, 900_000],
    ],
  );
});
