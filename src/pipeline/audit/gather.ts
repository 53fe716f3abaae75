// What is needed to judge some of a carrier's invoices: their lines with their shipments, what those expect to pay, and
// what was billed of them. The shipments are held from here on.
import type { ClientBase } from 'pg';
import { type Amounts, amountKey, isCredit } from '../../domain/audit/credit.ts';
import type { ArrivedInvoice, Billings } from '../../domain/audit/in-order.ts';
import { billingKey, type Expectation } from '../../domain/audit/verdict.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Instant } from '../../model/time.ts';
import {
  type AuditedShipment,
  type ExpectedCharge,
  expectedCharges,
  knownShipments,
  lockAuditedShipments,
} from '../../store/audited-shipments.ts';
import { standingAmounts } from '../../store/carrier-credits.ts';
import {
  assignLines,
  type CarrierInvoiceLine,
  type CarrierInvoiceRow,
  carrierInvoices,
} from '../../store/carrier-invoices.ts';
import { type BillingLine, billingLinesOf } from '../../store/carrier-verdicts.ts';
import { findReferences } from '../../store/references.ts';
import { addName, emptyIndex, find, type NameIndex } from '../resolve.ts';

export type Gathered = {
  readonly rows: readonly CarrierInvoiceRow[];
  readonly invoices: readonly ArrivedInvoice[];
  readonly shipments: ReadonlyMap<string, AuditedShipment>;
  readonly expectations: ReadonlyMap<string, Expectation>;
  readonly billings: Billings;
  readonly amounts?: { readonly billed: Amounts; readonly credited: Amounts };
};

/** The carrier is held. */
export async function gatherInvoices(
  client: ClientBase,
  tenant: string,
  carrier: string,
  ids: readonly string[],
  rules: RuleBook,
  now: Instant,
): Promise<Gathered> {
  const rows = await withShipments(client, tenant, await carrierInvoices(client, tenant, ids));
  const named = new Set(rows.flatMap(({ lines }) => lines.flatMap(({ shipment }) => shipment ?? [])));
  const held = await lockAuditedShipments(client, tenant, [...named].sort(), now);
  const charges = await expectedCharges(client, tenant, [...named]);
  const billed = await billingLinesOf(client, tenant, [...named]);
  return {
    rows,
    invoices: rows.map(({ id, ...invoice }) => ({ ...invoice, id: BigInt(id) })),
    shipments: new Map(held.map((shipment) => [shipment.shipment, shipment])),
    expectations: expectationsFrom(held, charges, rules),
    billings: billingsFrom(billed, carrier),
    ...(await amountsFor(client, tenant, carrier, rows)),
  };
}

// Bills need none of it, and most of what comes are bills.
async function amountsFor(
  client: ClientBase,
  tenant: string,
  carrier: string,
  rows: readonly CarrierInvoiceRow[],
): Promise<Pick<Gathered, 'amounts'>> {
  const credits = rows.filter(({ lines }) => isCredit(lines));
  if (credits.length === 0) return {};
  const shipments = new Set(credits.flatMap(({ lines }) => lines.flatMap(({ shipment }) => shipment ?? [])));
  const billed = new Map<string, Map<bigint, bigint>>();
  const credited = new Map<string, Map<bigint, bigint>>();
  for (const { id, shipment, code, currency, amountMinor, isCreditNote } of await standingAmounts(
    client,
    tenant,
    carrier,
    [...shipments],
  )) {
    const side = isCreditNote ? credited : billed;
    const key = amountKey(shipment, code, currency);
    const ids = side.get(key) ?? new Map<bigint, bigint>();
    side.set(key, ids.set(BigInt(id), isCreditNote ? -amountMinor : amountMinor));
  }
  return { amounts: { billed, credited } };
}

// A line that found its shipment keeps it, as events do.
async function withShipments(
  client: ClientBase,
  tenant: string,
  rows: readonly CarrierInvoiceRow[],
): Promise<CarrierInvoiceRow[]> {
  const unknown = rows.flatMap(({ lines }) => lines.filter(({ shipment }) => shipment === undefined));
  if (unknown.length === 0) return [...rows];
  const index = await indexOf(client, tenant, unknown);
  const found = rows.map((row) => ({ ...row, lines: row.lines.map((line) => foundLine(line, index)) }));
  const changed = found.filter((row, at) => row.lines.some((line, of) => line !== rows[at]?.lines[of]));
  await assignLines(
    client,
    tenant,
    changed.flatMap(({ id, lines }) =>
      lines.flatMap(({ position, shipment }) => (shipment === undefined ? [] : [{ id, position, shipment }])),
    ),
    changed.flatMap(({ id, lines }) =>
      lines.flatMap(({ names, shipment }) => (shipment === undefined ? names.map((name) => ({ ...name, id })) : [])),
    ),
  );
  return found;
}

function foundLine(line: CarrierInvoiceLine, index: NameIndex): CarrierInvoiceLine {
  if (line.shipment !== undefined) return line;
  const found = find(index, line.names);
  return found === undefined ? line : { ...line, shipment: found.shipment };
}

async function indexOf(client: ClientBase, tenant: string, lines: readonly CarrierInvoiceLine[]): Promise<NameIndex> {
  const index = emptyIndex();
  const names = new Map(lines.flatMap((line) => line.names.map((name) => [`${name.type} ${name.value}`, name])));
  const own = [...names.values()].filter(({ type }) => type === 'shipment');
  const known = await knownShipments(
    client,
    tenant,
    own.map(({ value }) => value),
  );
  for (const shipment of known) index.shipments.add(shipment);
  for (const reference of await findReferences(client, tenant, [...names.values()])) addName(index, reference);
  return index;
}

function expectationsFrom(shipments: readonly AuditedShipment[], charges: readonly ExpectedCharge[], rules: RuleBook) {
  const chargesOf = Map.groupBy(charges, ({ shipment }) => shipment);
  return new Map(
    shipments.map(({ shipment, carrier, customer }): [string, Expectation] => {
      const codes = rules.policies.get(customer ?? '')?.content.landedCost?.codes;
      const disbursements = codes === undefined ? {} : { disbursements: new Set(codes) };
      return [shipment, { carrier, charges: chargesOf.get(shipment) ?? [], ...disbursements }];
    }),
  );
}

function billingsFrom(lines: readonly BillingLine[], carrier: string): Billings {
  const billings = new Map<string, Set<bigint>>();
  for (const { id, shipment, code, carrier: by } of lines) {
    if (by !== carrier) continue;
    const key = billingKey(shipment, code);
    const ids = billings.get(key) ?? new Set();
    billings.set(key, ids.add(BigInt(id)));
  }
  return billings;
}
