import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partner } from '../model/setup/partner.ts';
import { partnerName, partnersNamed } from './partner-names.ts';

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

test('partners: who is not known has no name', () => {
  assert.deepEqual(
    [partnerName(rules, 'rdwy'), partnerName(rules, 'x'), partnerName(rules, undefined)],
    ['Roadway Freight', undefined, undefined],
  );
});
