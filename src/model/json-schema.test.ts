import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { publishedSchemas } from './json-schema.ts';

const FOLDER = new URL('../../schemas/', import.meta.url);

test('schemas/ holds exactly what the hub validates by', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const schemas = publishedSchemas();
  assert.deepEqual(files.sort(), [...schemas.keys()].sort(), 'run ./lading schemas schemas');
  for (const [file, schema] of schemas) {
    const published = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    assert.deepEqual(published, schema, `${file}: run ./lading schemas schemas`);
  }
});
