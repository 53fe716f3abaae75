// Reading what people change in Odoo: passes over rising ids of what has a `write_date` from a mark on.
//
// The mark is Odoo's own time, so clocks need not agree. `write_date` is when a transaction began and is shown to the
// second, so a pass begins some minutes before the mark of the last one and compares with `>=`, which 17, 18 and 19
// understand alike. Which of it is new is told by comparing what was read, not by the time.
import type { OutsideRecord, Puller, PullPlace, Read } from '../../contract.ts';
import { unavailable } from '../documents/read-back.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Odoo } from '../odoo.ts';
import { verdictOn } from '../together.ts';
import { bodiesOf } from './bodies.ts';
import { CONTEXT, idOf, type Reader, type Row, readerOf, type Window } from './reader.ts';
import { FIELDS, type OdooWatch, type ToldModel, WATCHES } from './watches.ts';

export const RECORDS_PER_PAGE = 2_000;

export function pullerOf(odoo: Odoo): Puller {
  const reader = readerOf(odoo);
  const ahead: Ahead = new Map();
  return {
    watches: WATCHES,
    mark: (name) => {
      ahead.delete(name);
      return attempt(() => markOf(reader, watchOf(name)));
    },
    page: (name, place) => attempt(() => pageOf(reader, watchOf(name), place, ahead)),
    idsAfter: (model, afterId, limit) =>
      attempt(async () => {
        const rows = await reader.search(model, [['id', '>', afterId]], ['id'], { order: 'id asc', limit });
        return { ids: rows.map(({ id }) => id) };
      }),
  };
}

function watchOf(name: string): OdooWatch {
  const watch = WATCHES.find((each) => each.name === name);
  if (watch === undefined) throw new Error(`no watch is called ${name}`);
  return watch;
}

async function attempt<Value>(act: () => Promise<Value>): Promise<Read<Value>> {
  try {
    return { read: 'done', ...(await act()) };
  } catch (error) {
    return { read: 'unavailable', ...unavailable(verdictOn(error, classifyRead)) };
  }
}

async function markOf({ odoo, search }: Reader, { model, domain = [] }: OdooWatch) {
  const [newest] = await search(model, domain, ['write_date'], { order: 'write_date desc', limit: 1 });
  const total = (await odoo.call({ model, method: 'search_count', args: { domain }, context: CONTEXT })) as number;
  const mark = newest?.write_date;
  return { total, ...(typeof mark === 'string' ? { mark } : {}) };
}

/** By watch: the page that will be asked for next, under way while what belongs to the one before is still read. */
type Ahead = Map<string, { readonly at: string; readonly rows: Promise<Row[]> }>;

async function pageOf(reader: Reader, watch: OdooWatch, place: PullPlace, ahead: Ahead) {
  const { name, tells } = watch;
  const begun = ahead.get(name);
  ahead.delete(name);
  const rows = await (begun?.at === JSON.stringify(place) ? begun.rows : changedRows(reader, watch, place));
  const last = rows.length < RECORDS_PER_PAGE ? undefined : rows.at(-1)?.id;
  if (last !== undefined) {
    const next = { ...place, afterId: last };
    const under = changedRows(reader, watch, next);
    // Whoever asks for it is told.
    under.catch(() => {});
    ahead.set(name, { at: JSON.stringify(next), rows: under });
  }
  const told = isDirect(watch) ? rows : await linkedRows(reader, watch, rows);
  const records = await recordsOf(reader, tells, told);
  return { records, seen: rows.length, ...(last === undefined ? {} : { afterId: last }) };
}

async function changedRows(reader: Reader, watch: OdooWatch, place: PullPlace): Promise<Row[]> {
  const { model, domain = [], link, tells } = watch;
  const changed = [...domain, ...sinceLeaf(place), ['id', '>', place.afterId]];
  const own = isDirect(watch);
  const fields = own ? await reader.present(tells, FIELDS[tells]) : link === undefined ? ['id'] : [link];
  return reader.search(model, changed, fields, windowOf(own ? tells : undefined));
}

function isDirect({ link, linkedBy }: OdooWatch): boolean {
  return link === undefined && linkedBy === undefined;
}

// Only a transfer's order is known by its label alone.
function windowOf(tells: ToldModel | undefined): Window {
  const window = { order: 'id asc', limit: RECORDS_PER_PAGE };
  return tells === 'stock.picking' ? window : { ...window, plain: true };
}

/** `2026-11-21 07:08:13` less the overlap, in the same form. */
function sinceLeaf({ since, overlapSeconds }: PullPlace): readonly unknown[] {
  if (since === undefined) return [];
  const from = new Date(Date.parse(`${since.replace(' ', 'T')}Z`) - overlapSeconds * 1000);
  return [['write_date', '>=', from.toISOString().slice(0, 19).replace('T', ' ')]];
}

// What belongs to no order, or to very many of them, is read in pages of its own.
async function linkedRows(reader: Reader, { tells, link, linkedBy }: OdooWatch, rows: readonly Row[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const fields = await reader.present(tells, FIELDS[tells]);
  const leaf = link === undefined ? linkedLeaf(linkedBy ?? [], rows) : [['id', 'in', idsBehind(rows, link)]];
  const found: Row[] = [];
  for (let afterId = 0; ; ) {
    const page = await reader.search(tells, [...leaf, ['id', '>', afterId]], fields, windowOf(tells));
    found.push(...page);
    if (page.length < RECORDS_PER_PAGE) return found;
    afterId = page.at(-1)?.id as number;
  }
}

// Orders that are done with keep the address they went to.
function linkedLeaf(fields: readonly string[], rows: readonly Row[]): readonly unknown[] {
  const ids = rows.map(({ id }) => id);
  const either = fields.map((field) => [field, 'in', ids]);
  return [['state', '=', 'sale'], ...Array.from({ length: either.length - 1 }, () => '|'), ...either];
}

function idsBehind(rows: readonly Row[], field: string): number[] {
  return [...new Set(rows.flatMap((row) => idOf(row[field]) ?? []))];
}

async function recordsOf(reader: Reader, model: ToldModel, rows: readonly Row[]): Promise<OutsideRecord[]> {
  if (rows.length === 0) return [];
  const bodies = await bodiesOf(reader, model, rows);
  return rows.map((row, index) => ({ model, id: row.id, ...(bodies[index] as (typeof bodies)[number]) }));
}
