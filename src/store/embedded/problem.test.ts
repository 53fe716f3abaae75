import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatabaseProblem, problemData, problemFromLog } from './problem.ts';

// As PostgreSQL 18 writes them.
const cases = [
  {
    says: 'initdb: error: could not write file "/d/data/pg_wal/x": No space left on device',
    kind: 'disk-full',
  },
  {
    says: 'FATAL:  could not map anonymous shared memory: Cannot allocate memory\nHINT:  This error usually means …',
    kind: 'memory',
  },
  {
    says: 'FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by version 17',
    kind: 'version',
  },
  { says: 'PANIC:  could not locate a valid checkpoint record at 0/1B811E8', kind: 'damaged' },
  { says: 'FATAL:  could not open file "global/pg_filenode.map": No such file or directory', kind: 'damaged' },
  {
    says: 'LOG:  invalid value for parameter "work_mem": "much"\nFATAL:  configuration file "/d/local.conf" contains errors',
    kind: 'start-failed',
  },
  {
    says: 'postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object',
    kind: 'platform',
  },
  { says: 'spawn /x/bin/postgres ENOENT', kind: 'platform' },
  { says: '', kind: 'start-failed' },
] as const;

for (const { says, kind } of cases) {
  test(`database problem: ${says.split('\n')[0] || 'silence'} is ${kind}`, () => {
    const problem = problemFromLog(says, '/d');
    assert.deepEqual([problem.kind, problem.where], [kind, '/d']);
    assert.notEqual(problem.mend, '');
  });
}

test('database problem: the same after crossing from the keeper', () => {
  const problem = problemFromLog('No space left on device', '/d');
  assert.deepEqual(new DatabaseProblem(JSON.parse(JSON.stringify(problemData(problem)))), problem);
});
