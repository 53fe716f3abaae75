// What the way itself costs: the linehaul, and the fuel surcharge on it.
//
// Both follow from the plan, the agreement, the rating date and the fuel prices alone, and a shipment is decided again
// after each of its messages. So the last answer is kept with the plan, for as long as somebody holds the plan.

import type { Side } from '../../model/decision.ts';
import { toMajor } from '../../model/money.ts';
import type { RuleBook, Versioned } from '../../model/rules.ts';
import type { Agreement, Lane } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import type { LocalDate } from '../../model/time.ts';
import type { Journey } from '../shipment/journey.ts';
import { rateFuel } from './fuel.ts';
import { laneFor, placeName } from './lane.ts';
import { rateLinehaul } from './linehaul.ts';
import type { RatingProblem } from './problem.ts';
import { type Rounded, roundedMinor } from './rate-sheet.ts';

export type TransportEntry = Omit<Rounded, 'facts'>;
export type Transport = {
  /** The facts they rest on are the pickup's, which may come later. */
  readonly entries: readonly TransportEntry[];
  readonly problems: readonly RatingProblem[];
};

export type TransportInput = {
  readonly side: Side;
  readonly plan: ShipmentPlan;
  readonly journey: Journey;
  readonly rules: RuleBook;
};

type Kept = {
  readonly rules: RuleBook;
  readonly agreement: Versioned<Agreement>;
  readonly date: LocalDate;
  readonly transport: Transport;
};

const KEPT: Readonly<Record<Side, WeakMap<ShipmentPlan, Kept>>> = { sell: new WeakMap(), buy: new WeakMap() };

/** Linehaul and fuel under this agreement on this date. */
export function transportOf(input: TransportInput, date: LocalDate, agreement: Versioned<Agreement>): Transport {
  const { side, plan, rules } = input;
  const kept = KEPT[side].get(plan);
  if (kept?.rules === rules && kept.date === date && kept.agreement === agreement) return kept.transport;
  const transport = rateTransport(input, date, agreement.content);
  KEPT[side].set(plan, { rules, agreement, date, transport });
  return transport;
}

const LINEHAUL_CODE = 'LHL';
/** The charge code of the way back. */
const RETURN_CODE = 'RTN';

/**
 * The way back: rated with origin and destination exchanged, by the agreement's lane in that direction where it has one, else
 * at the price of the way out. Its fuel is fuel like the other. What cannot be rated on the way out is missing there already.
 */
export function returnLegOf(input: TransportInput, date: LocalDate, { content }: Versioned<Agreement>): Transport {
  const { origin, destination } = input.journey;
  const back = { ...input.journey, origin: destination, destination: origin };
  const hasOwnLane = laneFor(content, input.plan, back.origin, back.destination) !== undefined;
  const journey = hasOwnLane ? back : input.journey;
  const way = hasOwnLane ? 'return leg' : 'return leg, at the price of the way out';
  const { entries, problems } = rateTransport({ ...input, journey }, date, content);
  const returning = entries.map((entry) => ({
    ...entry,
    code: entry.code === LINEHAUL_CODE ? RETURN_CODE : entry.code,
    derivation: () => [way, ...entry.derivation()],
  }));
  return { entries: returning, problems: hasOwnLane ? problems : [] };
}

function rateTransport({ plan, journey, rules }: TransportInput, date: LocalDate, agreement: Agreement): Transport {
  const problems: RatingProblem[] = [];
  const lane = laneFor(agreement, plan, journey.origin, journey.destination);
  if (lane === undefined) problems.push(noLane(agreement, plan, journey));
  const linehaul = lane === undefined ? undefined : linehaulOn(lane, plan, agreement, problems);
  const entries: TransportEntry[] = linehaul === undefined ? [] : [linehaul];
  if (agreement.fuel === undefined) return { entries, problems };
  const base = linehaul === undefined ? undefined : toMajor(linehaul.amountMinor, agreement.currency);
  const fuel = rateFuel(agreement.fuel, rules, date, base, plan.distanceMiles);
  if (fuel.kind === 'rated') {
    entries.push({ ...fuel, code: 'FSC', lane: lane?.id, amountMinor: roundedMinor(fuel.amount, agreement) });
  } else if (fuel.kind === 'index-missing') {
    problems.push({
      kind: 'fuel-index-missing',
      detail: `No price of ${agreement.fuel.index} on or before ${date}. Import or publish one.`,
    });
  } else if (fuel.kind === 'distance-missing') problems.push(quantityMissing('distanceMiles', 'fuel'));
  return { entries, problems };
}

function linehaulOn(lane: Lane, plan: ShipmentPlan, agreement: Agreement, problems: RatingProblem[]) {
  const rated = rateLinehaul(lane.linehaul, plan);
  if (rated.kind === 'rated') {
    return { ...rated, code: LINEHAUL_CODE, lane: lane.id, amountMinor: roundedMinor(rated.amount, agreement) };
  }
  problems.push(quantityMissing(rated.quantity, `linehaul of lane ${lane.id}`));
  return undefined;
}

function noLane(agreement: Agreement, plan: ShipmentPlan, { origin, destination }: Journey): RatingProblem {
  return {
    kind: 'no-lane',
    detail: `Agreement ${agreement.id} has no ${plan.mode} lane from ${placeName(origin)} to ${placeName(destination)}.`,
  };
}

function quantityMissing(quantity: string, what: string): RatingProblem {
  return { kind: 'quantity-missing', detail: `The shipment has no ${quantity}, which the ${what} is rated by.` };
}
