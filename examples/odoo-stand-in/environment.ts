// What every method of the stand-in works with, for the length of one call.
import type { Transaction } from './database.ts';
import { OdooException, userError } from './exception.ts';
import type { Row, Value } from './row.ts';
import type { Model } from './schema.ts';

export type Major = 17 | 18 | 19;

/** Values as a caller gives them. */
export type Values = Readonly<Record<string, unknown>>;

/** What a single model adds to the records that all models have: defaults, checks, sums. */
export type ModelRules = {
  readonly defaults?: (env: Environment, given: Values) => Values;
  /** Throws where the record may not be so. */
  readonly check?: (env: Environment, values: Readonly<Record<string, Value>>) => void;
  readonly guardWrite?: (env: Environment, row: Row, values: Values) => void;
  readonly guardDelete?: (env: Environment, row: Row) => void;
  /** Works out what follows from the record. */
  readonly changed?: (env: Environment, id: number) => void;
};

export type Environment = {
  readonly transaction: Transaction;
  readonly schema: ReadonlyMap<string, Model>;
  readonly rules: Readonly<Record<string, ModelRules>>;
  readonly major: Major;
  readonly uid: number;
  /** Whether the caller may do what only administrators may. */
  readonly isAdministrator: boolean;
  /** Did they give their password in this session? Only then are keys made and removed. */
  readonly isProven?: boolean;
  readonly context: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export function modelOf(env: Environment, name: string): Model {
  const model = env.schema.get(name);
  if (model === undefined) throw userError(`Object ${name} doesn't exist`);
  return model;
}

export function today(env: Environment): string {
  return new Date(env.now()).toISOString().slice(0, 10);
}

/** As Odoo writes instants: UTC, to the second, without zone. */
export function timestamp({ now }: Pick<Environment, 'now'>): string {
  return new Date(now()).toISOString().slice(0, 19).replace('T', ' ');
}

export function missingArgument(name: string): OdooException {
  return new OdooException('werkzeug.exceptions.UnprocessableEntity', `missing a required argument: '${name}'`, 422);
}
