// The methods that can be called, with their arguments as Odoo names them.
import { actionPost, buttonCancel, buttonDraft } from './account-move.ts';
import { reverseMoves } from './account-move-reversal.ts';
import {
  assignOutstandingLine,
  cancelPayments,
  createPayments,
  draftPayments,
  postPayments,
} from './account-payment.ts';
import { makeKey, removeKeys } from './api-keys.ts';
import { COMPANION_METHODS } from './companion.ts';
import { type Environment, modelOf, type Values } from './environment.ts';
import { accessError, userError } from './exception.ts';
import { checkObjectReference, externalIdsOf } from './external-ids.ts';
import { LANDED_COST_METHODS } from './landed-costs.ts';
import { load } from './load.ts';
import type { Method } from './method.ts';
import { createRecord, deleteRecord, recordOf, shownRecord, writeRecord } from './records.ts';
import type { Row } from './row.ts';
import { cancelOrders, confirmOrders, validatePickings } from './sales.ts';
import { searchRecords } from './search.ts';

const listed = (row: Row) => row.id;
/** Links with their labels are what is given where nobody asks otherwise. */
const isPlain = ({ load: form = '_classic_read' }: Values) => form !== '_classic_read';
const fieldsOf = (args: Values) => args.fields as string[] | undefined;
const found = (env: Environment, model: string, args: Values) =>
  searchRecords(
    env,
    model,
    (args.domain ?? []) as unknown[],
    args as { order?: string; limit?: number; offset?: number },
  );

const GENERIC: Readonly<Record<string, Method>> = {
  create: { on: 'model', parameters: ['vals_list'], required: ['vals_list'], run: create },
  write: { on: 'records', parameters: ['vals'], required: ['vals'], run: write },
  unlink: { on: 'records', parameters: [], run: unlink },
  load: { on: 'model', parameters: ['fields', 'data'], required: ['fields', 'data'], run: runLoad },
  read: { on: 'records', parameters: ['fields', 'load'], isRead: true, run: read },
  search: {
    on: 'model',
    parameters: ['domain', 'offset', 'limit', 'order'],
    required: ['domain'],
    isRead: true,
    run: (env, model, _, args) => found(env, model, args).map(listed),
  },
  search_read: {
    on: 'model',
    parameters: ['domain', 'fields', 'offset', 'limit', 'order', 'load'],
    isRead: true,
    run: (env, model, _, args) =>
      found(env, model, args).map((row) => shownRecord(env, model, row, fieldsOf(args), isPlain(args))),
  },
  search_count: {
    on: 'model',
    parameters: ['domain', 'limit'],
    required: ['domain'],
    isRead: true,
    run: (env, model, _, args) => found(env, model, args).length,
  },
  fields_get: { on: 'model', parameters: ['allfields', 'attributes'], isRead: true, run: fieldsGet },
  get_external_id: {
    on: 'records',
    parameters: [],
    isRead: true,
    run: (env, model, ids) => externalIdsOf(env, model, ids),
  },
  check_access_rights: {
    on: 'model',
    parameters: ['operation', 'raise_exception'],
    required: ['operation'],
    isRead: true,
    run: (env, model, _, { operation }) => {
      const { closed, readOnly } = modelOf(env, model);
      return env.isAdministrator || !(closed || (readOnly && operation !== 'read'));
    },
  },
  message_post: { on: 'records', parameters: [], run: messagePost },
};

const BY_MODEL: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  'account.move': {
    action_post: { on: 'records', parameters: [], run: (env, _, ids) => actionPost(env, ids) },
    button_draft: { on: 'records', parameters: [], run: (env, _, ids) => buttonDraft(env, ids) },
    button_cancel: { on: 'records', parameters: [], run: (env, _, ids) => buttonCancel(env, ids) },
    ...COMPANION_METHODS['account.move'],
    js_assign_outstanding_line: {
      on: 'records',
      parameters: ['line_id'],
      required: ['line_id'],
      run: (env, _, ids, args) => assignOutstandingLine(env, ids, Number(args.line_id)),
    },
  },
  'account.payment': {
    action_post: { on: 'records', parameters: [], run: (env, _, ids) => postPayments(env, ids) },
    action_draft: { on: 'records', parameters: [], run: (env, _, ids) => draftPayments(env, ids) },
    action_cancel: { on: 'records', parameters: [], run: (env, _, ids) => cancelPayments(env, ids) },
  },
  'account.payment.register': {
    action_create_payments: { on: 'records', parameters: [], run: (env, _, ids) => createPayments(env, ids) },
  },
  'account.move.reversal': {
    refund_moves: { on: 'records', parameters: [], run: (env, _, ids) => reverseMoves(env, ids) },
    reverse_moves: { on: 'records', parameters: [], run: (env, _, ids) => reverseMoves(env, ids) },
  },
  'sale.order': {
    action_confirm: { on: 'records', parameters: [], run: (env, _, ids) => confirmOrders(env, ids) },
    action_cancel: { on: 'records', parameters: [], run: (env, _, ids) => cancelOrders(env, ids) },
    ...COMPANION_METHODS['sale.order'],
  },
  'stock.picking': {
    button_validate: { on: 'records', parameters: [], run: (env, _, ids) => validatePickings(env, ids) },
  },
  ...LANDED_COST_METHODS,
  'res.users': {
    context_get: {
      on: 'model',
      parameters: [],
      isRead: true,
      run: (env) => ({ lang: 'en_US', tz: false, uid: env.uid }),
    },
    // Of users, everybody may read themselves.
    read: {
      on: 'records',
      parameters: ['fields', 'load'],
      isRead: true,
      run: (env, model, ids, args) =>
        read(
          env,
          model,
          ids.filter((id) => id === env.uid),
          args,
        ),
    },
  },
  'ir.config_parameter': {
    set_param: {
      on: 'model',
      parameters: ['key', 'value'],
      required: ['key', 'value'],
      run: (env, model, _, { key, value }) => setParameter(env, model, String(key), value),
    },
  },
  'res.users.apikeys': {
    remove: { on: 'records', parameters: [], run: (env, _, ids) => removeKeys(env, ids) },
  },
  'res.users.apikeys.description': {
    make_key: { on: 'records', parameters: [], run: (env, _, ids) => makeKey(env, ids) },
  },
  'res.users.identitycheck': {
    run_check: { on: 'records', parameters: [], run: () => refuseOutsideSession() },
  },
  'ir.model.data': {
    check_object_reference: {
      on: 'model',
      parameters: ['module', 'xml_id'],
      required: ['module', 'xml_id'],
      isRead: true,
      run: (env, _, __, args) => checkObjectReference(env, args),
    },
  },
};

function refuseOutsideSession(): never {
  throw userError('This method can only be accessed over HTTP');
}

export function methodOf(model: string, name: string): Method | undefined {
  return BY_MODEL[model]?.[name] ?? GENERIC[name];
}

/** Runs a method as the caller may: models closed to them answer with an AccessError. */
export function runMethod(
  env: Environment,
  model: string,
  name: string,
  ids: readonly number[],
  args: Values,
): unknown {
  const method = methodOf(model, name) as Method;
  const { closed, readOnly, label } = modelOf(env, model);
  const isShut = closed || (readOnly && !method.isRead);
  if (isShut && !env.isAdministrator && BY_MODEL[model]?.[name] === undefined) {
    const act = name === 'create' ? 'create' : method.isRead ? 'access' : 'modify';
    throw accessError(`You are not allowed to ${act} '${label}' (${model}) records.`);
  }
  return method.run(env, model, ids, args);
}

function create(
  env: Environment,
  model: string,
  _: readonly number[],
  { vals_list: given }: Values,
): number | number[] {
  if (Array.isArray(given)) return given.map((values: Values) => createRecord(env, model, values).id);
  return createRecord(env, model, given as Values).id;
}

function write(env: Environment, model: string, ids: readonly number[], { vals }: Values): true {
  for (const id of ids) writeRecord(env, model, id, vals as Values);
  return true;
}

function unlink(env: Environment, model: string, ids: readonly number[]): true {
  for (const id of ids) deleteRecord(env, model, id);
  return true;
}

// For administrators. Answers with what it was before.
function setParameter(env: Environment, model: string, key: string, value: unknown): unknown {
  if (!env.isAdministrator) throw accessError(`You are not allowed to modify 'System Parameter' (${model}) records.`);
  const [known] = env.transaction.all(model).filter((row) => row.key === key);
  if (known === undefined) createRecord(env, model, { key, value });
  else writeRecord(env, model, known.id, { value });
  return known?.value ?? false;
}

function runLoad(env: Environment, model: string, _: readonly number[], { fields, data }: Values): unknown {
  return load(env, model, fields as string[], data as unknown[][]);
}

// Ids that do not exist are left out; that is no error.
function read(env: Environment, model: string, ids: readonly number[], args: Values): Values[] {
  const rows = ids.flatMap((id) => env.transaction.get(model, id) ?? []);
  return rows.map((row) => shownRecord(env, model, row, fieldsOf(args), isPlain(args)));
}

function fieldsGet(env: Environment, model: string, _: readonly number[], { allfields }: Values): Values {
  const asked = allfields as string[] | undefined;
  const known = Object.entries(modelOf(env, model).fields).filter(([name]) => asked?.includes(name) ?? true);
  return Object.fromEntries(
    known.map(([name, { type, relation, label }]) => [name, { type, relation, string: label ?? name }]),
  );
}

function messagePost(env: Environment, model: string, ids: readonly number[], args: Values): number | number[] {
  const [id = 0] = ids;
  recordOf(env, model, id);
  const attachments = [[6, 0, args.attachment_ids ?? []]];
  const message = createRecord(env, 'mail.message', {
    body: args.body,
    model,
    res_id: id,
    attachment_ids: attachments,
  });
  return env.major === 17 ? message.id : [message.id];
}
