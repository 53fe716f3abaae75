// The same scenario in worse times: the hub dies and the ERP fails at random points, and the outcome must not differ.
//
// What goes wrong is woven in between the scenario's own steps, drawn from a seed, so that each run can be had again. A
// fault of the ERP hits a few calls and is then over. While the scenario itself has the ERP fail, we leave it at that.
import { type Chance, seeded } from '../../../examples/network/seeded.ts';
import type { Fault } from '../../../examples/odoo-stand-in/index.ts';
import type { Instant } from '../../model/time.ts';
import type { Difference } from './compare.ts';
import type { Scenario } from './folder.ts';
import type { Step, Trouble } from './steps.ts';

/** Of a hundred gaps between two steps, so many see something go wrong. */
const TROUBLED_GAPS = 60;
const MOST_TROUBLES_IN_A_GAP = 3;

/** So far into its work the hub may come before it dies. */
const MOST_STATEMENTS = 60;
const MOST_ERP_CALLS = 8;

const FAULTS = ['down', 'slow', 'timeout-after-commit', 'garbage', 'throttled', 'cut-off'] as const;
const MOST_CALLS_HIT = 4;
const MOST_CALLS_SKIPPED = 8;
const SLOW_BY_MS = 20;

/** The scenario with trouble between its steps; what that put off is posted after its end. */
export function withChaos(scenario: Scenario, seed: number): Scenario {
  const chance = seeded(seed);
  const steps: Step[] = [];
  let from = scenario.startsAt;
  let isErpWell = true;
  for (const step of scenario.steps) {
    steps.push(...troublesBetween(from, step.at, isErpWell, chance), step);
    if (step.step === 'erp') isErpWell = step.fault.mode === 'up';
    from = step.at;
  }
  steps.push(...troublesBetween(from, scenario.endsAt, isErpWell, chance));
  if (!isErpWell) return { ...scenario, steps };
  const recovery: Step = { at: scenario.endsAt, line: 0, step: 'erp', fault: { mode: 'up' } };
  return { ...scenario, steps: [...steps, recovery], postsAfterEnd: true };
}

function troublesBetween(from: Instant, until: Instant, isErpWell: boolean, chance: Chance): Step[] {
  if (!chance.percent(TROUBLED_GAPS)) return [];
  const count = 1 + chance.below(MOST_TROUBLES_IN_A_GAP);
  const times = Array.from({ length: count }, () => instantBetween(from, until, chance)).sort((a, b) => a - b);
  return times.map((at) => ({ at, line: 0, ...trouble(isErpWell, chance) }));
}

// At once, so that it hits what the step before has begun, as often as some time later.
function instantBetween(from: Instant, until: Instant, chance: Chance): Instant {
  return chance.percent(50) ? from : from + Math.floor(((until - from) * chance.below(1_000)) / 1_000);
}

function trouble(isErpWell: boolean, chance: Chance): Trouble {
  const drawn = chance.below(100);
  if (isErpWell && drawn < 50) return { step: 'erp', fault: fault(chance) };
  if (drawn < 60) return { step: 'crash' };
  if (drawn < 80)
    return { step: 'crash-during', moment: { of: 'statement', count: 1 + chance.below(MOST_STATEMENTS) } };
  return { step: 'crash-during', moment: { of: 'erp-call', count: 1 + chance.below(MOST_ERP_CALLS) } };
}

function fault(chance: Chance): Fault {
  const mode = chance.pick(FAULTS);
  const extent = { skip: chance.below(MOST_CALLS_SKIPPED), calls: 1 + chance.below(MOST_CALLS_HIT) };
  return mode === 'slow' ? { mode, ...extent, delayMs: SLOW_BY_MS } : { mode, ...extent };
}

/** The differences that chaos must not make: all but later posting. */
export function beyondChaos(list: readonly Difference[]): Difference[] {
  const isTime = (value: unknown) => typeof value === 'string';
  return list.filter(({ path, expected, got }) => !(path.endsWith('.postedAt') && isTime(expected) && isTime(got)));
}
