// A shipment as its facts draw it: who speaks, where it is, how far it came, and the rules it falls under.

import type { ShipmentInput, ShipmentStatus } from '../../model/decision.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { LocalDate } from '../../model/time.ts';
import { ratingDateOf } from '../rating/agreement.ts';
import { type Heard, hear } from './hearing.ts';
import { type Journey, journeyFrom } from './journey.ts';
import { type Cancellation, cancellationOf, statusOf } from './status.ts';

export type Picture = Heard & {
  readonly journey: Journey;
  readonly status: ShipmentStatus;
  readonly cancellation: Cancellation | undefined;
  readonly policy: BillingPolicy;
  readonly date: LocalDate | undefined;
  readonly legalEntity: string | undefined;
  readonly rules: RuleBook;
};

/** `undefined` while no plan was heard. */
export function pictureOf(input: ShipmentInput, rules: RuleBook): Picture | undefined {
  const heard = hear(input.facts, rules);
  if (heard === undefined) return undefined;
  const { plan } = heard;
  const journey = journeyFrom(heard);
  const status = statusOf(journey);
  const policy = rules.policies.get(plan.customer)?.content ?? { customer: plan.customer };
  const named = input.orders.find((order) => order.legalEntity !== undefined)?.legalEntity;
  return {
    ...heard,
    journey,
    status,
    cancellation: cancellationOf(journey, status),
    policy,
    date: ratingDateOf(journey, plan, rules),
    legalEntity: named ?? policy.legalEntity,
    rules,
  };
}
