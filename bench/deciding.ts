// How many decisions the core makes in a second, by itself: no database, no bytes. Facts in, state, charges and documents out.
import { decide } from '../src/domain/decide.ts';
import { ruleBookFrom } from '../src/domain/rules.ts';
import type { Fact } from '../src/model/fact.ts';
import type { Milestone } from '../src/model/milestone.ts';
import { ShipmentPlan } from '../src/model/shipment.ts';
import { HOUR_MS, type Instant } from '../src/model/time.ts';
import { validate } from '../src/model/validate.ts';
import { idOf, planOf, SETUP } from './pipeline/traffic.ts';

export type DecidingFigures = {
  /** One after each fact, over all facts so far, as the hub decides. */
  readonly decisions: number;
  readonly decisionsPerSecond: number;
  /** Over all eleven facts, with two sides rated and an invoice wanted. */
  readonly lastPerSecond: number;
};

export type DecidingOptions = { readonly shipments?: number; readonly rounds?: number };

const START: Instant = Date.parse('2026-03-02T06:00:00Z');
const LIFE: readonly Milestone[] = [
  ...(['tendered', 'arrived-pickup', 'picked-up', 'departed-pickup', 'in-transit', 'arrived-terminal'] as const),
  ...(['arrived-delivery', 'out-for-delivery', 'delivered'] as const),
];

/** The median of the rounds counts; the first is not timed. */
export function benchDeciding({ shipments = 2_000, rounds = 5 }: DecidingOptions = {}): DecidingFigures {
  const rules = rulesOfBench();
  const facts = Array.from({ length: shipments }, (_, shipment) => factsOf(shipment));
  const growing = () => {
    for (const [shipment, all] of facts.entries()) {
      for (let count = 1; count <= all.length; count++) decideOver(shipment, all.slice(0, count));
    }
  };
  const whole = () => {
    for (const [shipment, all] of facts.entries()) decideOver(shipment, all);
  };
  const decideOver = (shipment: number, over: readonly Fact[]) =>
    decide(
      { shipment: idOf(shipment), facts: over, documents: [], orders: [], standing: {} },
      rules,
      START + 100 * HOUR_MS,
    );
  const decisions = facts.reduce((sum, { length }) => sum + length, 0);
  const growingSeconds = medianSeconds(growing, rounds);
  return {
    decisions,
    decisionsPerSecond: decisions / growingSeconds,
    lastPerSecond: shipments / medianSeconds(whole, rounds),
  };
}

// Both sides: the carrier is to get three quarters.
function rulesOfBench() {
  const first = { version: 1, importedAt: 0 };
  const { partners = [], agreements = [], policies = [], fuel = [] } = SETUP;
  const [sell] = agreements;
  if (sell === undefined) throw new Error('the traffic has no agreement');
  const buy = { ...sell, id: 'swft-2026', side: 'buy' as const, party: 'swft' };
  return ruleBookFrom({
    versions: [
      ...partners.map((content) => ({ kind: 'partner' as const, id: content.id, ...first, content })),
      ...[sell, buy].map((content) => ({ kind: 'agreement' as const, id: content.id, ...first, content })),
      ...policies.map((content) => ({ kind: 'policy' as const, id: content.customer, ...first, content })),
    ],
    fuelPrices: fuel.flatMap(({ index, entries }) => entries.map((entry) => ({ index, ...entry }))),
  });
}

function factsOf(shipment: number): Fact[] {
  const read = validate(ShipmentPlan, JSON.parse(Buffer.from(planOf(shipment)).toString()).data);
  if (!read.ok) throw new Error('the plan of the traffic is broken');
  const said = (id: string, sender: string, reportedAt: Instant) => ({ id: `${shipment}.${id}`, sender, reportedAt });
  return [
    { ...said('plan', 'tms', START), kind: 'plan', plan: read.value },
    ...LIFE.map((milestone, index): Fact => {
      const at = START + (3 * index + 1) * HOUR_MS;
      return { ...said(milestone, 'swft', at), kind: 'milestone', milestone, occurredAt: at };
    }),
    { ...said('pod', 'swft', START + 40 * HOUR_MS), kind: 'document', document: 'pod', mediaType: 'image/png' },
  ];
}

function medianSeconds(work: () => void, rounds: number): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const begin = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000_000;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] as number;
}
