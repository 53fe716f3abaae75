// An outage of days passes in simulated time without each of its thousands of probes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testServer } from '../../../test/database.ts';
import { HOUR_MS, instantOf, MINUTE_MS } from '../../model/time.ts';
import { readScenario } from './folder.ts';
import { runScenario } from './run.ts';

const FOLDER = fileURLToPath(new URL('../../../test/scenarios/erp-slow-and-away', import.meta.url));
const BACK = instantOf('2026-04-07T14:06:30Z');
const LONGER_MS = 48 * HOUR_MS;

test('an ERP that is away for two days is passed over but for the first and last probes', async () => {
  const scenario = await readScenario(FOLDER);
  const steps = scenario.steps.map((step) => (step.at < BACK ? step : { ...step, at: step.at + LONGER_MS }));
  const long = { ...scenario, steps, endsAt: scenario.endsAt + LONGER_MS };
  const { outcome, books, figures } = await runScenario(long, { server: await testServer() });
  assert.deepEqual(books.deviations, []);
  const posted = outcome.invoices.map(({ postedAt }) => instantOf(postedAt as string));
  const after = posted.filter((at) => at > BACK);
  assert.ok(after.length >= 3, `${after.length} invoices waited for the ERP's return`);
  for (const at of after.slice(0, 2)) assert.ok(at - BACK - LONGER_MS <= MINUTE_MS, 'within a minute of its return');
  assert.ok(figures.jumps < 500, `${figures.jumps} instants were gone through, which probes alone would fill sixfold`);
});
