import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSetupProblem, readSetupFolder } from './setup-folder.ts';

const US = { country: 'US' };
const LANE = { id: 'l', mode: 'FTL', origin: US, destination: US, linehaul: { basis: 'flat', rate: '100.00' } };
const AGREEMENT = { id: 'a', side: 'sell', party: 'acme', currency: 'USD', validFrom: '2026-01-01', lanes: [LANE] };
const PARTNER = { id: 'acme', name: 'Acme Tools', roles: ['customer'] };
const laneWith = (linehaul: object) => ({ ...AGREEMENT, lanes: [{ ...LANE, linehaul }] });

type Files = Record<string, unknown>;

async function read(files: Files, known?: { partners: ReadonlySet<string> }) {
  const dir = mkdtempSync(join(tmpdir(), 'lading-setup-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return await readSetupFolder(dir, known);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function problemsOf(files: Files, known?: { partners: ReadonlySet<string> }): Promise<string[]> {
  const folder = await read(files, known);
  return folder.ok ? [] : folder.problems.map(describeSetupProblem);
}

test('setup folder: JSON and YAML, and what else lies there is left alone', async () => {
  const folder = await read({
    'partners.yaml': '- id: acme\n  name: Acme Tools\n  roles: [customer]\n',
    'agreements.json': [AGREEMENT],
    'traffic.jsonl': 'not ours',
  });
  assert.deepEqual(folder, {
    ok: true,
    setup: { partners: [PARTNER], agreements: [AGREEMENT] },
    files: ['partners.yaml', 'agreements.json'],
  });
});

const refusals: { name: string; files: Files; says: string[] }[] = [
  {
    name: 'an unknown key, by name',
    files: { 'partners.json': [{ ...PARTNER, rolls: [] }] },
    says: ['partners.json: [0] has the unknown key rolls'],
  },
  {
    name: 'a value outside its list, with the list',
    files: { 'agreements.json': [{ ...AGREEMENT, side: 'both' }] },
    says: ['agreements.json: [0].side is none of sell, buy'],
  },
  {
    name: 'a number where a decimal text belongs',
    files: { 'agreements.json': [laneWith({ basis: 'flat', rate: 2.35 })] },
    says: ['agreements.json: [0].lanes[0].linehaul.rate is a number; put it in quotes: "2.35"'],
  },
  {
    name: 'an accessorial, by what its trigger needs',
    files: {
      'agreements.json': [
        { ...AGREEMENT, accessorials: [{ code: 'DET', trigger: 'detention', rate: '1', stops: 'all' }] },
      ],
    },
    says: [
      'agreements.json: [0].accessorials[0] is missing freeMinutes, incrementMinutes',
      'agreements.json: [0].accessorials[0].stops is none of pickup, delivery, any',
    ],
  },
  {
    name: 'an unknown trigger',
    files: { 'agreements.json': [{ ...AGREEMENT, accessorials: [{ code: 'X', trigger: 'always', rate: '1' }] }] },
    says: [
      'agreements.json: [0].accessorials[0].trigger is none of detention, reported, failed-delivery, attribute, cancelled-after-dispatch',
    ],
  },
  {
    name: 'broken JSON, with its place',
    files: { 'fuel.json': '[{"index": "d",\n }]' },
    says: ['fuel.json: is broken JSON at line 2, column 2; correct it there'],
  },
  {
    name: 'a file that says the same twice',
    files: { 'partners.json': [PARTNER], 'partners.yml': '[]' },
    says: ['partners.yml: says the same as partners.json; keep one of the two'],
  },
  {
    name: 'two objects of one id',
    files: { 'partners.json': [PARTNER, { ...PARTNER, name: 'Other' }] },
    says: ['partners.json: [1] repeats the id acme of [0]'],
  },
  {
    name: 'one identifier of two partners',
    files: {
      'partners.json': [
        { ...PARTNER, identifiers: [{ scheme: 'scac', value: 'SWFT' }] },
        { ...PARTNER, id: 'b', identifiers: [{ scheme: 'scac', value: 'SWFT' }] },
      ],
    },
    says: [
      'partners.json: [1].identifiers[0] is scac SWFT, which names acme already; one identifier names one partner',
    ],
  },
  {
    name: 'an agreement that ends before it begins',
    files: { 'agreements.json': [{ ...AGREEMENT, validTo: '2025-12-31' }] },
    says: ['agreements.json: [0].validTo is 2025-12-31, before validFrom 2026-01-01'],
  },
  {
    name: 'a linehaul without a price',
    files: { 'agreements.json': [laneWith({ basis: 'per-mile' })] },
    says: ['agreements.json: [0].lanes[0].linehaul has neither rate nor breaks; give one'],
  },
  {
    name: 'empty breaks',
    files: { 'agreements.json': [laneWith({ basis: 'per-cwt', breaks: [] })] },
    says: ['agreements.json: [0].lanes[0].linehaul.breaks must not have fewer than 1 items'],
  },
  {
    name: 'breaks of one quantity',
    files: {
      'agreements.json': [
        laneWith({
          basis: 'per-cwt',
          breaks: [
            { from: '500', rate: '2' },
            { from: '500.0', rate: '1' },
          ],
        }),
      ],
    },
    says: ['agreements.json: [0].lanes[0].linehaul.breaks[1] repeats the from 500 of [0].lanes[0].linehaul.breaks[0]'],
  },
  {
    name: 'two prices of one fuel week',
    files: {
      'fuel.json': [
        {
          index: 'd',
          entries: [
            { effective: '2026-03-02', price: '3' },
            { effective: '2026-03-02', price: '4' },
          ],
        },
      ],
    },
    says: ['fuel.json: [0].entries[1] repeats the effective 2026-03-02 of [0].entries[0]'],
  },
  {
    name: 'two tax rows that match the same',
    files: {
      'taxes.json': [
        { country: 'US', region: 'IL', rate: '0' },
        { region: 'IL', country: 'US', rate: '1' },
      ],
    },
    says: ['taxes.json: [1] repeats the keys {"country":"US","region":"IL"} of [0]'],
  },
  {
    name: 'a tax rate in percent',
    files: { 'taxes.json': [{ rate: '1' }, { country: 'DE', rate: '19' }] },
    says: ['taxes.json: [1].rate is 19; give it as a part of one: "0.19" is 19 %'],
  },
  {
    name: 'a country by its name of three letters',
    files: { 'agreements.json': [{ ...AGREEMENT, lanes: [{ ...LANE, origin: { country: 'USA' } }] }] },
    says: ['agreements.json: [0].lanes[0].origin.country is not an ISO 3166-1 country of two capitals, such as US'],
  },
  {
    name: 'a rate below zero',
    files: { 'agreements.json': [laneWith({ basis: 'flat', rate: '-1' })] },
    says: [
      'agreements.json: [0].lanes[0].linehaul.rate is not a decimal number of zero or more in quotes, such as "128.40"',
    ],
  },
  {
    name: 'a file with a slip in its name, which would be left alone',
    files: { 'partners.json': [PARTNER], 'polices.json': [], 'tax.yaml': '' },
    says: [
      'polices.json: is no setup file; did you mean policies.json?',
      'tax.yaml: is no setup file; did you mean taxes.yaml?',
    ],
  },
];
for (const { name, files, says } of refusals) {
  test(`setup folder: refuses ${name}`, async () => assert.deepEqual(await problemsOf(files), says));
}

test('setup folder: a party nobody has is refused where it is known who there is', async () => {
  const files = { 'agreements.json': [AGREEMENT] };
  assert.deepEqual(await problemsOf(files), []);
  assert.deepEqual(await problemsOf(files, { partners: new Set(['acme']) }), []);
  assert.deepEqual(await problemsOf({ ...files, 'partners.json': [PARTNER] }, { partners: new Set() }), []);
  assert.deepEqual(await problemsOf(files, { partners: new Set(['zeta']) }), [
    'agreements.json: [0].party is acme, which no partner has as id; add it to partners.json',
  ]);
});

test('setup folder: none there, no file in it, not a folder', async () => {
  const told = async (dir: string) => {
    const folder = await readSetupFolder(dir);
    return folder.ok ? '' : describeSetupProblem(folder.problems[0] as never);
  };
  assert.equal(await told('/nowhere/at/all'), '/nowhere/at/all: it is not there; check the name');
  assert.match(await told(import.meta.filename), /: it is not a folder; name the folder that holds partners\.json/);
  assert.match((await problemsOf({ 'readme.txt': '' }))[0] ?? '', /has no setup file; it may have partners\.json/);
});
