// The rule book in force, read again only when somebody changed it.
import type { ClientBase } from 'pg';
import { type RuleVersion, ruleBookFrom } from '../domain/rules.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Queryable } from '../store/database.ts';
import { allFuelPrices, allRules, holdRuleStamp, readRuleStamp } from '../store/rules.ts';

export type RuleCache = {
  /** For reading: the rules as they are now. */
  current(client: Queryable): Promise<RuleBook>;
  /** For deciding: the rules, kept from changing until the transaction ends. */
  hold(client: ClientBase): Promise<RuleBook>;
  /** After a change in this very transaction. Not remembered, for the transaction may yet fail. */
  reread(client: ClientBase): Promise<RuleBook>;
};

export function ruleCache(tenant: string): RuleCache {
  let cached: { stamp: string; book: RuleBook } | undefined;
  const at = async (client: Queryable, stamp: string) => {
    if (cached?.stamp !== stamp) cached = { stamp, book: await readRules(client, tenant) };
    return cached.book;
  };
  return {
    current: async (client) => at(client, await readRuleStamp(client, tenant)),
    hold: async (client) => at(client, await holdRuleStamp(client, tenant)),
    reread: (client) => readRules(client, tenant),
  };
}

// Contents were validated when they were imported.
async function readRules(client: Queryable, tenant: string): Promise<RuleBook> {
  const versions = (await allRules(client, tenant)) as unknown as RuleVersion[];
  return ruleBookFrom({ versions, fuelPrices: await allFuelPrices(client, tenant) });
}
