import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { layOutEdifact } from '../../formats/edifact/index.ts';
import { meaningInEdifact } from './code-meanings.ts';
import { isPersonalInEdifact, namesOfEdifact } from './segment-names.ts';

const names = [
  { of: ['DTM', 1, 3], is: 'Written as' },
  { of: ['NAD', 4, 1], is: 'Name' },
  { of: ['NAD', 9, 1], is: 'Country' },
  { of: ['NAD', 3, 2], is: undefined },
  { of: ['TDT', 8, 4], is: 'In words' },
  { of: ['TDT', 9, 1], is: 'Ownership' },
  { of: ['LOC', 2, 4], is: 'Name' },
  { of: ['XXX', 1, 1], is: undefined },
] as const;
for (const {
  of: [segment, element, component],
  is,
} of names) {
  test(`EDIFACT: ${segment} ${element}:${component} is ${is ?? 'without a name'}`, () =>
    assert.equal(namesOfEdifact(segment)?.nameOf(element, component), is));
}

const codes = [
  { of: ['DTM', 1, 1, '137'], means: 'the document itself' },
  { of: ['DTM', 1, 2, '137'], means: undefined },
  { of: ['DTM', 1, 3, '203'], means: 'CCYYMMDDHHMM' },
  { of: ['NAD', 1, 1, 'CN'], means: 'consignee' },
  { of: ['RFF', 1, 1, 'CN'], means: 'carrier’s number' },
  { of: ['NAD', 1, 1, 'constructor'], means: undefined },
] as const;
for (const { of, means } of codes) {
  test(`EDIFACT: ${of.join(' ')} means ${means ?? 'nothing to us'}`, () =>
    assert.equal(meaningInEdifact(...(of as [string, number, number, string])), means));
}

test('persons are told from firms', () => {
  assert.deepEqual(
    [isPersonalInEdifact('CTA', 2), isPersonalInEdifact('COM', 1), isPersonalInEdifact('NAD', 4)],
    [true, true, false],
  );
});

const CORPUS = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'corpus');
const missing = existsSync(CORPUS) ? false : `there is no corpus at ${CORPUS}`;

test('nearly every segment of real transport and trade messages has words', { skip: missing }, () => {
  const folders = ['iftmin', 'iftsta', 'ifcsum', 'desadv', 'orders', 'invoic', 'coparn', 'coarri'];
  const ids = folders.flatMap((folder) => {
    const path = join(CORPUS, `edifact-${folder}`);
    return readdirSync(path).flatMap((name) => layOutEdifact(readFileSync(join(path, name)), 10_000)?.segments ?? []);
  });
  const without = new Set(ids.map(({ id }) => id).filter((id) => namesOfEdifact(id) === undefined));
  assert.deepEqual([...without], []);
});
