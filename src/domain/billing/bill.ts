// Whether a shipment is due, what holds it, which documents it wants, and so the state of its billing.

import type { BillingState, ChargeRow, GoodsClaim, ShipmentInput, Standing } from '../../model/decision.ts';
import type { OpenException } from '../../model/exception.ts';
import type { Instant } from '../../model/time.ts';
import { withOpenAnswers } from '../goods/answers.ts';
import { type Coverage, coverageOf, withDocuments } from '../goods/claims.ts';
import { isHeld } from '../service/exceptions.ts';
import type { Picture } from '../shipment/picture.ts';
import { balancesOf } from './balance.ts';
import { buyRows, sellRows } from './charge-rows.ts';
import type { Charges } from './charges.ts';
import { type Authorised, type BillingContext, type Wanted, wantedDocuments } from './documents.ts';
import { writeOffsIn } from './manual.ts';
import { isDueByReturn } from './on-return.ts';
import { awaitsFinal, hasProFormas, type Staged, stageNow, withProFormas } from './stages.ts';
import { triggerReached } from './trigger.ts';
import { waivedIn, withLeft } from './waive.ts';

export type Bill = Wanted & {
  readonly rows: readonly ChargeRow[];
  readonly state: BillingState;
  readonly standing: Standing;
  /** As they are once its documents are decided. */
  readonly claims: readonly GoodsClaim[];
  /** `credit-hold`, when its account found no room for it. */
  readonly problems: readonly OpenException[];
};

const NOTHING_WANTED: Wanted = { decided: [], awaitingApproval: [], candidates: [], awaitingFinal: [] };

export type BillOptions = {
  readonly approve: boolean;
  /** What a person entered just now within the own limit: so much of an adjustment needs no approver. */
  readonly authorised?: Authorised;
  readonly now: Instant;
};

export function billFor(input: ShipmentInput, picture: Picture, charges: Charges, options: BillOptions): Bill {
  const { standing, documents } = input;
  const isTroubled = isHeld(charges.problems);
  const hasSomethingToBill = charges.sell.length > 0 || isTroubled;
  const isCancelledDue = picture.cancellation !== undefined && hasSomethingToBill;
  const isDue = isBillable(picture) || isCancelledDue || isDueByReturn(picture, charges.sell);
  const coverage = coverageOf(charges.claims, standing, picture.orders);
  const held = isTroubled || coverage === 'exceeding';
  const balances = balancesOf({
    shipment: input.shipment,
    customer: picture.plan.customer,
    charges: charges.sell,
    documents,
    ...(standing.waived === undefined ? {} : { refused: waivedIn(standing) }),
    ...(charges.manual.entries.length === 0 ? {} : { writtenOff: writeOffsIn(charges.manual, charges.sell) }),
  });
  const isBilling = isDue || documents.length > 0;
  const isAsking = isBilling && !held && coverage === 'not-asked';
  const isOpen = isBilling && !held && !isAsking;
  const wanted = isOpen
    ? wantedDocuments(balances, contextOf(input, picture, charges, { ...options, isDue }))
    : NOTHING_WANTED;
  const claims = withDocuments(input.shipment, charges.claims, wanted.decided);
  const left = isOpen ? withLeft(standing, balances) : standing;
  const after = standingAfter(left, { isDue: isBilling, isAsking, wanted, now: options.now });
  const next = withOpenAnswers(after, claims);
  const isCreditHeld = next.creditHeld === true;
  const waits = wanted.awaitingApproval.length > 0 || charges.manual.waiting.length > 0;
  const situation = { isDue, held: held || isCreditHeld, hasSomethingToBill, wanted, waits, coverage, picture, input };
  return {
    ...wanted,
    rows: [...buyRows(charges.buy, standing.billed), ...sellRows(balances, isDue)],
    state: billingState(situation),
    standing: hasProFormas(picture.policy, next)
      ? withProFormas(next, stagedOf(input, picture, charges, wanted, options.now))
      : next,
    claims,
    problems: isCreditHeld ? [creditHold(input.shipment, picture, next.readySince)] : [],
  };
}

function stagedOf(input: ShipmentInput, picture: Picture, charges: Charges, wanted: Wanted, now: Instant): Staged {
  const isTroubled = isHeld(charges.problems);
  const documents = wanted.decided.length === 0 ? input.documents : [...input.documents, ...wanted.decided];
  const { shipment } = input;
  return { ...picture, shipment, charges: charges.sell, isTroubled, taxDesk: charges.taxDesk, documents, now };
}

function isBillable({ policy, journey, facts }: Picture): boolean {
  return triggerReached(policy.trigger ?? 'pod', journey, facts);
}

function contextOf(
  input: ShipmentInput,
  picture: Picture,
  { taxDesk }: Charges,
  { approve, authorised, now, isDue }: BillOptions & { readonly isDue: boolean },
): BillingContext {
  const { plan, journey, policy, legalEntity, facts, rules } = picture;
  return {
    shipment: { id: input.shipment, plan, origin: journey.origin, destination: journey.destination },
    legalEntity,
    policy,
    policies: rules.policies,
    stage: stageNow(policy, facts),
    awaitsFinal: awaitsFinal(policy, facts),
    isDue,
    taxDesk,
    known: input.documents,
    standing: input.standing,
    approve,
    authorised,
    now,
  };
}

type After = {
  readonly isDue: boolean;
  /** An order has yet to answer, as it does in the same instant: until then nothing has changed. */
  readonly isAsking: boolean;
  readonly wanted: Wanted;
  readonly now: Instant;
};

// Due since, and ready since, are kept only while they are so: what becomes ready again begins anew.
function standingAfter(before: Standing, { isDue, isAsking, wanted: { candidates }, now }: After): Standing {
  const { dueSince: _due, readySince: ready, creditHeld, creditReleased, ...kept } = before;
  const offered = Object.fromEntries(candidates.map((candidate) => [candidate.currency, candidate.readySince]));
  const readySince = candidates.length > 0 ? offered : isAsking ? ready : undefined;
  return {
    ...kept,
    ...(isDue ? { dueSince: before.dueSince ?? now } : {}),
    ...(readySince === undefined ? {} : { readySince }),
    ...(creditHeld === true && readySince !== undefined ? { creditHeld } : {}),
    ...(creditReleased === true && readySince !== undefined ? { creditReleased } : {}),
  };
}

type Situation = {
  readonly isDue: boolean;
  readonly held: boolean;
  readonly hasSomethingToBill: boolean;
  readonly wanted: Wanted;
  /** Something needs an approver's word. */
  readonly waits: boolean;
  readonly coverage: Coverage;
  readonly picture: Picture;
  readonly input: ShipmentInput;
};

// Once a document is decided, the first of these that is true of any currency (contract part 3).
function billingState(situation: Situation): BillingState {
  const { isDue, held, hasSomethingToBill, wanted, waits, coverage, picture, input } = situation;
  const isDecided = input.documents.length > 0 || wanted.decided.length > 0;
  if (!isDecided && !isDue) {
    return picture.cancellation !== undefined && !hasSomethingToBill ? 'nothing-to-bill' : 'not-due';
  }
  if (held) return 'held';
  if (waits && isDecided) return 'adjusting';
  if (wanted.candidates.length > 0) return isCommon(picture) ? 'waiting' : 'ready';
  if (coverage === 'not-asked') return 'ready';
  if (wanted.awaitingFinal.length > 0) return 'waiting';
  if (!isDecided) return 'nothing-to-bill';
  const live = input.documents.filter(({ isCancelled }) => isCancelled !== true);
  if (live.length === 0 && wanted.decided.length === 0) return 'nothing-to-bill';
  const isInErp = wanted.decided.length === 0 && live.every((document) => document.inErp);
  return isInErp ? 'invoiced' : 'ready';
}

/** Its invoice is one with others, at the end of a period. */
function isCommon({ policy }: Picture): boolean {
  return (policy.consolidation ?? 'shipment') !== 'shipment';
}

function creditHold(shipment: string, { policy }: Picture, readySince: Standing['readySince']): OpenException {
  const currencies = Object.keys(readySince ?? {}).join(', ');
  const detail = `Its invoice would exceed the credit limit of ${policy.creditLimit ?? '0'} ${currencies}. A payment or a raised limit releases it, or a person does.`;
  return { kind: 'credit-hold', subject: shipment, detail };
}
