// One side of a shipment, rated: every charge with its arithmetic, and what could not be rated.
//
// What can be rated is rated; what cannot is missing and has its problem. Each charge, each stop's detention and each
// report is rounded by itself, then those of one code are added (contract section 2).

import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { RatedCharge, Side } from '../../model/decision.ts';
import type { ChargeFact, Fact } from '../../model/fact.ts';
import type { RuleBook, Versioned } from '../../model/rules.ts';
import type { Accessorial, Agreement } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import { formatInstant, type LocalDate } from '../../model/time.ts';
import { type Happening, happened, type Journey, pickupAt } from '../shipment/journey.ts';
import type { Cancellation } from '../shipment/status.ts';
import { agreementFor } from './agreement.ts';
import { detentionAtStops } from './detention.ts';
import type { RatingProblem } from './problem.ts';
import { RateSheet } from './rate-sheet.ts';
import { returnLegOf, transportOf } from './transport.ts';

export type Rated = { readonly charges: readonly RatedCharge[]; readonly problems: readonly RatingProblem[] };

export type RatingInput = {
  readonly side: Side;
  /** The customer on the sell side, the carrier on the buy side. */
  readonly party: string;
  readonly plan: ShipmentPlan;
  readonly journey: Journey;
  readonly facts: readonly Fact[];
  readonly cancellation: Cancellation | undefined;
  readonly date: LocalDate | undefined;
  readonly rules: RuleBook;
  /** It came back, and the way back is charged too. */
  readonly withReturnLeg?: boolean;
};

const NOTHING: Rated = { charges: [], problems: [] };

export function rateSide(input: RatingInput): Rated {
  const { side, party, date, rules, cancellation } = input;
  if (cancellation !== undefined && !cancellation.afterDispatch) return NOTHING;
  const agreement = date === undefined ? undefined : agreementFor(rules, side, party, date);
  if (agreement === undefined) {
    // Without any time there is no date to rate by yet, and an agreement may still come to hold it.
    const isOpen = date === undefined && (rules.agreements.get(`${side}:${party}`)?.length ?? 0) > 0;
    return isOpen ? NOTHING : { charges: [], problems: [noAgreement(side, party, date)] };
  }
  const terms = agreement.content.accessorials ?? [];
  const notUsed = terms.find(({ trigger }) => trigger === 'cancelled-after-dispatch');
  if (cancellation !== undefined && notUsed === undefined && !cancellation.afterPickup) return NOTHING;
  const sheet = new RateSheet(side, agreement);
  const problems: RatingProblem[] = [];
  if (cancellation !== undefined && notUsed !== undefined && 'rate' in notUsed) {
    sheet.add({
      code: notUsed.code,
      amount: decimal(notUsed.rate),
      derivation: () => [`cancelled after dispatch: ${notUsed.rate}`],
      facts: happened(input.journey, 'cancelled').map(({ factId }) => factId),
    });
  } else {
    problems.push(...addTransport(input, date as LocalDate, agreement, sheet));
    addAttributes(terms, input.plan, sheet);
  }
  addDetention(terms, input.journey, sheet);
  addFailedDeliveries(terms, input.journey, sheet);
  problems.push(...addReported(terms, input, agreement.content, sheet));
  return { charges: sheet.charges(), problems };
}

function noAgreement(side: Side, party: string, date: LocalDate | undefined): RatingProblem {
  const on = date === undefined ? '' : ` holding ${date}`;
  return {
    kind: 'no-agreement',
    detail: `No ${side} agreement of ${party}${on}. Import one whose validity holds that date.`,
  };
}

function addTransport(
  input: RatingInput,
  date: LocalDate,
  agreement: Versioned<Agreement>,
  sheet: RateSheet,
): readonly RatingProblem[] {
  const out = transportOf(input, date, agreement);
  const facts = pickupFacts(input.journey);
  for (const entry of out.entries) sheet.addRounded({ ...entry, facts });
  if (input.withReturnLeg !== true) return out.problems;
  const back = returnLegOf(input, date, agreement);
  const returned = happened(input.journey, 'returned').map(({ factId }) => factId);
  for (const entry of back.entries) sheet.addRounded({ ...entry, facts: returned });
  return [...out.problems, ...back.problems];
}

function addAttributes(terms: readonly Accessorial[], plan: ShipmentPlan, sheet: RateSheet): void {
  for (const term of terms) {
    if (term.trigger !== 'attribute' || !plan.attributes?.includes(term.attribute)) continue;
    const derivation = () => [`${term.attribute}: ${term.rate}`];
    sheet.add({ code: term.code, amount: decimal(term.rate), derivation, facts: [] });
  }
}

function addDetention(terms: readonly Accessorial[], journey: Journey, sheet: RateSheet): void {
  for (const term of terms) {
    if (term.trigger !== 'detention') continue;
    for (const { amount, derivation, facts } of detentionAtStops(term, journey)) {
      sheet.add({ code: term.code, amount, derivation, facts });
    }
  }
}

function addFailedDeliveries(terms: readonly Accessorial[], journey: Journey, sheet: RateSheet): void {
  for (const term of terms) {
    if (term.trigger !== 'failed-delivery') continue;
    for (const { at, factId } of failedAttempts(journey)) {
      const derivation = () => [`failed attempt ${formatInstant(at)}: ${term.rate}`];
      sheet.add({ code: term.code, amount: decimal(term.rate), derivation, facts: [factId] });
    }
  }
}

// One time at one stop is one attempt, however it was called.
function failedAttempts(journey: Journey): Happening[] {
  const attempts = new Map<string, Happening>();
  for (const happening of journey.happenings) {
    const { milestone, at, stop } = happening;
    if (milestone !== 'delivery-failed' && milestone !== 'refused') continue;
    const key = `${at}@${stop?.sequence ?? ''}`;
    if (!attempts.has(key)) attempts.set(key, happening);
  }
  return [...attempts.values()];
}

function addReported(
  terms: readonly Accessorial[],
  { facts, side }: RatingInput,
  agreement: Agreement,
  sheet: RateSheet,
): RatingProblem[] {
  const reports = facts
    .filter((fact): fact is ChargeFact => fact.kind === 'charge' && (fact.side === side || fact.side === 'both'))
    .sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
  const unpriced = new Set<string>();
  for (const report of reports) {
    const term = terms.find((candidate) => candidate.trigger === 'reported' && candidate.code === report.code);
    if (term === undefined || !('rate' in term)) {
      unpriced.add(report.code);
      continue;
    }
    const quantity = decimal(report.quantity ?? '1');
    const amount = decimal(term.rate).times(quantity);
    const derivation = () => [`reported: ${formatDecimal(quantity)} × ${term.rate} = ${formatDecimal(amount)}`];
    sheet.add({ code: term.code, amount, derivation, facts: [report.id] });
  }
  return [...unpriced].sort().map((code) => ({
    kind: 'accessorial-not-in-agreement',
    detail: `${code} was reported, and agreement ${agreement.id} does not price it as reported.`,
  }));
}

function pickupFacts(journey: Journey): string[] {
  const pickup = pickupAt(journey, journey.origin);
  return pickup === undefined ? [] : [pickup.factId];
}
