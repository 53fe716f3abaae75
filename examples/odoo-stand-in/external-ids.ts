// External ids: names for records, unique over the whole database.

import type { Environment } from './environment.ts';
import { valueError } from './exception.ts';
import type { Row } from './row.ts';

const DATA = 'ir.model.data';

export function externalIdRow(env: Environment, completeName: string): Row | undefined {
  return env.transaction.by(DATA, 'complete_name', completeName)[0];
}

/** The id of the model's record behind an external id. */
export function recordIdBehind(env: Environment, model: string, completeName: string): number | undefined {
  const row = externalIdRow(env, completeName);
  return row?.model === model ? Number(row.res_id) : undefined;
}

export function nameRecord(env: Environment, model: string, id: number, externalId: string): void {
  const completeName = externalId.includes('.') ? externalId : `__import__.${externalId}`;
  const [module = '', name = ''] = completeName.split(/\.(.*)/s);
  const record = `${model},${id}`;
  const noupdate = env.context.noupdate === true;
  env.transaction.insert(DATA, { module, name, complete_name: completeName, model, res_id: id, record, noupdate });
}

/** `["account.move", 14]`; open to ordinary users, unlike the table itself. */
export function checkObjectReference(env: Environment, args: Readonly<Record<string, unknown>>): [string, number] {
  const completeName = `${String(args.module)}.${String(args.xml_id)}`;
  const row = externalIdRow(env, completeName);
  if (row === undefined) throw valueError(`External ID not found in the system: ${completeName}`);
  return [String(row.model), Number(row.res_id)];
}

/** `{"14": "lading.doc_S-1-1"}`; empty text for a record without one. */
export function externalIdsOf(env: Environment, model: string, ids: readonly number[]): Record<string, string> {
  const nameOf = (id: number) => env.transaction.by(DATA, 'record', `${model},${id}`)[0]?.complete_name ?? '';
  return Object.fromEntries(ids.map((id) => [id, String(nameOf(id))]));
}
