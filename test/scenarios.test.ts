// Whole scenarios, from the bytes of partners to the documents in the ERP: the shared ones, and our own in `scenarios/`.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeDifferences, differences } from '../src/cli/scenario/compare.ts';
import { readScenario } from '../src/cli/scenario/folder.ts';
import { runScenario } from '../src/cli/scenario/run.ts';
import { testServer } from './database.ts';

const SHARED = fileURLToPath(new URL('../../shared/scenarios/', import.meta.url));
const OWN = fileURLToPath(new URL('./scenarios/', import.meta.url));

/** Those of the shared scenarios that need only what is built so far. */
const COVERED = [
  '01-ltl-deficit-fuel-pod',
  '02-ftl-detention',
  '03-late-doubled-out-of-order',
  '04-weekly-consolidation-3pl',
  '05-export-release',
  '06-carrier-audit',
  '07-erp-down-exactly-one',
  '08-tonu-refused-redelivered',
  '09-credit-hold-and-payments',
  '10-bad-input',
  '11-tax-and-legal-entities',
  '12-who-may-say-what',
  '13-goods-partial-shipments',
  '14-returns-and-shortages',
];

const own = readdirSync(OWN, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const folders = [...COVERED.map((name) => join(SHARED, name)), ...own.map(({ name }) => join(OWN, name)).sort()];

// One server for the whole file: leaving it between two scenarios would stop it.
let server: Awaited<ReturnType<typeof testServer>>;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

// Each has a world and a database of its own, and waits for it half of the time.
describe('scenarios', { concurrency: 3 }, () => {
  for (const folder of folders) {
    const skip = existsSync(folder) ? false : 'the folder is not there';
    test(`scenario ${folder.split('/').at(-1)}`, { skip, timeout: 120_000 }, async () => {
      const scenario = await readScenario(folder);
      assert.notEqual(scenario.expected, undefined, 'expected.json is not there');
      const { outcome, books } = await runScenario(scenario, { server: { url: server.url, stop: async () => {} } });
      assert.deepEqual(books.deviations, []);
      assert.equal(describeDifferences(differences(scenario.expected, outcome)).join('\n'), '');
    });
  }
});
