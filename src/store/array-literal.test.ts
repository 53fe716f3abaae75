import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { testServer } from '../../test/database.ts';
import { plainArray, textArray } from './array-literal.ts';

let server: Awaited<ReturnType<typeof testServer>>;
let client: pg.Client;
before(async () => {
  server = await testServer();
  client = new pg.Client(server.url);
  await client.connect();
});
after(async () => {
  await client.end();
  await server.stop();
});

test('array literals: PostgreSQL reads back what was written', async () => {
  // PostgreSQL keeps no U+0000, and half a surrogate pair is no character.
  const text = fc.oneof(
    fc.string({ unit: 'binary' }).filter((value) => !value.includes('\u0000') && value.isWellFormed()),
    fc.constantFrom('', 'null', 'NULL', '{', '}', ',', '"', '\\', ' a ', '\\"'),
  );
  const rows = fc.array(fc.tuple(fc.option(text), fc.option(fc.integer())), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const literals = [textArray(given.map(([value]) => value)), plainArray(given.map(([, value]) => value))];
      const result = await client.query('select $1::text[] as texts, $2::float8[] as numbers', literals);
      const [{ texts, numbers }] = result.rows;
      assert.deepEqual(
        texts,
        given.map(([value]) => value),
      );
      assert.deepEqual(
        numbers,
        given.map(([, value]) => value),
      );
    }),
    { numRuns: 60 },
  );
});
