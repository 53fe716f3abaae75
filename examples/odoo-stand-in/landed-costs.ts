// The app Landed Costs, as far as a landed cost is made of a vendor bill and validated. Installed only where it is asked for.
import { type Environment, type ModelRules, today, type Values } from './environment.ts';
import { userError } from './exception.ts';
import type { Field, Model } from './field.ts';
import type { Method } from './method.ts';
import { recordOf, writeRecord } from './records.ts';
import type { Row } from './row.ts';

const COST = 'stock.landed.cost';
const LINE = 'stock.landed.cost.lines';
const BILL = 'account.move';
const BILL_LINE = 'account.move.line';
const PRODUCT = 'product.product';

const char: Field = { type: 'char' };
const boolean: Field = { type: 'boolean' };
const monetary: Field = { type: 'monetary' };
const one = (relation: string, label?: string): Field => ({ type: 'many2one', relation, label });
const choice = (...options: string[]): Field => ({ type: 'selection', options });

const SPLIT_METHODS = choice('equal', 'by_quantity', 'by_current_cost_price', 'by_weight', 'by_volume');

/** The models with what the app adds to them. */
export function withLandedCosts(schema: ReadonlyMap<string, Model>): ReadonlyMap<string, Model> {
  const more = (model: string, fields: Readonly<Record<string, Field>>): [string, Model] => {
    const known = schema.get(model) as Model;
    return [model, { ...known, fields: { ...known.fields, ...fields } }];
  };
  return new Map([
    ...schema,
    more(BILL, { landed_costs_ids: { type: 'one2many', relation: COST, inverse: 'vendor_bill_id' } }),
    more(BILL_LINE, { is_landed_costs_line: boolean }),
    more(PRODUCT, { landed_cost_ok: boolean, split_method_landed_cost: SPLIT_METHODS }),
    [COST, STOCK_LANDED_COST],
    [LINE, LANDED_COST_LINE],
  ]);
}

const STOCK_LANDED_COST: Model = {
  label: 'Stock Landed Cost',
  fields: {
    name: char,
    date: { type: 'date' },
    state: choice('draft', 'done', 'cancel'),
    vendor_bill_id: one(BILL, 'Vendor Bill'),
    picking_ids: { type: 'many2many', relation: 'stock.picking' },
    cost_lines: { type: 'one2many', relation: LINE, inverse: 'cost_id' },
    amount_total: monetary,
    company_id: one('res.company'),
  },
};

const LANDED_COST_LINE: Model = {
  label: 'Stock Landed Cost Line',
  fields: {
    cost_id: one(COST),
    name: char,
    product_id: one(PRODUCT, 'Product'),
    price_unit: monetary,
    split_method: SPLIT_METHODS,
    account_id: one('account.account', 'Account'),
  },
};

export const LANDED_COST_RULES: Readonly<Record<string, ModelRules>> = {
  [COST]: { defaults: costDefaults, guardDelete: guardDelete, changed: sumCost },
  [LINE]: { changed: (env, id) => sumCost(env, Number(recordOf(env, LINE, id).cost_id)) },
};

function costDefaults(env: Environment): Values {
  const number = String(env.transaction.all(COST).length + 1).padStart(4, '0');
  return { name: `LC/${today(env).slice(0, 4)}/${number}`, state: 'draft', date: today(env), company_id: 1 };
}

function guardDelete(_: Environment, { state }: Row): void {
  if (state === 'done') throw userError(DONE_STAYS);
}

const DONE_STAYS =
  'Validated landed costs cannot be cancelled, but you could create negative landed costs to reverse them';

function sumCost(env: Environment, id: number): void {
  const cost = env.transaction.get(COST, id);
  if (cost === undefined) return;
  const lines = env.transaction.by(LINE, 'cost_id', id);
  const total = Math.round(lines.reduce((sum, line) => sum + Number(line.price_unit), 0) * 100) / 100;
  env.transaction.put(COST, { ...cost, amount_total: total });
}

export const LANDED_COST_METHODS: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  [COST]: {
    button_validate: { on: 'records', parameters: [], run: (env, _, ids) => validate(env, ids) },
    button_cancel: { on: 'records', parameters: [], run: (env, _, ids) => cancel(env, ids) },
  },
};

function validate(env: Environment, ids: readonly number[]): true {
  for (const id of ids) {
    const { state, picking_ids: pickings } = recordOf(env, COST, id);
    if (state !== 'draft') throw userError('Only draft landed costs can be validated');
    if ((pickings as readonly number[]).length === 0) {
      throw userError('Please define Transfers on which those additional costs should apply.');
    }
    writeRecord(env, COST, id, { state: 'done' });
  }
  return true;
}

function cancel(env: Environment, ids: readonly number[]): true {
  for (const id of ids) {
    if (recordOf(env, COST, id).state === 'done') throw userError(DONE_STAYS);
    writeRecord(env, COST, id, { state: 'cancel' });
  }
  return true;
}
