// Scenarios in worse times: the hub dies and the ERP fails at random points, and what comes out must be the same.
//
// Some scenarios with some seeds each time; every scenario with ten seeds in the long form (LADING_TEST_LONG=1).
// What fails is run again by `lading scenario DIR --chaos SEED`.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { beyondChaos, withChaos } from '../src/cli/scenario/chaos.ts';
import { describeDifferences, differences } from '../src/cli/scenario/compare.ts';
import { readScenario, type Scenario } from '../src/cli/scenario/folder.ts';
import { runScenario } from '../src/cli/scenario/run.ts';
import type { Step } from '../src/cli/scenario/steps.ts';
import { testServer } from './database.ts';

const HOMES = ['../../shared/scenarios/', './scenarios/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const IS_LONG = process.env.LADING_TEST_LONG === '1';

const EACH_TIME = [
  '03-late-doubled-out-of-order',
  '04-weekly-consolidation-3pl',
  '06-carrier-audit',
  '09-credit-hold-and-payments',
  '13-goods-partial-shipments',
  'adjustments-both-ways',
  'bank-statements-pay-and-take-back',
];
const SEEDS = Array.from({ length: IS_LONG ? 10 : 2 }, (_, index) => index + 1);

const folders = HOMES.filter(existsSync)
  .flatMap((home) => readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
  .filter(({ name }) => IS_LONG || EACH_TIME.includes(name));

describe('chaos', { concurrency: 4 }, () => {
  // One server for the whole file: leaving it between two scenarios would stop it.
  let server: Awaited<ReturnType<typeof testServer>>;
  before(async () => {
    server = await testServer();
  });
  after(() => server.stop());

  test('what the ERP takes only after the end is invoiced all the same', async () => {
    const scenario = await readScenario(fileURLToPath(new URL('./scenarios/charges-by-hand', import.meta.url)));
    const end = Date.parse('2026-03-05T12:00:00Z');
    const down: Step = { at: end, line: 0, step: 'erp', fault: { mode: 'down', calls: 3 } };
    const steps = scenario.steps.filter(({ at }) => at <= end).toSpliced(-1, 0, down);
    const short: Scenario = { ...scenario, endsAt: end, steps, postsAfterEnd: true };
    const { outcome, books } = await runScenario(short, { server: { url: server.url, stop: async () => {} } });
    assert.equal(outcome.shipments.find(({ shipment }) => shipment === 'S-1')?.billing, 'invoiced');
    assert.equal(outcome.conservation.USD?.difference, '0.00');
    assert.deepEqual(books.deviations, []);
  });

  for (const seed of SEEDS) {
    for (const { name, parentPath } of folders) {
      test(`scenario ${name} with chaos of seed ${seed}`, { timeout: 120_000 }, async () => {
        const scenario = withChaos(await readScenario(join(parentPath, name)), seed);
        const { outcome, books } = await runScenario(scenario, { server: { url: server.url, stop: async () => {} } });
        assert.equal(describeDifferences(beyondChaos(differences(scenario.expected, outcome))).join('\n'), '');
        assert.deepEqual(books.deviations, []);
      });
    }
  }
});
