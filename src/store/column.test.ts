import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { testServer } from '../../test/database.ts';
import {
  bigintColumn,
  booleanColumn,
  bytesColumn,
  floatColumn,
  integerColumn,
  jsonColumn,
  textColumn,
} from './column.ts';

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

const optional = <T>(some: fc.Arbitrary<T>) => fc.option(some);

test('columns: PostgreSQL reads back what was written', async () => {
  // PostgreSQL keeps no U+0000, and half a surrogate pair is no character.
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\u0000') && value.isWellFormed()),
    fc.constantFrom('', 'null', 'NULL', '{', '}', ',', '"', '\\', ' a ', '\\"', 'm²', 'x'.repeat(200)),
  );
  const row = fc.record({
    text: optional(text),
    integer: optional(fc.integer()),
    bigint: optional(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    float: optional(fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0))),
    boolean: optional(fc.boolean()),
    bytes: optional(fc.uint8Array({ maxLength: 20 })),
    json: optional(fc.tuple(text, fc.integer())),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (given) => {
      const { rows } = await client.query(
        `select $1::text[] as texts, $2::int[] as integers, $3::bigint[] as bigints, $4::float8[] as floats,
                $5::boolean[] as booleans, $6::bytea[] as bytes, $7::jsonb[] as json`,
        [
          textColumn(given, (each) => each.text),
          integerColumn(given, (each) => each.integer),
          bigintColumn(given, (each) => each.bigint),
          floatColumn(given, (each) => each.float),
          booleanColumn(given, (each) => each.boolean),
          bytesColumn(given, (each) => each.bytes),
          jsonColumn(given, (each) => each.json && JSON.stringify(each.json)),
        ],
      );
      assert.deepEqual(rows[0], {
        texts: given.map((each) => each.text),
        integers: given.map((each) => each.integer),
        bigints: given.map((each) => each.bigint?.toString() ?? null),
        floats: given.map((each) => each.float),
        booleans: given.map((each) => each.boolean),
        bytes: given.map((each) => each.bytes && Buffer.from(each.bytes)),
        json: given.map((each) => each.json),
      });
    }),
    { numRuns: 60 },
  );
});

test('columns: what is larger than the kept buffer is written whole, and the next column is right', async () => {
  const large = 'é'.repeat(3_000_000);
  const { rows } = await client.query('select $1::text[] as large, $2::text[] as small', [
    textColumn([large, null, 'b'], (value) => value),
    textColumn(['a'], (value) => value),
  ]);
  assert.ok(rows[0].large[0] === large);
  assert.deepEqual(rows[0].large.slice(1), [null, 'b']);
  assert.deepEqual(rows[0].small, ['a']);
});
