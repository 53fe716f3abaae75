// The companion module (`connectors/odoo/addon`), as far as the connector calls it. Installed only where it is asked for.
import { actionPost } from './account-move.ts';
import { type Environment, modelOf, type Values } from './environment.ts';
import { OdooException, userError, validationError } from './exception.ts';
import { recordIdBehind } from './external-ids.ts';
import type { Field, Model } from './field.ts';
import { load } from './load.ts';
import type { Method } from './method.ts';
import { createRecord, recordOf, writeRecord } from './records.ts';
import type { Row, Value } from './row.ts';

const MOVE = 'account.move';
const ORDER = 'sale.order';
const SHIPMENT = 'lading.shipment';
const MILESTONE = 'lading.milestone';
const KEY = 'lading_key';

const char: Field = { type: 'char' };
const datetime: Field = { type: 'datetime' };
const one = (relation: string): Field => ({ type: 'many2one', relation });

/** The models with what the module adds to them. */
export function withCompanion(schema: ReadonlyMap<string, Model>): ReadonlyMap<string, Model> {
  const move = schema.get(MOVE) as Model;
  const shipment = { name: char, order_id: one(ORDER), tracking: char, billing: char, reason: char, told_at: datetime };
  return new Map([
    ...schema,
    [MOVE, { ...move, fields: { ...move.fields, [KEY]: char } }],
    [SHIPMENT, { label: 'Shipment of an order', readOnly: true, fields: shipment }],
    [
      MILESTONE,
      {
        label: 'Milestone of a shipment',
        readOnly: true,
        fields: { name: char, shipment_id: one(SHIPMENT), order_id: one(ORDER), occurred_at: datetime },
      },
    ],
  ]);
}

/** No two documents have one key. */
export function checkKey(env: Environment, values: Readonly<Record<string, Value>>): void {
  const key = values[KEY];
  if (typeof key !== 'string') return;
  const holder = env.transaction.by(MOVE, KEY, key).find(({ id }) => id !== values.id);
  if (holder !== undefined) throw validationError(DUPLICATE_KEY);
}

/** What Odoo says for the database when two documents come with one key. */
export const DUPLICATE_KEY =
  'The operation cannot be completed: duplicate key value violates unique constraint "account_move_lading_key_unique"';

export const COMPANION_METHODS: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  [MOVE]: {
    lading_companion: { on: 'model', parameters: [], isRead: true, run: (env) => installed(env) && { protocol: 1 } },
    lading_post: {
      on: 'model',
      parameters: ['columns', 'rows', 'expected', 'files'],
      required: ['columns', 'rows', 'expected'],
      run: (env, _, __, args) => installed(env) && post(env, args as PostArguments),
    },
  },
  [ORDER]: {
    lading_tell: {
      on: 'model',
      parameters: ['reports'],
      required: ['reports'],
      run: (env, _, __, { reports }) => installed(env) && tell(env, reports as Report[]),
    },
  },
};

function installed(env: Environment): true {
  if (modelOf(env, MOVE).fields[KEY] !== undefined) return true;
  throw new OdooException('builtins.AttributeError', 'The companion module is not installed');
}

type Expected = {
  readonly amount_untaxed: string;
  readonly amount_tax: string;
  readonly currency: string;
  readonly partner_id: number;
  readonly invoice_date: string;
  readonly date: string | false;
};
type File = Readonly<Record<'id' | 'document' | 'name' | 'mimetype' | 'datas', string>>;
type PostArguments = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly expected: Readonly<Record<string, Expected>>;
  readonly files?: readonly File[];
};

function post(env: Environment, { columns, rows, expected, files = [] }: PostArguments): Values {
  const names = rows.flatMap(([name]) => name || []);
  const known = new Set(names.filter((name) => recordIdBehind(env, MOVE, name) !== undefined));
  const ids = load(env, MOVE, columns, rows).ids as readonly number[];
  const idOf = new Map(names.map((name, index) => [name, ids[index] as number]));
  const columnsOfFiles = ['id', 'name', 'res_model', 'res_id', 'mimetype', 'datas'];
  const data = files.map(({ id, document, name, mimetype, datas }) => [
    ...[id, name, MOVE, String(idOf.get(document)), mimetype, datas],
  ]);
  load(env, 'ir.attachment', columnsOfFiles, data);
  for (const [name, id] of idOf) {
    const meant = expected[name];
    if (known.has(name) || meant === undefined || !isAs(env, recordOf(env, MOVE, id), meant)) continue;
    actionPost(env, [id]);
    const { date } = recordOf(env, MOVE, id);
    if (meant.date && date !== meant.date) {
      const closed = `It is dated ${meant.date}, and Odoo would book it on ${String(date)}: the period is closed.`;
      throw userError(closed);
    }
  }
  return { ids };
}

function isAs(env: Environment, move: Row, meant: Expected): boolean {
  return (
    move.state === 'draft' &&
    recordOf(env, 'res.currency', Number(move.currency_id)).name === meant.currency &&
    Number(move.amount_untaxed) === Number(meant.amount_untaxed) &&
    Number(move.amount_tax) === Number(meant.amount_tax) &&
    move.partner_id === meant.partner_id &&
    move.invoice_date === meant.invoice_date
  );
}

type Report = {
  readonly order_id: number;
  readonly shipment: string;
  readonly milestones?: readonly { readonly name: string; readonly occurred_at: string | false }[];
  readonly tracking?: string;
  readonly billing?: string;
  readonly reason?: string;
};

function tell(env: Environment, reports: readonly Report[]): number {
  const known = reports.filter(({ order_id: id }) => env.transaction.get(ORDER, id) !== undefined);
  for (const report of known) take(env, report);
  return known.length;
}

function take(
  env: Environment,
  { order_id, shipment: name, tracking, billing, reason, milestones = [] }: Report,
): void {
  const values = { ...(tracking ? { tracking } : {}), ...(billing ? { billing, reason: reason ?? false } : {}) };
  const shipment = put(env, SHIPMENT, { order_id, name }, values);
  for (const { name: milestone, occurred_at } of milestones) {
    put(env, MILESTONE, { order_id, shipment_id: shipment, name: milestone }, { occurred_at });
  }
}

/** The record that is so, changed or made. */
function put(env: Environment, model: string, by: Readonly<Record<string, Value>>, values: Values): number {
  const known = env.transaction
    .all(model)
    .find((row) => Object.entries(by).every(([field, value]) => row[field] === value));
  if (known === undefined) return createRecord(env, model, { ...by, ...values }).id;
  writeRecord(env, model, known.id, values);
  return known.id;
}
