import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBai2 } from './read.ts';

// By hand: 03 and its 88 come to 10000 + 24500 + 15000 + 500 = 50000, the two 16s to 15000; the control of 49 is 65000.
const FILE = [
  '01,122099999,LADING,260309,0600,17,80,,2/',
  '02,LADING,122099999,1,260308,2359,USD,2/',
  '03,7001,,010,10000,,,015,24500,,,100,15000,2,V,260308,1200/',
  '88,400,500,1,/',
  '16,142,14500,V,260308,,B-1,C-1,ACME TOOLS, S-901-1/2',
  '88,AND MORE/',
  '16,451,500,Z,B-2,,FEE/',
  '49,65000,6/',
  '98,65000,1,8/',
  '99,65000,1,10/',
];
const read = (...lines: string[]) => readBai2(Buffer.from(lines.join('\n')));

test('bai2: groups, accounts, summaries and transactions, with text to the end', () => {
  const found = read(...FILE);
  assert.ok(found.ok);
  const { groups, ...file } = found.file;
  assert.deepEqual(file, { sender: '122099999', receiver: 'LADING', createdOn: '2026-03-09', fileId: '17' });
  const [group] = groups;
  assert.deepEqual(
    [group?.originator, group?.status, group?.asOf, group?.modifier],
    ['122099999', '1', '2026-03-08', '2'],
  );
  const [account] = group?.accounts ?? [];
  assert.deepEqual(Object.fromEntries(account?.summaries ?? []), {
    '010': 10_000n,
    '015': 24_500n,
    '100': 15_000n,
    '400': 500n,
  });
  assert.deepEqual(account?.transactions, [
    {
      type: '142',
      amountMinor: 14_500n,
      bankReference: 'B-1',
      customerReference: 'C-1',
      text: 'ACME TOOLS, S-901-1/2 AND MORE',
    },
    { type: '451', amountMinor: 500n, bankReference: 'B-2', customerReference: '', text: 'FEE' },
  ]);
});

test('bai2: records of one line, and a line broken in a text, are the same', () => {
  const [head, group, ...rest] = FILE;
  const found = read(`${head}   ${group}`, ...rest.map((line) => line.replace('ACME TOOLS,', 'ACME\nTOOLS,')));
  assert.ok(found.ok);
  assert.equal(found.file.groups[0]?.accounts[0]?.transactions[0]?.text, 'ACME TOOLS, S-901-1/2 AND MORE');
});

const broken: [string, string, string, RegExp][] = [
  [
    'an amount changed',
    '16,142,14500',
    '16,142,14501',
    /record 49: account 7001 does not balance: its amounts come to 65001, and its control total is 65000/,
  ],
  ['a record count', '49,65000,6/', '49,65000,5/', /account 7001 has 6 records, and its control says 5/],
  ['a group total', '98,65000,1,8/', '98,65001,1,8/', /the group does not balance/],
  ['an account count', '98,65000,1,8/', '98,65000,2,8/', /it says 2 accounts, and there are 1/],
  ['a file total', '99,65000,1,10/', '99,1,1,10/', /the file does not balance/],
  ['the end cut off', '99,65000,1,10/', '', /no trailer \(99\)/],
  ['an account left open', '49,65000,6/', '', /an account that is open/],
  ['no header', '01,122099999,LADING,260309,0600,17,80,,2/', '', /the file header \(01\) comes first/],
  ['an amount that is none', '16,451,500', '16,451,5.00', /"5\.00" is no amount/],
];
for (const [name, from, to, says] of broken) {
  test(`bai2: refused: ${name}`, () => {
    const found = read(...FILE.map((line) => line.replace(from, to)));
    assert.match(found.ok ? '' : found.fault, says);
  });
}
