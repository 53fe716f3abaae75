// The heart of the house: what should be, from what was said. Pure: no I/O, no clock, no randomness.
//
//   facts ─ hear ─► plan ─ journey ─► status ─ rate ─► charges ─ trigger, holds ─► documents
//
// Everything is computed anew from the whole set of facts each time, so arrival order and repetition cannot matter; only what
// was already decided to stand outside (the documents) is taken as given, and the answer is the difference to it.

import type { BillingState, Decision, ShipmentInput } from '../model/decision.ts';
import type { OpenException } from '../model/exception.ts';
import { LEARNED_REFERENCE_TYPES, type Reference } from '../model/reference.ts';
import type { RuleBook } from '../model/rules.ts';
import type { BillingPolicy } from '../model/setup/policy.ts';
import type { Instant } from '../model/time.ts';
import { balancesOf } from './billing/balance.ts';
import { buyRows, sellRows } from './billing/charge-rows.ts';
import { type Wanted, wantedDocuments } from './billing/documents.ts';
import { hasDocument, triggerReached } from './billing/trigger.ts';
import { ratingDateOf } from './rating/agreement.ts';
import { type Rated, rateSide } from './rating/rate.ts';
import {
  approvalException,
  isHeld,
  missingProof,
  notPartyException,
  ratingExceptions,
  serviceExceptions,
} from './service/exceptions.ts';
import { type Heard, hear } from './shipment/hearing.ts';
import { journeyFrom, pickupAt, wholeDelivery } from './shipment/journey.ts';
import { cancellationOf, statusOf } from './shipment/status.ts';

export type DecideOptions = {
  /** An approver releases what waits in `adjustment-approval` now. */
  readonly approve?: boolean;
};

const NOTHING_RATED: Rated = { charges: [], problems: [] };
const NOTHING_WANTED: Wanted = { decided: [], awaitingApproval: [] };

/** `undefined` while no plan of the shipment was heard: then its facts are only kept. */
export function decide(
  input: ShipmentInput,
  rules: RuleBook,
  now: Instant,
  options: DecideOptions = {},
): Decision | undefined {
  const heard = hear(input.facts, rules);
  if (heard === undefined) return undefined;
  const { plan, facts } = heard;
  const journey = journeyFrom(heard);
  const status = statusOf(journey);
  const cancellation = cancellationOf(journey, status);
  const policy = rules.policies.get(plan.customer)?.content ?? { customer: plan.customer };
  const date = ratingDateOf(journey, plan, rules);

  const rating = { plan, journey, facts, cancellation, date, rules };
  const billsFreight = policy.bills?.includes('freight') ?? true;
  const sell = billsFreight ? rateSide({ ...rating, side: 'sell', party: plan.customer }) : NOTHING_RATED;
  const buy = plan.carrier === undefined ? NOTHING_RATED : rateSide({ ...rating, side: 'buy', party: plan.carrier });

  const exceptions = ratingExceptions(input.shipment, sell.problems);
  const held = isHeld(exceptions);
  const delivery = wholeDelivery(journey);
  const trigger = policy.trigger ?? 'pod';
  const hasSomethingToBill = sell.charges.length > 0 || held;
  const isDue = triggerReached(trigger, journey, facts) || (cancellation !== undefined && hasSomethingToBill);

  const balances = balancesOf(input.shipment, sell.charges, input.documents);
  const isOpenToBilling = (isDue || input.documents.length > 0) && !held;
  const wanted = isOpenToBilling
    ? wantedDocuments(balances, {
        shipment: { id: input.shipment, plan, origin: journey.origin, destination: journey.destination },
        customer: plan.customer,
        legalEntity: input.orders.find((order) => order.legalEntity !== undefined)?.legalEntity ?? policy.legalEntity,
        policy,
        charges: sell.charges,
        known: input.documents,
        approve: options.approve ?? false,
        now,
      })
    : NOTHING_WANTED;

  exceptions.push(...serviceExceptions(input.shipment, status, journey));
  const proof = proofOf(input.shipment, policy, delivery?.at, heard, now);
  if (proof !== undefined && 'exception' in proof) exceptions.push(proof.exception);
  if (wanted.awaitingApproval.length > 0) exceptions.push(approvalException(input.shipment, wanted.awaitingApproval));
  if (heard.unheard.length > 0) exceptions.push(notPartyException(input.shipment, heard.unheard.length));

  return {
    shipment: input.shipment,
    customer: plan.customer,
    carrier: plan.carrier,
    status,
    pickedUpAt: pickupAt(journey, journey.origin)?.at,
    deliveredAt: delivery?.at,
    ratingDate: date,
    billing: billingState({ isDue, held, isCancelled: cancellation !== undefined, hasSomethingToBill, wanted, input }),
    charges: [...buyRows(buy.charges), ...sellRows(balances, isDue)],
    rated: [...buy.charges, ...sell.charges],
    exceptions: exceptions satisfies OpenException[],
    documents: wanted.decided,
    awaitingApproval: wanted.awaitingApproval,
    unheard: heard.unheard,
    references: referencesOf(heard),
    wakeAt: proof !== undefined && 'wakeAt' in proof ? proof.wakeAt : undefined,
  };
}

type BillingQuestion = {
  isDue: boolean;
  held: boolean;
  isCancelled: boolean;
  hasSomethingToBill: boolean;
  wanted: Wanted;
  input: ShipmentInput;
};

// Once a document is decided, the first of these that is true (contract part 3).
function billingState({ isDue, held, isCancelled, hasSomethingToBill, wanted, input }: BillingQuestion): BillingState {
  const isDecided = input.documents.length > 0 || wanted.decided.length > 0;
  if (!isDecided) {
    if (!isDue) return isCancelled && !hasSomethingToBill ? 'nothing-to-bill' : 'not-due';
    return held ? 'held' : 'nothing-to-bill';
  }
  if (held) return 'held';
  if (wanted.awaitingApproval.length > 0) return 'adjusting';
  const isInErp = wanted.decided.length === 0 && input.documents.every((document) => document.inErp);
  return isInErp ? 'invoiced' : 'ready';
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

// Only what was heard teaches: a stranger's number must not find the shipment.
function referencesOf({ plan, facts }: Heard): Reference[] {
  const references = new Map<string, Reference>();
  const add = ({ type, value }: Reference) => references.set(`${type}\u0000${value}`, { type, value });
  for (const reference of plan.references ?? []) add(reference);
  for (const order of plan.orders ?? []) add({ type: 'order', value: order });
  for (const fact of facts) {
    for (const reference of fact.teaches ?? []) if (LEARNED_REFERENCE_TYPES.has(reference.type)) add(reference);
  }
  return [...references].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}
