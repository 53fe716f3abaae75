// The rules that bear on some shipments, as a packet carries them, and back. Pure.

import { agreementKey } from '../../domain/rules.ts';
import type { Side } from '../../model/decision.ts';
import type { RuleBook, Versioned } from '../../model/rules.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { PartnerInPacket, RulesInPacket } from './packet.ts';
import { fuelThen, heldThen, type Then } from './states.ts';

export type Parties = {
  readonly customers: ReadonlySet<string>;
  readonly carriers: ReadonlySet<string>;
  /** All who said something. */
  readonly senders: ReadonlySet<string>;
};

/** Those of these parties on one side: a customer does not read what carriers get, nor they what it pays. */
export function rulesFor({ customers, carriers, senders }: Parties, rules: RuleBook, side: Side): RulesInPacket {
  const parties = side === 'sell' ? customers : carriers;
  const agreements = [...parties].flatMap((party) => rules.agreements.get(agreementKey(side, party)) ?? []);
  const indexes = new Set(agreements.flatMap(({ content }) => content.fuel?.index ?? []));
  return {
    partners: [...new Set([...customers, ...carriers, ...senders])].sort().flatMap((id) => {
      const partner = rules.partners.get(id);
      return partner === undefined ? [] : [partnerInPacket(partner)];
    }),
    agreements,
    policies: side === 'sell' ? [...customers].flatMap((id) => rules.policies.get(id) ?? []) : [],
    fuel: [...indexes].sort().map((index) => ({ index, prices: rules.fuel.get(index) ?? [] })),
    // Rates are no secret; of a long table the packet's own lines name those that hold.
    ...(rules.taxes === undefined || rules.taxes.length > MOST_TAX_ROWS ? {} : { taxes: rules.taxes }),
    audit: side === 'buy' ? [...carriers].flatMap((carrier) => rules.audit.get(carrier) ?? []) : [],
  };
}

const MOST_TAX_ROWS = 1_000;

export function partnerInPacket({ id, name, roles, timezone }: Partner): PartnerInPacket {
  return { id, name, roles, ...(timezone === undefined ? {} : { timezone }) };
}

export function ruleBookOf({ partners, agreements, policies, fuel, taxes, audit }: RulesInPacket): RuleBook {
  return {
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    agreements: Map.groupBy(agreements, ({ content }) => agreementKey(content.side, content.party)),
    policies: new Map(policies.map((policy) => [policy.content.customer, policy])),
    fuel: new Map(fuel.map(({ index, prices }) => [index, prices])),
    ...(taxes === undefined ? {} : { taxes }),
    audit: new Map(audit.map((tolerance) => [tolerance.carrier, tolerance])),
    // Neither changes what is charged: margins are nobody's but ours.
    entities: new Map(),
  };
}

/**
 * Without the agreements, versions and fuel prices that came later, and with partners and policies as they were. A party whose
 * every agreement came later was imported by another clock.
 */
export function rulesKnownAt(
  rules: RuleBook,
  { fuel, partnersHeld, policiesHeld }: RulesInPacket,
  then: Then,
): RuleBook {
  const knownOf = (versions: readonly Versioned<Agreement>[]) => {
    const known = versions.filter(({ importedAt }) => importedAt <= then.at);
    return known.length > 0 ? known : versions;
  };
  return {
    ...rules,
    partners: heldThen(rules.partners, partnersHeld, ({ id }) => id, then),
    policies: heldThen(rules.policies, policiesHeld, ({ content }) => content.customer, then),
    fuel: fuelThen(fuel, then),
    agreements: new Map([...rules.agreements].map(([key, versions]) => [key, knownOf(versions)])),
  };
}
