// The stand-in's database: tables of records in memory, changed in transactions, kept in a journal when asked to.
//
// A transaction gathers its changes and applies them at the end, all or nothing, as Odoo does for each call.
import type { Journal } from './journal.ts';
import type { Change, Row, Value } from './row.ts';

// Fields by which rows are sought often. Each holds a string or a number.
const INDEXED: Readonly<Record<string, readonly string[]>> = {
  'ir.model.data': ['complete_name', 'record'],
  'ir.attachment': ['res_id'],
  'account.move': ['reversed_entry_id', 'lading_key'],
  'stock.landed.cost': ['vendor_bill_id'],
  'stock.landed.cost.lines': ['cost_id'],
  'sale.order.line': ['order_id'],
  'stock.picking': ['sale_id'],
  'stock.move': ['picking_id'],
  'account.move.line': ['move_id'],
  'res.currency.rate': ['currency_id'],
};

type Table = { readonly rows: Map<number, Row>; readonly indexes: ReadonlyMap<string, Map<Value, Set<number>>> };

export type Transaction = {
  readonly get: (model: string, id: number) => Row | undefined;
  readonly all: (model: string) => Row[];
  /** Rows whose indexed field has this value. */
  readonly by: (model: string, field: string, value: Value) => Row[];
  /** Gives the row an id that no row had before, even when the transaction fails. */
  readonly insert: (model: string, values: Readonly<Record<string, Value>>) => Row;
  readonly put: (model: string, row: Row) => void;
  readonly remove: (model: string, id: number) => void;
};

export type Database = {
  /** Runs the work and keeps its changes, unless it throws. */
  readonly transact: <Result>(work: (transaction: Transaction) => Result) => Result;
  readonly isIndexed: (model: string, field: string) => boolean;
};

export function openDatabase(journal: Journal): Database {
  const tables = new Map<string, Table>();
  const lastIds = new Map<string, number>();

  function tableOf(model: string): Table {
    const known = tables.get(model);
    if (known !== undefined) return known;
    const indexes = new Map((INDEXED[model] ?? []).map((field) => [field, new Map<Value, Set<number>>()]));
    const table: Table = { rows: new Map(), indexes };
    tables.set(model, table);
    return table;
  }

  function apply([model, id, row]: Change): void {
    const { rows, indexes } = tableOf(model);
    const before = rows.get(id);
    for (const [field, index] of indexes) {
      if (before?.[field] !== undefined) index.get(before[field])?.delete(id);
      if (row?.[field] === undefined) continue;
      const ids = index.get(row[field]) ?? new Set();
      index.set(row[field], ids.add(id));
    }
    if (row === null) rows.delete(id);
    else rows.set(id, row);
    lastIds.set(model, Math.max(lastIds.get(model) ?? 0, id));
  }

  for (const changes of journal.past) changes.forEach(apply);

  function begin(): { readonly transaction: Transaction; readonly changes: () => Change[] } {
    const staged = new Map<string, Map<number, Row | null>>();
    const stagedOf = (model: string) => staged.get(model) ?? new Map<number, Row | null>();
    const stage = (model: string, id: number, row: Row | null) => staged.set(model, stagedOf(model).set(id, row));
    const get = (model: string, id: number) => {
      const row = stagedOf(model).get(id);
      return row === undefined ? tableOf(model).rows.get(id) : (row ?? undefined);
    };
    const existing = (model: string, ids: Iterable<number>) =>
      [...new Set(ids)].sort((a, b) => a - b).flatMap((id) => get(model, id) ?? []);
    const transaction: Transaction = {
      get,
      all: (model) => existing(model, [...tableOf(model).rows.keys(), ...stagedOf(model).keys()]),
      by: (model, field, value) => {
        const indexed = tableOf(model).indexes.get(field)?.get(value) ?? [];
        return existing(model, [...indexed, ...stagedOf(model).keys()]).filter((row) => row[field] === value);
      },
      insert: (model, values) => {
        const id = (lastIds.get(model) ?? 0) + 1;
        lastIds.set(model, id);
        const row: Row = { ...values, id };
        stage(model, id, row);
        return row;
      },
      put: (model, row) => stage(model, row.id, row),
      remove: (model, id) => stage(model, id, null),
    };
    const changes = () =>
      [...staged].flatMap(([model, rows]) => [...rows].map(([id, row]): Change => [model, id, row]));
    return { transaction, changes };
  }

  return {
    transact: (work) => {
      const { transaction, changes } = begin();
      const result = work(transaction);
      const made = changes();
      if (made.length > 0) journal.append(made);
      made.forEach(apply);
      return result;
    },
    isIndexed: (model, field) => INDEXED[model]?.includes(field) ?? false,
  };
}
