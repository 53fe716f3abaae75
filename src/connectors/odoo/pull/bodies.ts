// Records with all that belongs to them, read in a few calls for a whole page: an order with its lines, products and
// addresses, a transfer with its moves, an invoice with our name of it.
//
// What comes out is data and no judgement: which of it means something says `partners/odoo/`, so that it can be read
// again from the bytes that are kept.
import type { OutsideRecord } from '../../contract.ts';
import { ORIGIN_PREFIX } from '../documents/invoice.ts';
import { idOf, type Reader, type Row } from './reader.ts';
import { FIELDS, LINE_FIELDS, MOVE_FIELDS_OF_PICKING, type ToldModel } from './watches.ts';

type Told = Pick<OutsideRecord, 'changedAt' | 'body' | 'identity' | 'isTelling' | 'received'>;
type ById = ReadonlyMap<number, Row>;

/** One for each row, in order. */
export async function bodiesOf(reader: Reader, model: ToldModel, rows: readonly Row[]): Promise<Told[]> {
  switch (model) {
    case 'sale.order':
      return orders(reader, rows);
    case 'stock.picking':
      return pickings(reader, rows);
    case 'account.move':
      return invoices(reader, rows);
    case 'res.partner': {
      const states = await statesOf(reader, rows);
      return rows.map((row) => told({ partner: addressFrom(row, states) }, { name: row.name }, [row], true));
    }
    case 'product.product':
      return rows.map((row) => told({ product: bare(row) }, { name: row.name }, [row], true));
  }
}

async function orders(reader: Reader, rows: readonly Row[]): Promise<Told[]> {
  const [lines, currencies, partners] = await Promise.all([
    childrenOf(reader, 'sale.order.line', 'order_id', rows, LINE_FIELDS),
    lasting(reader, 'res.currency', 'name', linksIn(rows, 'currency_id')),
    byId(reader, 'res.partner', [...linksIn(rows, 'partner_id'), ...linksIn(rows, 'partner_shipping_id')]),
  ]);
  const [products, states] = await Promise.all([
    byId(reader, 'product.product', linksIn([...lines.values()].flat(), 'product_id')),
    statesOf(reader, [...partners.values()]),
  ]);
  return rows.map((row) => {
    const own = lines.get(row.id) ?? [];
    const [customer, shipTo] = [linked(row.partner_id, partners), linked(row.partner_shipping_id, partners)];
    const listed = own.map((line) => ({ ...bare(line), product: bareOr(linked(line.product_id, products)) }));
    const order = { ...bare(row), currency_id: labelled(row.currency_id, currencies) };
    const body = {
      order,
      lines: listed,
      customer: customer && addressFrom(customer, states),
      shipTo: shipTo && addressFrom(shipTo, states),
    };
    const identity = { order, customer: body.customer };
    return told(
      body,
      identity,
      [row, ...own, ...[customer, shipTo].filter((each) => each !== undefined)],
      row.state === 'sale' || row.state === 'done',
    );
  });
}

async function pickings(reader: Reader, rows: readonly Row[]): Promise<Told[]> {
  const moves = await childrenOf(reader, 'stock.move', 'picking_id', rows, MOVE_FIELDS_OF_PICKING);
  return rows.map((row) => {
    const own = moves.get(row.id) ?? [];
    const telling = told({ picking: bare(row), moves: own.map(moved) }, { picking: bare(row) }, [row, ...own], true);
    return row.picking_type_code === 'incoming' && row.state === 'done'
      ? { ...telling, received: numbersOf(row) }
      : telling;
  });
}

function numbersOf({ name, origin, carrier_tracking_ref: tracking }: Row): string[] {
  return [name, origin, tracking].filter((number) => typeof number === 'string' && number !== '') as string[];
}

// Without labels: a line's is its text, and a word changed there moves nothing.
function moved({ id, sale_line_id: sold, product_uom_qty: demand, quantity, state }: Row): object {
  return { id, sale_line_id: idOf(sold) ?? false, product_uom_qty: demand, quantity, state };
}

// Only ours can have our external id, and the call costs; a copy that a person made has the origin and no such id.
async function invoices(reader: Reader, rows: readonly Row[]): Promise<Told[]> {
  const { odoo } = reader;
  const currencies = await lasting(reader, 'res.currency', 'name', linksIn(rows, 'currency_id'));
  const originals = linksIn(rows, 'reversed_entry_id');
  const ours = rows
    .filter(({ invoice_origin: origin }) => String(origin).startsWith(ORIGIN_PREFIX))
    .map(({ id }) => id);
  const ids = [...new Set([...ours, ...originals])];
  const names = ids.length === 0 ? {} : await odoo.call({ model: 'account.move', method: 'get_external_id', ids });
  const keyOf = (id: number | undefined) => {
    return id === undefined ? undefined : odoo.ids.keyOf((names as Record<string, string>)[id] ?? '');
  };
  return rows.map((row) => {
    const invoice = { ...bare(row), currency_id: labelled(row.currency_id, currencies) };
    const body = { invoice, key: keyOf(row.id), corrects: keyOf(idOf(row.reversed_entry_id)) };
    const isTelling = row.state !== 'draft' && (body.key !== undefined || body.corrects !== undefined);
    return told(body, body, [row], isTelling);
  });
}

function told(body: object, identity: object, rows: readonly Row[], isTelling: boolean): Told {
  const latest =
    rows
      .map(({ write_date: at }) => String(at))
      .sort()
      .at(-1) ?? '';
  return {
    changedAt: `${latest.replace(' ', 'T')}Z`,
    body: JSON.stringify(body),
    identity: JSON.stringify(identity),
    isTelling,
  };
}

function bare({ write_date: _, ...row }: Row): Omit<Row, 'write_date'> {
  return row as Row;
}

function bareOr(row: Row | undefined) {
  return row === undefined ? undefined : bare(row);
}

function linked(value: unknown, rows: ById): Row | undefined {
  const id = idOf(value);
  return id === undefined ? undefined : rows.get(id);
}

function linksIn(rows: readonly Row[], field: string): number[] {
  return [...new Set(rows.flatMap((row) => idOf(row[field]) ?? []))];
}

function addressFrom(row: Row, states: ById): object {
  const state = linked(row.state_id, states);
  return { ...bare(row), country_code: row.country_code || undefined, state_code: state?.code };
}

function statesOf(reader: Reader, rows: readonly Row[]): Promise<ById> {
  return lasting(reader, 'res.country.state', 'code', linksIn(rows, 'state_id'));
}

function labelled(value: unknown, rows: ById): unknown {
  const row = linked(value, rows);
  return row === undefined ? false : [row.id, row.name];
}

/** Rows that keep the one field that is asked of them; each is read once. */
async function lasting(reader: Reader, model: string, field: string, ids: readonly number[]): Promise<ById> {
  const kept = reader.lasting;
  const missing = ids.filter((id) => !kept.has(`${model} ${id}`));
  if (missing.length > 0) {
    const window = { order: 'id asc', limit: missing.length };
    const rows = await reader.search(model, [['id', 'in', missing]], [field], window);
    for (const row of rows) kept.set(`${model} ${row.id}`, row);
  }
  return new Map(
    ids.flatMap((id) => {
      const row = kept.get(`${model} ${id}`);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}

const EXTRA_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'res.partner': [...FIELDS['res.partner']],
  'product.product': [...FIELDS['product.product']],
};
const IDS_PER_CALL = 1_000;

async function byId(reader: Reader, model: string, ids: readonly number[]): Promise<ById> {
  const unique = [...new Set(ids)];
  const fields = await reader.present(model, EXTRA_FIELDS[model] ?? []);
  const rows: Row[] = [];
  for (let start = 0; start < unique.length; start += IDS_PER_CALL) {
    const some = unique.slice(start, start + IDS_PER_CALL);
    rows.push(
      ...(await reader.search(model, [['id', 'in', some]], fields, {
        order: 'id asc',
        limit: IDS_PER_CALL,
        plain: true,
      })),
    );
  }
  return new Map(rows.map((row) => [row.id, row]));
}

const CHILDREN_PER_CALL = 5_000;

/** In the order in which they stand in Odoo. */
async function childrenOf(
  reader: Reader,
  model: string,
  link: string,
  rows: readonly Row[],
  wanted: readonly string[],
): Promise<Map<number, Row[]>> {
  const fields = await reader.present(model, [...wanted, 'write_date']);
  const ids = rows.map(({ id }) => id);
  const children = new Map<number, Row[]>();
  for (let afterId = 0; ; ) {
    const domain = [
      [link, 'in', ids],
      ['id', '>', afterId],
    ];
    const window = { order: 'id asc', limit: CHILDREN_PER_CALL, plain: true } as const;
    const page = await reader.search(model, domain, fields, window);
    for (const child of page) {
      const parent = idOf(child[link]);
      if (parent === undefined) continue;
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [child]);
      else siblings.push(child);
    }
    if (page.length < CHILDREN_PER_CALL) return children;
    afterId = page.at(-1)?.id as number;
  }
}
