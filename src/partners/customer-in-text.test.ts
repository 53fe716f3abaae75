import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partner } from '../model/setup/partner.ts';
import { customerInText } from './customer-in-text.ts';

const customer = (id: string, name: string, value?: string): Partner => ({
  ...{ id, name, roles: ['customer'] },
  ...(value === undefined ? {} : { identifiers: [{ scheme: 'duns' as const, value }] }),
});
const partners = new Map<string, Partner>(
  [
    customer('acme', 'Acme Tools', '004321519'),
    customer('acme-west', 'Acme Tools West'),
    customer('bolt', 'Bolt & Nut'),
    customer('abc', 'ABC'),
    { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier' as const] },
  ].map((partner) => [partner.id, partner]),
);
const cases: [string, string | undefined][] = [
  ['ACH CREDIT ACME TOOLS INC', 'acme'],
  ['acme tools west, s-1-1', 'acme-west'],
  ['PPD 004321519', 'acme'],
  ['BOLT NUT', 'bolt'],
  ['BOLT&NUT and ACME  TOOLS', undefined],
  ['ACME', undefined],
  ['XACME TOOLS', undefined],
  ['ABC', undefined],
  ['ROADWAY FREIGHT', undefined],
  ['', undefined],
];
for (const [text, found] of cases) {
  test(`customer in "${text}"`, () => assert.equal(customerInText(text, partners), found));
}
