// The bills that approved carriers' invoices become in the ERP: wanted once, on their way out, and confirmed.
import type { Instant, LocalDate } from '../model/time.ts';
import { textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';

/** Wants these bills in `system`. The key is permanent, so wanting twice is one. */
export async function intendBills(
  client: Queryable,
  tenant: string,
  system: string,
  bills: readonly string[],
  now: Instant,
): Promise<void> {
  if (bills.length === 0) return;
  await client.query(
    `insert into lading.effect (tenant, key, system, kind, subject, next_at, correlation, created_at, changed_at)
     select $1, $2 || ':' || i.bill, $2, 'bill', i.bill, at, m.correlation, at, at
       from to_timestamp($4::float8 / 1000) as at, lading.carrier_invoice i
       left join lading.message m on m.tenant = i.tenant and m.id = i.message_id
      where i.tenant = $1 and i.bill = any($3::text[])
     on conflict do nothing`,
    [tenant, system, textArray(bills), now],
  );
}

export type VendorBill = {
  /** `bill:swft/R-9001` */
  readonly number: string;
  readonly carrier: string;
  /** The carrier's own number. */
  readonly invoice: string;
  readonly currency: string;
  readonly issuedOn: LocalDate;
  readonly arrivedAt: Instant;
  /** What the carrier gives back; its amounts are positive. */
  readonly isCredit: boolean;
  readonly isDraft: boolean;
  readonly lines: readonly { readonly shipment: string; readonly code: string; readonly amountMinor: bigint }[];
};

type BillRow = Omit<VendorBill, 'lines'> & { lines: { shipment: string; code: string; amountMinor: string }[] };

/** In no promised order; one line a code and shipment: what a settled dispute left to pay, else what was billed. What names no bill is left out. */
export async function vendorBills(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
): Promise<VendorBill[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<BillRow>(
    `select i.bill as number, i.carrier, i.invoice, i.currency, i.issued_on as "issuedOn",
            i.arrived_at as "arrivedAt", i.billed_minor < 0 as "isCredit", i.bill_is_draft as "isDraft",
            coalesce(d.payable, (select jsonb_agg(jsonb_build_object('shipment', shipment, 'code', code, 'amountMinor', amount::text)
                              order by first)
               from (select shipment, code, sum(amount_minor) as amount, min(position) as first
                       from lading.carrier_invoice_line l
                      where l.tenant = i.tenant and l.id = i.id group by shipment, code) as line)) as lines
       from lading.carrier_invoice i left join lading.carrier_dispute d on d.tenant = i.tenant and d.id = i.id
      where i.tenant = $1 and i.bill = any($2::text[])`,
    [tenant, textArray(numbers)],
  );
  return rows.map(({ lines, ...bill }) => ({
    ...bill,
    lines: lines.map((line) => ({ ...line, amountMinor: BigInt(line.amountMinor) * (bill.isCredit ? -1n : 1n) })),
  }));
}

/** The shipments on each of these bills, by number, in the order of the lines. */
export async function shipmentsOnBills(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
): Promise<Map<string, string[]>> {
  const bills = await vendorBills(client, tenant, numbers);
  return new Map(bills.map(({ number, lines }) => [number, [...new Set(lines.map(({ shipment }) => shipment))]]));
}

/** Marks bills as posted. One that was posted before keeps the time of then. */
export async function confirmBills(
  client: Queryable,
  tenant: string,
  confirmations: readonly { readonly number: string; readonly externalId: string; readonly erpNumber: string }[],
  at: Instant,
): Promise<void> {
  if (confirmations.length === 0) return;
  await client.query(
    `update lading.carrier_invoice i
        set posted_at = to_timestamp($2::float8 / 1000), erp_id = new.erp_id, erp_number = new.erp_number
       from unnest($3::text[], $4::text[], $5::text[]) as new (number, erp_id, erp_number)
      where i.tenant = $1 and i.bill = new.number and i.posted_at is null`,
    [
      tenant,
      at,
      textArray(confirmations.map(({ number }) => number)),
      textArray(confirmations.map(({ externalId }) => externalId)),
      textArray(confirmations.map(({ erpNumber }) => erpNumber)),
    ],
  );
}
