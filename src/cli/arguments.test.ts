import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from './arguments.ts';
import { defineCommand } from './command.ts';
import { userErrorLine } from './user-error.ts';

const send = defineCommand({
  name: 'send',
  summary: 'gives files to the hub',
  usage: 'FILE… --partner ID [--json]',
  positionals: { name: 'FILE', min: 1, max: 2 },
  options: {
    partner: { type: 'string', value: 'ID', about: 'who sends', required: true, short: 'p' },
    json: { type: 'boolean', about: 'as JSON' },
    only: { type: 'string', about: 'some', multiple: true },
    kind: { type: 'string', about: 'of a kind', choices: ['x12', 'json'] },
  },
  run: async () => 0,
});

const taken = [
  {
    words: ['a.edi', '--partner', 'rdwy', '--json'],
    args: ['a.edi'],
    options: { partner: 'rdwy', json: true, only: [], kind: undefined },
  },
  {
    words: ['--partner=rdwy', '--only', '1', '--only=2', '--kind', 'x12', '--', '--odd-name'],
    args: ['--odd-name'],
    options: { partner: 'rdwy', json: false, only: ['1', '2'], kind: 'x12' },
  },
  {
    words: ['-p', 'rdwy', 'a', 'b'],
    args: ['a', 'b'],
    options: { partner: 'rdwy', json: false, only: [], kind: undefined },
  },
];
for (const { words, args, options } of taken) {
  test(`arguments: ${words.join(' ')}`, () => {
    assert.deepEqual(parseArguments(send, words), { args, options, wantsHelp: false });
  });
}

const USAGE = 'usage: lading send FILE… --partner ID [--json]';
const refused = [
  { words: ['--partner', 'rdwy'], says: `argument missing: FILE: ${USAGE}` },
  { words: ['a'], says: `option missing: --partner: ${USAGE}` },
  { words: ['a', 'b', 'c', '-p', 'x'], says: `unexpected argument: c: ${USAGE}` },
  { words: ['a', '--partnr', 'x'], says: 'unknown option: --partnr: did you mean --partner?' },
  { words: ['a', '--zzzzzz'], says: 'unknown option: --zzzzzz: "lading send --help" lists those there are' },
  { words: ['a', '--partner'], says: `option --partner needs a value: --partner ID: ${USAGE}` },
  { words: ['a', '--partner', 'x', '--partner', 'y'], says: `option --partner was given twice: y: ${USAGE}` },
  { words: ['a', '--json=no'], says: `option --json takes no value: no: ${USAGE}` },
  { words: ['a', '--kind', 'pdf'], says: 'unknown value of --kind: pdf: use one of x12, json' },
];
for (const { words, says } of refused) {
  test(`arguments: ${words.join(' ')} is refused`, () => {
    assert.throws(
      () => parseArguments(send, words),
      (error) => userErrorLine(error) === says || assert.fail(userErrorLine(error)),
    );
  });
}

test('arguments: --help goes before everything that is missing', () => {
  assert.equal(parseArguments(send, ['--help']).wantsHelp, true);
});
