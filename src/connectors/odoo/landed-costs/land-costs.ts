// The landed cost of a carrier's bill (`stock.landed.cost`): its marked lines added to the value of the goods that they brought here.
//
// One for each shipment on the bill, so that each receipt bears its own. Odoo's button "Create Landed Costs" makes another one each
// time; ours is loaded under a permanent external id, and credits the account that the bill's line debited, at the amount in the
// company's currency that was booked there. A person who made one by that button is left to it.
import { decimal } from '../../../model/decimal.ts';
import { formatMinor, toMinor } from '../../../model/money.ts';
import type { BillCosts, LandedResult, Refusal } from '../../contract.ts';
import type { LoadTable, Move } from '../documents/invoice.ts';
import { recordBehind, resolveMoves } from '../documents/resolve.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Door } from '../doors/door.ts';
import { loadRecords } from '../load.ts';
import type { Odoo } from '../odoo.ts';
import { verdictOn } from '../together.ts';
import { LANDED_COST_FIELD } from './marked-lines.ts';
import { type Found, type Receipt, readReceipts, receiptsFor } from './receipts.ts';

const COST = 'stock.landed.cost';
const OF_BILL = 'landed_costs_ids';
const MOST = 2_000;

type Came = Refusal | Exclude<Found, { receipts: unknown }> | Settled;
type Settled = { readonly outcome: 'landed' } | { readonly outcome: 'none' | 'person'; readonly reason: string };

/** One result for each, in order. */
export async function landCosts(odoo: Odoo, bills: readonly BillCosts[]): Promise<readonly LandedResult[]> {
  try {
    if (odoo.settings.landedCosts === 'leave')
      return bills.map(({ key }) => none(key, 'the settings leave it to people'));
    if (!(await keepsLandedCosts(odoo.call))) return bills.map(({ key }) => none(key, 'the app is not there'));
    const moves = await resolveMoves(
      odoo.call,
      odoo.ids,
      bills.map(({ key }) => key),
    );
    const stored = await readLines(odoo.call, [...moves.values()]);
    const results: LandedResult[] = [];
    for (const bill of bills) {
      const move = moves.get(bill.key);
      results.push(await attempt(odoo, bill, move, stored.get(move?.id ?? 0) ?? []));
    }
    return results;
  } catch (error) {
    return bills.map(({ key }) => troubled(odoo, key, error));
  }
}

const none = (key: string, reason: string): LandedResult => ({ key, outcome: 'none', reason });

function troubled({ settings }: Odoo, key: string, error: unknown): LandedResult {
  const verdict = verdictOn(error, classifyRead);
  if (verdict.verdict === 'refuse') {
    // Where nobody asked for it, the right to it is nobody's duty to give.
    const isAsked = settings.landedCosts !== undefined;
    if (verdict.kind === 'not-permitted' && !isAsked) return none(key, verdict.sentence);
    const { kind, scope, sentence } = verdict;
    return { key, outcome: 'refused', kind, scope, sentence };
  }
  // What it may have done is found under its key, so unknown is tried again like any other.
  const { scope, reason } = verdict;
  return { key, outcome: 'retry', scope, reason, afterMs: verdict.verdict === 'retry' ? verdict.afterMs : undefined };
}

async function keepsLandedCosts(call: Door): Promise<boolean> {
  const args = { allfields: [OF_BILL], attributes: ['type'] };
  return OF_BILL in ((await call({ model: 'account.move', method: 'fields_get', args })) as object);
}

type Reference = [id: number, name: string];
/** A line of a bill that is a landed cost, as it was booked. */
type CostLine = {
  readonly id: number;
  readonly name: string | false;
  readonly move_id: Reference;
  readonly product_id: Reference | false;
  readonly account_id: Reference;
  readonly company_id: Reference;
  readonly company_currency_id: Reference;
  /** In the company's currency; below zero on a vendor credit. */
  readonly balance: number;
};

const LINE_FIELDS = ['name', 'move_id', 'product_id', 'account_id', 'company_id', 'company_currency_id', 'balance'];

async function readLines(call: Door, moves: readonly Move[]): Promise<ReadonlyMap<number, readonly CostLine[]>> {
  const ids = moves.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const domain = [
    ['move_id', 'in', ids],
    ['display_type', '=', 'product'],
    [LANDED_COST_FIELD, '=', true],
  ];
  const args = { domain, fields: LINE_FIELDS, order: 'id asc', limit: MOST };
  const lines = (await call({ model: 'account.move.line', method: 'search_read', args })) as CostLine[];
  return Map.groupBy(lines, ({ move_id }) => move_id[0]);
}

async function attempt(
  odoo: Odoo,
  bill: BillCosts,
  move: Move | undefined,
  lines: readonly CostLine[],
): Promise<LandedResult> {
  const { key } = bill;
  if (move === undefined || move.state === 'cancelled') return none(key, 'the bill is not in Odoo any more');
  if (lines.length === 0) return none(key, 'no line of it is a landed cost');
  if (move.state === 'draft') return { key, outcome: 'waits', for: 'posting', reason: 'a person is to post the bill' };
  try {
    const came = await landBill(odoo, bill, move, lines);
    return 'outcome' in came ? { key, ...came } : { key, outcome: 'refused', ...came };
  } catch (error) {
    return troubled(odoo, key, error);
  }
}

async function landBill(odoo: Odoo, bill: BillCosts, move: Move, lines: readonly CostLine[]): Promise<Came> {
  const lineOf = new Map(bill.lines.map((line) => [line.description, line]));
  const stranger = lines.find(({ name }) => !lineOf.has(name || ''));
  if (stranger !== undefined) return { outcome: 'person', reason: `"${stranger.name || ''}" on the bill is not ours` };
  const shipments = Map.groupBy(lines, ({ name }) => lineOf.get(name || '')?.shipment ?? '');
  const known = await ownCosts(odoo, bill.key, [...shipments.keys()]);
  if (await isMadeByHand(odoo, move, [...known.values()])) return left('somebody made its landed cost');
  const named = bill.lines.filter(({ shipment }) => shipments.has(shipment));
  const companyId = (lines[0] as CostLine).company_id[0];
  const receipts = await readReceipts(
    odoo.call,
    named.flatMap(({ names }) => names),
    companyId,
  );
  const all: Came[] = [];
  for (const [shipment, own] of shipments) {
    const found = receiptsFor(receipts, named.find((line) => line.shipment === shipment)?.names ?? []);
    const landing = { bill: bill.key, shipment, move, lines: own };
    if ('receipts' in found) all.push(await landShipment(odoo, { ...landing, receipts: found.receipts }));
    else all.push(known.has(shipment) ? await landShipment(odoo, { ...landing, receipts: [] }) : found);
  }
  return ofAll(all);
}

// What is to be mended goes first, then what is still to be done.
function ofAll(all: readonly Came[]): Came {
  const of = (wanted: string) => all.find((came) => 'outcome' in came && came.outcome === wanted);
  return all.find((came) => !('outcome' in came)) ?? of('person') ?? of('waits') ?? of('none') ?? { outcome: 'landed' };
}

const left = (reason: string): Came => ({ outcome: 'none', reason });

async function ownCosts({ call, ids }: Odoo, bill: string, shipments: readonly string[]) {
  const known = new Map<string, number>();
  for (const shipment of shipments) {
    const id = await recordBehind(call, ids.landedCost(bill, shipment));
    if (id !== undefined) known.set(shipment, id);
  }
  return known;
}

async function isMadeByHand({ call }: Odoo, { id }: Move, own: readonly number[]): Promise<boolean> {
  const domain = [
    ['vendor_bill_id', '=', id],
    ['id', 'not in', own],
    ['state', '!=', 'cancel'],
  ];
  const found = await call({ model: COST, method: 'search_read', args: { domain, fields: ['id'], limit: 1 } });
  return (found as unknown[]).length > 0;
}

type Landing = {
  readonly bill: string;
  readonly shipment: string;
  readonly move: Move;
  readonly lines: readonly CostLine[];
  readonly receipts: readonly Receipt[];
};

// Draft, compare, validate, read back: like a document, each time from where it stands.
async function landShipment(odoo: Odoo, landing: Landing): Promise<Came> {
  const { call, settings } = odoo;
  const id = await draftFor(odoo, landing);
  const draft = await readCost(call, id);
  if (draft.state === 'cancel') return left(`somebody cancelled ${draft.name}`);
  const difference = differenceFrom(draft, landing);
  if (difference !== undefined) return { kind: 'differs', scope: 'document', sentence: difference };
  if (settings.landedCosts !== 'validate' || draft.state !== 'draft') return { outcome: 'landed' };
  // Another worker may have been quicker: the state says, not the error.
  const complaint = await call({ model: COST, method: 'button_validate', ids: [id] })
    .then(() => undefined)
    .catch((error: unknown) => error);
  if ((await readCost(call, id)).state === 'done') return { outcome: 'landed' };
  if (complaint !== undefined) throw complaint;
  const sentence = `Odoo left ${draft.name} a draft when asked to validate it; look at it there`;
  return { kind: 'rejected', scope: 'document', sentence };
}

async function draftFor(odoo: Odoo, landing: Landing): Promise<number> {
  const { call, ids } = odoo;
  const { bill, shipment, lines } = landing;
  const externalId = ids.landedCost(bill, shipment);
  const known = await recordBehind(call, externalId);
  if (known !== undefined) return known;
  const context = { allowed_company_ids: [(lines[0] as CostLine).company_id[0]] };
  const table = costTable(externalId, landing, await splitMethods(call, lines));
  const [id] = await loadRecords(call, COST, table, context);
  return id as number;
}

const HEAD = ['id', 'date', 'vendor_bill_id/.id', 'picking_ids/.id'];
const LINE = ['product_id/.id', 'name', 'price_unit', 'split_method', 'account_id/.id'];

function costTable(
  externalId: string,
  { move, lines, receipts }: Landing,
  methods: ReadonlyMap<number, string>,
): LoadTable {
  // Not before the goods were there.
  const date = [move.date ?? '', ...receipts.map(({ doneOn }) => doneOn)].sort().at(-1) ?? '';
  const head = [externalId, date, String(move.id), receipts.map(({ id }) => id).join(',')];
  const data = lines.map(({ name, product_id, balance, account_id, company_currency_id: [, currency] }, index) => {
    const productId = product_id === false ? 0 : product_id[0];
    const amount = formatMinor(toMinor(decimal(balance), currency), currency);
    const line = [String(productId), name || '', amount, methods.get(productId) ?? 'equal', String(account_id[0])];
    return [...(index === 0 ? head : head.map(() => '')), ...line];
  });
  return { fields: [...HEAD, ...LINE.map((field) => `cost_lines/${field}`)], data };
}

// By what a cost is shared out over the goods, its product says; Odoo's own form takes it from there, too.
async function splitMethods(call: Door, lines: readonly CostLine[]): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(lines.flatMap(({ product_id }) => (product_id === false ? [] : product_id[0])))];
  const field = 'split_method_landed_cost';
  const products = await call({ model: 'product.product', method: 'read', ids, args: { fields: [field] } });
  return new Map(
    (products as { id: number; [field]: string | false }[]).map((product) => [product.id, product[field] || 'equal']),
  );
}

type Cost = {
  readonly name: string;
  readonly state: 'draft' | 'done' | 'cancel';
  readonly amount_total: number;
  readonly picking_ids: readonly number[];
  readonly vendor_bill_id: Reference | false;
};

async function readCost(call: Door, id: number): Promise<Cost> {
  const fields = ['name', 'state', 'amount_total', 'picking_ids', 'vendor_bill_id'];
  const [cost] = (await call({ model: COST, method: 'read', ids: [id], args: { fields } })) as Cost[];
  return cost as Cost;
}

/** What a person changed, or Odoo stored otherwise than meant. */
function differenceFrom(cost: Cost, { move, lines, receipts }: Landing): string | undefined {
  const [, currency] = (lines[0] as CostLine).company_currency_id;
  const minor = (amount: number) => toMinor(decimal(amount), currency);
  const meant = lines.reduce((sum, { balance }) => sum + minor(balance), 0n);
  const stored = minor(cost.amount_total);
  const amount = (of: bigint) => `${formatMinor(of, currency)} ${currency}`;
  if (stored !== meant) return `${cost.name} comes to ${amount(stored)}, not ${amount(meant)}`;
  if (cost.vendor_bill_id === false || cost.vendor_bill_id[0] !== move.id) return `${cost.name} names another bill`;
  const bearing = receipts.map(({ id }) => id).sort((a, b) => a - b);
  const isOthers = bearing.length > 0 && cost.picking_ids.toSorted((a, b) => a - b).join() !== bearing.join();
  return isOthers ? `${cost.name} is not borne by ${receipts.map(({ name }) => name).join(', ')} alone` : undefined;
}
