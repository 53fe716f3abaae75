// Who may speak for a shipment, and which plan of it holds.
//
// A partner whose only role is carrier is heard on shipments whose carrier it is, or that have none; one whose only
// role is customer, on its own. What others say is kept and not applied; it counts as soon as the plan names its
// sender as carrier or customer (contract section 3, "Who may say what").

import type { Fact, PlanFact } from '../../model/fact.ts';
import type { RuleBook } from '../../model/rules.ts';
import { type Speaker, speakerOf } from '../../model/setup/partner.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';

export type Heard = {
  readonly plan: ShipmentPlan;
  readonly planFact: PlanFact;
  readonly facts: readonly Fact[];
  /** Ids of the facts that are kept and not applied, sorted. */
  readonly unheard: readonly string[];
};

/** `undefined`: no plan was heard yet, so there is no shipment to speak of. */
export function hear(facts: readonly Fact[], rules: RuleBook): Heard | undefined {
  const plans = facts.filter((fact) => fact.kind === 'plan');
  const planFact = planThatHolds(plans, rules);
  if (planFact === undefined) return undefined;
  const { plan } = planFact;
  const heard: Fact[] = [];
  const unheard: string[] = [];
  const ids = new Set<string>();
  for (const fact of facts) {
    // One fact given twice is one fact: a set, whatever the caller kept it in.
    if (ids.has(fact.id)) continue;
    ids.add(fact.id);
    if (mayBeHeard(fact.sender, plan, rules)) heard.push(fact);
    else unheard.push(fact.id);
  }
  return { plan, planFact, facts: heard, unheard: unheard.sort() };
}

// A sender that is no partner any more is not limited.
function limitOf(sender: string, rules: RuleBook): Speaker {
  const partner = rules.partners.get(sender);
  return partner === undefined ? 'trusted' : speakerOf(partner);
}

// Whoever the plan names as carrier or customer is a party, whatever its role; a carrier also where none is named yet.
function mayBeHeard(sender: string, plan: ShipmentPlan, rules: RuleBook): boolean {
  if (sender === plan.carrier || sender === plan.customer) return true;
  const limit = limitOf(sender, rules);
  return limit === 'trusted' || (limit === 'carrier' && plan.carrier === undefined);
}

// A customer plans its own shipments, but cannot take over one that is another's. Whose it is, those say who may plan
// for anybody; where only customers planned it, the one who did so first.
function planThatHolds(plans: readonly PlanFact[], rules: RuleBook): PlanFact | undefined {
  const trusted = plans.filter((fact) => limitOf(fact.sender, rules) === 'trusted');
  if (trusted.length === plans.length) return latest(trusted);
  const own = plans.filter((fact) => limitOf(fact.sender, rules) === 'customer' && fact.plan.customer === fact.sender);
  const owner = latest(trusted)?.plan.customer ?? earliest(own)?.sender;
  return latest([...trusted, ...own.filter(({ sender }) => sender === owner)]);
}

function latest(plans: readonly PlanFact[]): PlanFact | undefined {
  return plans.reduce<PlanFact | undefined>(
    (best, fact) => (best === undefined || isLater(fact, best) ? fact : best),
    undefined,
  );
}

function earliest(plans: readonly PlanFact[]): PlanFact | undefined {
  return plans.reduce<PlanFact | undefined>(
    (best, fact) => (best === undefined || isLater(best, fact) ? fact : best),
    undefined,
  );
}

// Reported at one time: the text of the plan decides, so that arrival order does not.
function isLater(fact: PlanFact, than: PlanFact): boolean {
  if (fact.reportedAt !== than.reportedAt) return fact.reportedAt > than.reportedAt;
  return JSON.stringify(fact.plan) > JSON.stringify(than.plan);
}
