// Where the stand-in's Odoo works: one call at a time, each a transaction of its own.
import { isKeyInForce, keepFirstKey } from './api-keys.ts';
import { DUPLICATE_KEY, withCompanion } from './companion.ts';
import { type Database, openDatabase } from './database.ts';
import type { ModelCall } from './doors.ts';
import { type Environment, type Major, timestamp } from './environment.ts';
import type { Journal } from './journal.ts';
import { withLandedCosts } from './landed-costs.ts';
import { conflictAnswer, LoadUndone } from './load.ts';
import { runMethod } from './methods.ts';
import { RULES } from './model-rules.ts';
import { type Model, schemaOf } from './schema.ts';
import { completeOldRows, seed } from './seed.ts';

export type Credentials = {
  readonly database: string;
  readonly user: string;
  readonly key: string;
  readonly password: string;
};

export type WorkOptions = {
  readonly major: Major;
  readonly credentials: Credentials;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long a `load` is at work: what comes meanwhile for the same external id loses the race. */
  readonly loadWorkMs: number;
  /** Is the companion module installed? */
  readonly companion: boolean;
  /** Is the app Landed Costs installed? */
  readonly landedCosts: boolean;
};

export type Work = {
  readonly major: Major;
  readonly credentials: Credentials;
  readonly isModel: (name: string) => boolean;
  /** A call by the API user. */
  readonly run: (call: ModelCall) => Promise<unknown>;
  /** A call by an administrator who sits at the ERP. */
  readonly runAsAdministrator: (call: ModelCall) => unknown;
  /** A call in a session of the browser. */
  readonly runInPerson: (call: ModelCall, who: { isAdministrator: boolean; isProven: boolean }) => unknown;
  readonly isKeyInForce: (key: unknown) => boolean;
  readonly userId: number;
  readonly administratorId: number;
};

export const USER_ID = 6;
const ADMINISTRATOR_ID = 2;

export function openWork(options: WorkOptions, journal: Journal): Work {
  const { major, credentials, now, loadWorkMs } = options;
  const database = openDatabase(journal);
  const own = options.landedCosts ? withLandedCosts(schemaOf(major)) : schemaOf(major);
  const schema = options.companion ? withCompanion(own) : own;
  database.transact((transaction) => {
    seed(transaction, timestamp({ now }));
    completeOldRows(transaction, schema);
    const { user } = credentials;
    const known = transaction.get('res.users', USER_ID);
    if (known?.login !== user)
      transaction.put('res.users', { id: USER_ID, name: user, login: user, company_id: 1, company_ids: [1] });
    const administrator = { name: 'Administrator', login: 'admin', company_id: 1, company_ids: [1] };
    transaction.put('res.users', { id: ADMINISTRATOR_ID, ...administrator });
    keepFirstKey(transaction, USER_ID, credentials.key);
  });
  const perform = (call: ModelCall, isAdministrator: boolean) => {
    return transacted(database, { schema, major, now, isAdministrator }, call);
  };
  const takeTurns = turnsFor(loadWorkMs);
  return {
    major,
    credentials,
    isModel: (name) => schema.has(name),
    run: async (call) => (await takeTurns(call)) ?? perform(call, false),
    runAsAdministrator: (call) => perform(call, true),
    runInPerson: (call, who) => transacted(database, { schema, major, now, ...who }, call),
    isKeyInForce: (key) => database.transact((transaction) => isKeyInForce(transaction, key, now())),
    userId: USER_ID,
    administratorId: ADMINISTRATOR_ID,
  };
}

type Setting = Pick<Environment, 'major' | 'now' | 'isAdministrator' | 'isProven'> & {
  readonly schema: ReadonlyMap<string, Model>;
};

function transacted(database: Database, setting: Setting, { model, method, ids, args, context }: ModelCall): unknown {
  const uid = setting.isAdministrator ? ADMINISTRATOR_ID : USER_ID;
  try {
    return database.transact((transaction) => {
      const env: Environment = { ...setting, transaction, rules: RULES, uid, context };
      return runMethod(env, model, method, ids, args);
    });
  } catch (error) {
    if (error instanceof LoadUndone) return error.answer;
    throw error;
  }
}

/**
 * Two loads of one external id at once: the first to come makes it, the other waits for it and is told of the conflict,
 * which is what this resolves with; with nothing, when the way is free.
 */
function turnsFor(loadWorkMs: number): (call: ModelCall) => Promise<unknown> {
  const loading = new Map<string, Promise<void>>();
  return async (call) => {
    if (call.method !== 'load' && call.method !== 'lading_post') return undefined;
    const names = externalIdsIn(call);
    const ahead = names.flatMap((name) => loading.get(name) ?? []);
    if (ahead.length > 0) {
      await Promise.all(ahead);
      return call.method === 'load' ? conflictAnswer() : conflictAnswer(DUPLICATE_KEY);
    }
    const work = new Promise<void>((resolve) => setTimeout(resolve, loadWorkMs));
    for (const name of names) loading.set(name, work);
    await work;
    for (const name of names) loading.delete(name);
    return undefined;
  };
}

function externalIdsIn({ args }: ModelCall): string[] {
  const column = ((args.fields ?? args.columns) as string[]).indexOf('id');
  return column < 0 ? [] : ((args.data ?? args.rows) as string[][]).flatMap((row) => row[column] || []);
}
