// The heart of the house: what should be, from what was said. Pure: no I/O, no clock, no randomness.
//
//   facts ─ picture ─► plan, journey, status ─ charges ─► what is charged ─ bill ─► documents, states
//
// Everything is computed anew from the whole set of facts each time, so arrival order and repetition cannot matter; only what
// was already decided to stand outside (the documents) is taken as given, and the answer is the difference to it.

import type { Decision, RatedCharge, Route, ShipmentInput, Standing } from '../model/decision.ts';
import type { OpenException } from '../model/exception.ts';
import type { RateUsed } from '../model/exchange.ts';
import { LEARNED_REFERENCE_TYPES, type Reference } from '../model/reference.ts';
import type { RuleBook } from '../model/rules.ts';
import type { BillingPolicy } from '../model/setup/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Bill, billFor } from './billing/bill.ts';
import { type Charges, chargesOf } from './billing/charges.ts';
import type { Authorised } from './billing/documents.ts';
import { onReturnOf } from './billing/on-return.ts';
import { hasDocument } from './billing/trigger.ts';
import { marginOf, needsExchange, rateMissing } from './exchange/margin.ts';
import {
  approvalException,
  missingExportProof,
  missingProof,
  notPartyException,
  serviceExceptions,
} from './service/exceptions.ts';
import type { Heard } from './shipment/hearing.ts';
import { type Journey, pickupAt, wholeDelivery } from './shipment/journey.ts';
import { type Picture, pictureOf } from './shipment/picture.ts';

export type DecideOptions = {
  /** An approver releases what waits in `adjustment-approval` now. */
  readonly approve?: boolean;
  /** What a person entered just now within the own limit needs no approver. */
  readonly authorised?: Authorised;
};

/** `undefined` while no plan of the shipment was heard: then its facts are only kept. */
export function decide(
  input: ShipmentInput,
  rules: RuleBook,
  now: Instant,
  { approve = false, authorised }: DecideOptions = {},
): Decision | undefined {
  const picture = pictureOf(input, rules);
  if (picture === undefined) return undefined;
  const { plan, journey, status, policy } = picture;
  const charges = chargesOf(input, picture);
  const bill = billFor(input, picture, charges, { approve, authorised, now });
  const rated = [...charges.buy, ...charges.sell];
  const exchange = exchangeOf(
    input,
    picture,
    charges.disbursed.length === 0 ? rated : [...rated, ...charges.disbursed],
  );
  const delivery = wholeDelivery(journey);
  const proof = isBilledByReturn(picture, bill)
    ? undefined
    : proofOf(input.shipment, policy, delivery?.at, picture, now);
  const exceptions = exceptionsOf(input.shipment, picture, charges, bill);
  const awaited = [proof, exportProofOf(input, picture, bill, now)].filter((each) => each !== undefined);
  for (const each of awaited) if ('exception' in each) exceptions.push(each.exception);
  exceptions.push(...exchange.problems);
  return {
    shipment: input.shipment,
    customer: plan.customer,
    carrier: plan.carrier,
    mode: plan.mode,
    route: routeOf(journey),
    legalEntity: picture.legalEntity,
    status,
    pickedUpAt: pickupAt(journey, journey.origin)?.at,
    deliveredAt: delivery?.at,
    ratingDate: picture.date,
    billing: bill.state,
    charges: bill.rows,
    rated,
    ...(charges.disbursed.length === 0 ? {} : { disbursed: charges.disbursed }),
    exceptions,
    documents: bill.decided,
    candidates: bill.candidates,
    claims: bill.claims,
    standing: withRates(bill.standing, exchange.rates),
    awaitingApproval: bill.awaitingApproval,
    unheard: picture.unheard,
    references: referencesOf(picture),
    wakeAt: earliest(awaited),
  };
}

type Exchange = { readonly rates?: readonly RateUsed[]; readonly problems: readonly OpenException[] };

const ONE_CURRENCY: Exchange = { problems: [] };

// Only where several currencies meet. From its first document on a shipment keeps the rates it has.
function exchangeOf(input: ShipmentInput, picture: Picture, charges: readonly RatedCharge[]): Exchange {
  if (!needsExchange(charges, picture.legalEntity, picture.rules)) return ONE_CURRENCY;
  const kept = input.documents.length > 0 ? input.standing.exchange : undefined;
  const answer = marginOf({ ...picture, charges, kept });
  if (answer.kind === 'margin') return { rates: answer.margin.rates, problems: [] };
  if (answer.kind === 'none' || !answer.isExpected || picture.date === undefined) return ONE_CURRENCY;
  return { problems: [rateMissing(input.shipment, answer.pairs, picture.date)] };
}

function routeOf({ origin, destination, appointments }: Journey): Route {
  return {
    origin,
    destination,
    plannedPickupAt: origin && appointments.get(origin),
    plannedDeliveryAt: destination && appointments.get(destination),
  };
}

function withRates(standing: Standing, rates: Exchange['rates']): Standing {
  if (rates !== undefined) return { ...standing, exchange: rates };
  if (standing.exchange === undefined) return standing;
  const { exchange: _, ...others } = standing;
  return others;
}

function exceptionsOf(shipment: string, picture: Picture, charges: Charges, bill: Bill): OpenException[] {
  const { status, journey, unheard } = picture;
  const exceptions = [...charges.problems, ...bill.problems, ...serviceExceptions(shipment, status, journey)];
  const { waiting } = charges.manual;
  if (bill.awaitingApproval.length + waiting.length > 0) {
    exceptions.push(approvalException(shipment, bill.awaitingApproval, waiting));
  }
  if (unheard.length > 0) exceptions.push(notPartyException(shipment, unheard.length));
  return exceptions;
}

// Its proof of delivery would add nothing any more.
function isBilledByReturn(picture: Picture, { standing }: Bill): boolean {
  return standing.dueSince !== undefined && onReturnOf(picture) !== undefined;
}

function proofOf(
  shipment: string,
  policy: BillingPolicy,
  deliveredAt: Instant | undefined,
  heard: Heard,
  now: Instant,
): ReturnType<typeof missingProof> | undefined {
  const isNeeded = (policy.trigger ?? 'pod') === 'pod';
  if (!isNeeded || deliveredAt === undefined || hasDocument(heard.facts, 'pod')) return undefined;
  return missingProof(shipment, deliveredAt, now);
}

// Of a shipment that is invoiced in stages, once its commercial invoice is decided.
function exportProofOf({ shipment, documents }: ShipmentInput, { policy, facts }: Picture, bill: Bill, now: Instant) {
  const { final, proofWithinDays } = policy.stages ?? {};
  const { dueSince } = bill.standing;
  const isInvoiced = documents.length > 0 || bill.decided.length > 0;
  if (final === undefined || proofWithinDays === undefined || dueSince === undefined || !isInvoiced) return undefined;
  return hasDocument(facts, final) ? undefined : missingExportProof(shipment, dueSince, proofWithinDays, now);
}

function earliest(awaited: readonly ReturnType<typeof missingProof>[]): Instant | undefined {
  const times = awaited.flatMap((each) => ('wakeAt' in each ? [each.wakeAt] : []));
  return times.length === 0 ? undefined : Math.min(...times);
}

// Only what was heard teaches: a stranger's number must not find the shipment.
function referencesOf({ plan, facts }: Heard): Reference[] {
  const references = new Map<string, Reference>();
  const add = ({ type, value }: Reference) => {
    const key = `${type}\u0000${value}`;
    if (!references.has(key)) references.set(key, { type, value });
  };
  for (const reference of plan.references ?? []) add(reference);
  for (const order of plan.orders ?? []) add({ type: 'order', value: order });
  for (const fact of facts) {
    if (fact.teaches === undefined) continue;
    const isLink = fact.kind === 'link';
    for (const reference of fact.teaches) if (isLink || LEARNED_REFERENCE_TYPES.has(reference.type)) add(reference);
  }
  return [...references.keys()].sort().map((key) => references.get(key) as Reference);
}
