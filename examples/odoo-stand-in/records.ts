// Records as every model of Odoo has them: create, write, delete, read.

import { type Environment, modelOf, timestamp, type Values } from './environment.ts';
import { missingError, validationError, valueError } from './exception.ts';
import type { Row, Value } from './row.ts';
import type { Field } from './schema.ts';

export function createRecord(env: Environment, model: string, given: Values): Row {
  const values = { ...env.rules[model]?.defaults?.(env, given), ...given };
  const { stored, commands } = split(env, model, values);
  env.rules[model]?.check?.(env, stored);
  const row = env.transaction.insert(model, { ...blanks(env, model), ...stored, ...stamps(env, model, true) });
  runCommands(env, row.id, commands);
  env.rules[model]?.changed?.(env, row.id);
  return row;
}

export function writeRecord(env: Environment, model: string, id: number, values: Values): void {
  const row = recordOf(env, model, id);
  env.rules[model]?.guardWrite?.(env, row, values);
  const { stored, commands } = split(env, model, values);
  env.rules[model]?.check?.(env, { ...row, ...stored });
  env.transaction.put(model, { ...row, ...stored, ...stamps(env, model, false), id });
  runCommands(env, id, commands);
  env.rules[model]?.changed?.(env, id);
}

/** Deleting a record frees its external id. */
export function deleteRecord(env: Environment, model: string, id: number): void {
  const row = recordOf(env, model, id);
  env.rules[model]?.guardDelete?.(env, row);
  for (const field of Object.values(modelOf(env, model).fields)) {
    if (field.type !== 'one2many' || field.relation !== 'account.move.line') continue;
    for (const child of pointingTo(env, field, id)) deleteRecord(env, 'account.move.line', child.id);
  }
  for (const data of env.transaction.by('ir.model.data', 'record', `${model},${id}`)) {
    env.transaction.remove('ir.model.data', data.id);
  }
  env.transaction.remove(model, id);
}

export function recordOf(env: Environment, model: string, id: number): Row {
  const row = env.transaction.get(model, id);
  if (row === undefined) throw missingError(model, id, env.uid);
  return row;
}

/** The fields asked for, as the API shows them: empty is `false`, a many2one `[id, "label"]`, an x2many ids. */
export function shownRecord(
  env: Environment,
  model: string,
  row: Row,
  fields?: readonly string[],
  isPlain = false,
): Values {
  const known = modelOf(env, model).fields;
  const asked = fields === undefined || fields.length === 0 ? Object.keys(known) : fields;
  const shown = asked
    .filter((name) => name !== 'id')
    .map((name) => {
      const field = known[name];
      if (field === undefined) throw valueError(`Invalid field '${name}' on model '${model}'`);
      return [name, shownValue(env, field, name, row, isPlain)];
    });
  return { id: row.id, ...Object.fromEntries(shown) };
}

function shownValue(env: Environment, field: Field, name: string, row: Row, isPlain: boolean): unknown {
  if (field.type === 'one2many') return pointingTo(env, field, row.id).map(({ id }) => id);
  const value = row[name] ?? false;
  if (field.type !== 'many2one' || typeof value !== 'number' || isPlain) return value;
  const related = env.transaction.get(field.relation as string, value);
  return [value, String(related?.name || `${field.relation},${value}`)];
}

function pointingTo(env: Environment, { relation, inverse }: Field, id: number): Row[] {
  return env.transaction.by(relation as string, inverse as string, id);
}

type Commands = readonly (readonly [field: Field, commands: readonly (readonly unknown[])[]])[];

function split(env: Environment, model: string, values: Values): { stored: Record<string, Value>; commands: Commands } {
  const known = modelOf(env, model).fields;
  const stored: Record<string, Value> = {};
  const commands: [Field, readonly (readonly unknown[])[]][] = [];
  for (const [name, value] of Object.entries(values)) {
    const field = known[name];
    if (field === undefined) throw valueError(`Invalid field '${name}' in '${model}'`);
    if (field.type === 'one2many') commands.push([field, (value || []) as unknown[][]]);
    else stored[name] = storedValue(env, field, name, value);
  }
  return { stored, commands };
}

function storedValue(env: Environment, field: Field, name: string, value: unknown): Value {
  switch (field.type) {
    case 'many2many':
      return idsFrom((value || []) as unknown[]);
    case 'many2one':
      if (!value) return false;
      if (typeof value !== 'number') throw valueError(`Wrong value for ${name}: ${String(value)}`);
      recordOf(env, field.relation as string, value);
      return value;
    case 'selection':
      if (value && !field.options?.includes(String(value))) {
        throw valueError(`Wrong value for ${name}: '${String(value)}'`);
      }
      return value ? String(value) : false;
    case 'date':
      return value ? dateFrom(String(value)) : false;
    case 'float':
    case 'monetary':
    case 'integer':
      if (Number.isNaN(Number(value || 0))) throw valueError(`could not convert string to float: '${String(value)}'`);
      return Number(value || 0);
    case 'boolean':
      return Boolean(value);
    default:
      return value === '' || value === undefined || value === null
        ? false
        : String(value) === 'false'
          ? false
          : String(value);
  }
}

/** An ISO instant in a date field is cut to its day; anything else that is no day is refused. */
function dateFrom(text: string): string {
  const day = text.slice(0, 10);
  const instant = Date.parse(day);
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== day) {
    throw valueError(`time data '${text}' does not match format '%Y-%m-%d'`);
  }
  return day;
}

// `[6, 0, ids]` replaces, `[4, id]` adds; bare ids are taken too.
function idsFrom(commands: readonly unknown[]): number[] {
  return commands.flatMap((command) => {
    if (!Array.isArray(command)) return [Number(command)];
    return command[0] === 6 ? (command[2] as number[]) : command[0] === 4 ? [command[1] as number] : [];
  });
}

function runCommands(env: Environment, id: number, all: Commands): void {
  for (const [{ relation, inverse }, commands] of all) {
    const child = relation as string;
    for (const [verb, childId, values] of commands) {
      if (verb === 0) createRecord(env, child, { ...(values as Values), [inverse as string]: id });
      if (verb === 1) writeRecord(env, child, childId as number, values as Values);
      if (verb === 2) deleteRecord(env, child, childId as number);
      if (verb === 4) writeRecord(env, child, childId as number, { [inverse as string]: id });
    }
  }
}

function blanks(env: Environment, model: string): Record<string, Value> {
  const stored = Object.entries(modelOf(env, model).fields).filter(([, { type }]) => type !== 'one2many');
  return Object.fromEntries(stored.map(([name, field]) => [name, blankOf(field)]));
}

function blankOf({ type }: Field): Value {
  if (type === 'many2many') return [];
  return type === 'float' || type === 'monetary' || type === 'integer' ? 0 : false;
}

function stamps(env: Environment, model: string, isNew: boolean): Record<string, Value> {
  if (modelOf(env, model).fields.write_date === undefined) return {};
  const at = timestamp(env);
  return { write_date: at, ...(isNew ? { create_date: at } : {}) };
}

/** The sentence Odoo has for a record without its name. */
export function requireText(values: Readonly<Record<string, Value>>, field: string, sentence: string): void {
  if (!values[field]) throw validationError(`The operation cannot be completed: ${sentence}`);
}
