// A shipment as its facts draw it: who speaks, where it is, how far it came, and the rules it falls under.

import type { ShipmentInput, ShipmentStatus } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Order, ShipmentPlan } from '../../model/shipment.ts';
import type { LocalDate } from '../../model/time.ts';
import { ordersInContents } from '../goods/contents.ts';
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
  /** Its customer's orders that it names, as far as they are known: those of the plan first, then those of the contents. */
  readonly orders: readonly Order[];
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
  const orders = ordersNamed(plan, heard.facts, input.orders);
  const named = orders.find((order) => order.legalEntity !== undefined)?.legalEntity;
  return {
    ...heard,
    journey,
    status,
    cancellation: cancellationOf(journey, status),
    policy,
    date: ratingDateOf(journey, plan, rules),
    legalEntity: named ?? policy.legalEntity,
    orders,
    rules,
  };
}

function ordersNamed(
  { customer, orders = [] }: ShipmentPlan,
  facts: readonly Fact[],
  known: readonly Order[],
): Order[] {
  if (known.length === 0) return [];
  const own = new Map(known.filter((order) => order.customer === customer).map((order) => [order.order, order]));
  return [...new Set([...orders, ...ordersInContents(facts)])].flatMap((number) => own.get(number) ?? []);
}
