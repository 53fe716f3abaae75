import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partner } from '../model/setup/partner.ts';
import { partnerName, partnersNamed, withSenderName } from './partner-names.ts';

const partner = (id: string, name: string): [string, Partner] => [id, { id, name, roles: ['carrier'] }];
const rules = { partners: new Map([partner('rdwy', 'Roadway Freight'), partner('acme', 'Acme Tools & Roads')]) };

const cases = [
  { text: 'rdw', found: ['rdwy'], name: 'an id by its beginning' },
  { text: 'ROAD', found: ['rdwy', 'acme'], name: 'a word of a name, whatever its case' },
  { text: 'freight', found: ['rdwy'], name: 'the second word' },
  { text: 'acme tools', found: ['acme'], name: 'several words' },
  { text: 'way', found: [], name: 'not the end of a word' },
];
for (const { text, found, name } of cases) {
  test(`partners: ${name}`, () => assert.deepEqual(partnersNamed(rules, text), found));
}

test('partners: a row is named by whoever sent it, else by whoever brought it', () => {
  assert.deepEqual(
    [
      withSenderName(rules, { partner: 'acme', sender: 'rdwy' }).senderName,
      withSenderName(rules, { partner: 'acme' }).senderName,
      withSenderName(rules, { partner: 'acme', sender: 'x' }).senderName,
    ],
    ['Roadway Freight', 'Acme Tools & Roads', undefined],
  );
});

test('partners: who is not known has no name', () => {
  assert.deepEqual(
    [partnerName(rules, 'rdwy'), partnerName(rules, 'x'), partnerName(rules, undefined)],
    ['Roadway Freight', undefined, undefined],
  );
});
