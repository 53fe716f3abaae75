// A legal entity that is added by setup files alone changes nothing for the others: one network, with and without it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readScenario, type Scenario } from '../src/cli/scenario/folder.ts';
import { runScenario } from '../src/cli/scenario/run.ts';
import { testServer } from './database.ts';

const FOLDER = fileURLToPath(new URL('./scenarios/legal-entity-added-by-files', import.meta.url));

let server: Awaited<ReturnType<typeof testServer>>;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

const outcomeOf = async (scenario: Scenario) =>
  (await runScenario(scenario, { server: { url: server.url, stop: async () => {} } })).outcome;

test('others come out the same with and without the added entity, its customer and its carrier', async () => {
  const scenario = await readScenario(FOLDER);
  const isOfKuwait = (of: unknown) => /S-1[12]|"nippon"|"gulf"/.test(JSON.stringify(of));
  const without = scenario.steps.filter((step) => step.step !== 'import' && !isOfKuwait(step));
  assert.ok(without.length > 0 && without.length < scenario.steps.length);
  const [both, alone] = [await outcomeOf(scenario), await outcomeOf({ ...scenario, steps: without })];
  for (const list of ['shipments', 'charges', 'invoices', 'exceptions'] as const) {
    const others = (both[list] as unknown[]).filter((row) => !isOfKuwait(row));
    assert.deepEqual(others, alone[list], list);
  }
  assert.equal(alone.shipments.length, 2);
  assert.deepEqual(both.conservation.USD, alone.conservation.USD);
});
