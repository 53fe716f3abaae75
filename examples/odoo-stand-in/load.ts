// `load`: rows of text into records, known by external id: made when new, updated when known, all or nothing.
import { type Environment, modelOf, type Values } from './environment.ts';
import { OdooException } from './exception.ts';
import { externalIdRow, nameRecord, recordIdBehind } from './external-ids.ts';
import { createRecord, writeRecord } from './records.ts';
import type { Field } from './schema.ts';

export type LoadAnswer = {
  readonly ids: readonly number[] | false;
  readonly messages: readonly object[];
  readonly nextrow: 0;
};

/** Thrown to undo what a refused `load` did; the caller still gets an answer that looks like success. */
export class LoadUndone extends Error {
  readonly answer: LoadAnswer;

  constructor(messages: readonly object[]) {
    super('load undone');
    this.answer = { ids: false, messages, nextrow: 0 };
  }
}

type Cells = readonly (readonly [path: readonly string[], text: string])[];
type Block = { readonly from: number; readonly rows: Cells[] };

export function load(
  env: Environment,
  model: string,
  fields: readonly string[],
  data: readonly (readonly unknown[])[],
): LoadAnswer {
  const paths = fields.map((field) => field.replace(/([^/])\.id$/, '$1/.id').split('/'));
  const rows = data.map((row) => paths.map((path, index): Cells[number] => [path, String(row[index] ?? '')]));
  const messages: object[] = [];
  const ids = blocksOf(env, model, rows).map((block, record) => {
    const place = { rows: { from: block.from, to: block.from + block.rows.length - 1 }, record, type: 'error' };
    try {
      return loadBlock(env, model, block);
    } catch (error) {
      if (!(error instanceof OdooException)) throw error;
      messages.push({ ...place, ...fieldTrouble(error), message: error.message });
      return 0;
    }
  });
  if (messages.length > 0) throw new LoadUndone(messages);
  return { ids, messages: [], nextrow: 0 };
}

/** What the loser of two simultaneous loads of one external id is told. */
export function conflictAnswer(message = 'could not serialize access due to concurrent update\n'): LoadAnswer {
  const place = { rows: { from: 0, to: 0 }, record: 0, type: 'error' };
  return {
    ids: false,
    messages: [{ ...place, message }],
    nextrow: 0,
  };
}

// A row whose own cells are all blank carries on the record above it.
function blocksOf(env: Environment, model: string, rows: readonly Cells[]): Block[] {
  const isSub = (path: readonly string[]) => modelOf(env, model).fields[path[0] as string]?.type === 'one2many';
  const blocks: Block[] = [];
  for (const [from, row] of rows.entries()) {
    const continues = row.every(([path, text]) => isSub(path) || text === '');
    const last = blocks.at(-1);
    if (continues && last !== undefined) last.rows.push(row);
    else blocks.push({ from, rows: [row] });
  }
  return blocks;
}

function loadBlock(env: Environment, model: string, { rows }: Block): number {
  const [first = []] = rows;
  const fields = modelOf(env, model).fields;
  const isSub = (path: readonly string[]) => fields[path[0] as string]?.type === 'one2many';
  const externalId = first.find(([path]) => path[0] === 'id')?.[1] ?? '';
  const known = externalId === '' ? undefined : recordIdBehind(env, model, externalId);
  const values: Record<string, unknown> = valuesFrom(
    env,
    model,
    first.filter(([path]) => !isSub(path)),
  );
  for (const name of new Set(first.filter(([path]) => isSub(path)).map(([path]) => path[0] as string))) {
    const field = fields[name] as Field;
    values[name] = rows.flatMap((row) =>
      subCommand(
        env,
        field,
        row.filter(([path]) => path[0] === name),
      ),
    );
  }
  if (known === undefined) return createNamed(env, model, values, externalId);
  // In this mode Odoo leaves alone what was loaded as not to be updated.
  const isKept = env.context.mode === 'update' && externalIdRow(env, externalId)?.noupdate === true;
  return isKept ? known : updateKnown(env, model, known, values);
}

type SubValues = Values & { readonly $externalId?: string };

function subCommand(env: Environment, field: Field, cells: Cells): unknown[][] {
  const own = cells.map(([path, text]): Cells[number] => [path.slice(1), text]);
  if (own.every(([, text]) => text === '')) return [];
  const externalId = own.find(([path]) => path[0] === 'id')?.[1] ?? '';
  const values = valuesFrom(env, field.relation as string, own);
  const known = externalId === '' ? undefined : recordIdBehind(env, field.relation as string, externalId);
  return known === undefined ? [[0, 0, { ...values, $externalId: externalId }]] : [[1, known, values]];
}

function createNamed(env: Environment, model: string, values: Values, externalId: string): number {
  const { own, subs } = separated(env, model, values);
  const { id } = createRecord(env, model, own);
  if (externalId !== '') nameRecord(env, model, id, externalId);
  for (const [field, commands] of subs) for (const command of commands) runNamed(env, id, field, command);
  return id;
}

// 17 takes a posted document without a word and changes nothing; 18 and 19 refuse by their rules for writing.
function updateKnown(env: Environment, model: string, id: number, values: Values): number {
  const isPosted = env.transaction.get(model, id)?.state === 'posted';
  if (isPosted && env.major === 17) return id;
  const { own, subs } = separated(env, model, values);
  writeRecord(env, model, id, isPosted ? values : own);
  for (const [field, commands] of subs) for (const command of commands) runNamed(env, id, field, command);
  return id;
}

function separated(env: Environment, model: string, values: Values) {
  const { fields } = modelOf(env, model);
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => fields[name]?.type !== 'one2many'));
  const subs = Object.entries(values).flatMap(([name, commands]) =>
    fields[name]?.type === 'one2many' ? [[fields[name], commands as unknown[][]] as const] : [],
  );
  return { own, subs };
}

function runNamed(
  env: Environment,
  parentId: number,
  { relation, inverse }: Field,
  [verb, id, given]: readonly unknown[],
): void {
  const child = relation as string;
  const { $externalId, ...values } = given as SubValues;
  if (verb === 1) {
    writeRecord(env, child, id as number, values);
    return;
  }
  const row = createRecord(env, child, { ...values, [inverse as string]: parentId });
  if ($externalId) nameRecord(env, child, row.id, $externalId);
}

function valuesFrom(env: Environment, model: string, cells: Cells): Record<string, unknown> {
  const { fields } = modelOf(env, model);
  const named = cells.filter(([path]) => path[0] !== 'id');
  return Object.fromEntries(
    named.map(([[name = '', kind], text]) => {
      const field = fields[name];
      return [
        name,
        field === undefined || text === '' ? blankFor(field, text) : converted(env, name, field, kind, text),
      ];
    }),
  );
}

// A blank cell says "none" aloud: it keeps defaults away.
function blankFor(field: Field | undefined, text: string): unknown {
  if (field === undefined) return text;
  return field.type === 'many2many' ? [[6, 0, []]] : false;
}

function converted(env: Environment, name: string, field: Field, kind: string | undefined, text: string): unknown {
  if (field.type === 'many2one') return referenced(env, name, field, kind, text);
  if (field.type === 'many2many')
    return [[6, 0, text.split(',').map((part) => referenced(env, name, field, kind, part))]];
  if (field.type === 'boolean') return ['1', 'true', 'yes'].includes(text.toLowerCase());
  if (field.type === 'integer') return Number(text);
  return text;
}

/** A conversion that failed for one field, with what Odoo adds to help a person. */
class FieldTrouble extends OdooException {
  readonly field: string;
  readonly moreInfo: object;

  constructor(field: string, message: string, moreInfo: object) {
    super('builtins.ValueError', message);
    this.field = field;
    this.moreInfo = moreInfo;
  }
}

function fieldTrouble(error: OdooException): object {
  return error instanceof FieldTrouble ? { field: error.field, ...error.moreInfo } : {};
}

function referenced(env: Environment, name: string, field: Field, kind: string | undefined, text: string): number {
  const model = field.relation as string;
  const id =
    kind === '.id'
      ? env.transaction.get(model, Number(text))?.id
      : kind === 'id'
        ? recordIdBehind(env, model, text)
        : env.transaction.all(model).find((row) => row.name === text || (row.code ?? '') === text)?.id;
  if (id !== undefined) return id;
  const label = field.label ?? name;
  const sought = { '.id': 'database id', id: 'external id' }[kind ?? ''] ?? 'name';
  const message = `No matching record found for ${sought} '${text}' in field '${label}'`;
  throw new FieldTrouble(name, message, { field_name: label, moreinfo: possibleValues(env, model) });
}

function possibleValues(env: Environment, model: string): object {
  return {
    name: 'Possible Values',
    type: 'ir.actions.act_window',
    target: 'new',
    view_mode: env.major === 17 ? 'tree,form' : 'list,form',
    views: [
      [false, 'list'],
      [false, 'form'],
    ],
    context: { create: false },
    help: 'See all possible values',
    res_model: 'ir.model.data',
    domain: [['model', '=', model]],
  };
}
