// The rules to look at a document with: a folder's when one is named, else those of the hub's database when it is up.
//
// Looking must not start a server or make a folder, so a database that is not running is no database.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ruleBookFrom } from '../domain/rules.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Setup } from '../model/setup/index.ts';
import { ruleCache } from '../pipeline/rules.ts';
import { exchangeId, exchangeRatesIn } from '../pipeline/setup.ts';
import { isConnectionFailure, openStore } from '../store/database.ts';
import { findKeeper } from '../store/embedded/lodging.ts';
import { DatabaseProblem } from '../store/embedded/problem.ts';
import { openDatabase } from '../store/embedded.ts';
import type { CommandContext } from './command.ts';
import { setupIn } from './setup-folder.ts';

/** Throws `UserError` when the folder cannot be used. */
export async function rulesOfFolder(dir: string): Promise<RuleBook> {
  return rulesOfSetup(await setupIn(dir, 'the setup cannot be used'));
}

/** Every object in its first version. */
export function rulesOfSetup({
  partners = [],
  agreements = [],
  policies = [],
  fuel = [],
  taxes = [],
  audit = [],
  entities = [],
  exchange = [],
  ledger = [],
  jobs = [],
}: Setup) {
  const first = { version: 1, importedAt: 0 };
  return ruleBookFrom({
    versions: [
      ...partners.map((content) => ({ kind: 'partner' as const, id: content.id, ...first, content })),
      ...agreements.map((content) => ({ kind: 'agreement' as const, id: content.id, ...first, content })),
      ...policies.map((content) => ({ kind: 'policy' as const, id: content.customer, ...first, content })),
      ...taxes.map((content, index) => ({ kind: 'tax' as const, id: String(index), ...first, content })),
      ...audit.map((content) => ({ kind: 'audit' as const, id: content.carrier, ...first, content })),
      ...entities.map((content) => ({ kind: 'entity' as const, id: content.id, ...first, content })),
      ...ledger.map((content) => ({ kind: 'ledger' as const, id: content.legalEntity ?? '*', ...first, content })),
      ...jobs.map((content) => ({ kind: 'job' as const, id: content.job, ...first, content })),
      ...exchangeRatesIn({ exchange }).map((content) => ({
        kind: 'exchange' as const,
        id: exchangeId(content),
        ...first,
        content,
      })),
    ],
    fuelPrices: fuel.flatMap(({ index, entries }) => entries.map((entry) => ({ index, ...entry }))),
  });
}

/** `undefined` where no database is up, or nothing was ever imported into it. */
export async function rulesOfDatabase(env: CommandContext['env']): Promise<RuleBook | undefined> {
  if (!env.DATABASE_URL && !embeddedIsUp(env.LADING_DATA)) return undefined;
  try {
    const database = await openDatabase(env);
    const store = openStore(database.url, { maxConnections: 1, statementTimeoutMs: 10_000 });
    try {
      const rules = await ruleCache(store.tenant).current(store);
      return rules.partners.size === 0 ? undefined : rules;
    } finally {
      await store.close();
      await database.close();
    }
  } catch (error) {
    if (error instanceof DatabaseProblem || isConnectionFailure(error as Error) || isEmptyDatabase(error))
      return undefined;
    throw error;
  }
}

function embeddedIsUp(dataDir: string): boolean {
  const lodgingDir = join(dataDir, 'postgres');
  return existsSync(lodgingDir) && findKeeper(lodgingDir) !== undefined;
}

// No hub has been there yet: no schema, no table, no role.
function isEmptyDatabase(error: unknown): boolean {
  return ['3F000', '42P01', '22023', '42704'].includes((error as { code?: string }).code ?? '');
}
