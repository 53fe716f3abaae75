// What carriers' invoices were found to be, and what of them counts for their shipments.
//
// Who judges a carrier's invoices holds that carrier (`holdCarrier`): only then may verdicts change.
import type { ClientBase } from 'pg';
import type { CarrierVerdict, ComparedLine } from '../model/carrier-invoice.ts';
import type { LandedLine } from '../model/landed.ts';
import type { Instant } from '../model/time.ts';
import { plainArray, textArray } from './array-literal.ts';
import { comparedText } from './carrier-invoices.ts';
import type { Queryable } from './database.ts';

/** Waits for nobody: false when another holds it. Held until the transaction ends. */
export async function holdCarrier(client: ClientBase, tenant: string, carrier: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held`,
    [`lading carrier ${tenant} ${carrier}`],
  );
  return rows[0]?.held === true;
}

export type VerdictChange = {
  readonly id: string;
  readonly verdict: CarrierVerdict;
  readonly compared: readonly ComparedLine[];
  /** Lines that bill otherwise than before. */
  readonly states: readonly { readonly position: number; readonly state?: 'approved' | 'disputed' | undefined }[];
  /** The document it becomes in the ERP; kept once it is there. */
  readonly bill?: string | undefined;
  /** It is left there as a draft. */
  readonly billIsDraft?: boolean;
};

/** Writes verdicts, and what each line of those invoices bills now. */
export async function writeVerdictsOf(
  client: ClientBase,
  tenant: string,
  changes: readonly VerdictChange[],
  now: Instant,
): Promise<void> {
  if (changes.length === 0) return;
  await client.query(
    `update lading.carrier_invoice i
        set verdict = new.verdict, compared = new.compared, expected_minor = new.expected,
            bill = coalesce(i.bill, new.bill),
            bill_is_draft = case when i.bill is null then new.draft else i.bill_is_draft end, audited_at = to_timestamp($2::float8 / 1000)
       from unnest($3::bigint[], $4::text[], $5::jsonb[], $6::numeric[], $7::text[], $8::boolean[])
         as new (id, verdict, compared, expected, bill, draft)
      where i.tenant = $1 and i.id = new.id`,
    [
      tenant,
      now,
      plainArray(changes.map(({ id }) => id)),
      textArray(changes.map(({ verdict }) => verdict)),
      textArray(changes.map(({ compared }) => comparedText(compared))),
      plainArray(changes.map(({ compared }) => compared.reduce((sum, { expectedMinor }) => sum + expectedMinor, 0n))),
      textArray(changes.map(({ bill }) => bill)),
      plainArray(changes.map(({ billIsDraft = false }) => billIsDraft)),
    ],
  );
  const lines = changes.flatMap(({ id, states }) => states.map((line) => ({ ...line, id })));
  if (lines.length === 0) return;
  await client.query(
    `update lading.carrier_invoice_line l set state = new.state
       from unnest($2::bigint[], $3::int[], $4::text[]) as new (id, position, state)
      where l.tenant = $1 and l.id = new.id and l.position = new.position`,
    [
      tenant,
      plainArray(lines.map(({ id }) => id)),
      plainArray(lines.map(({ position }) => position)),
      textArray(lines.map(({ state }) => state)),
    ],
  );
}

export type BillingLine = {
  readonly id: string;
  readonly carrier: string;
  readonly shipment: string;
  readonly code: string;
  readonly state: 'approved' | 'disputed';
};

/** What invoices of any carrier bill of these shipments. */
export async function billingLinesOf(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<BillingLine[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<BillingLine>(
    `select distinct id, carrier, shipment, code, state from lading.carrier_invoice_line
      where tenant = $1 and shipment = any($2::text[]) and state is not null`,
    [tenant, textArray(shipments)],
  );
  return rows;
}

/** What was accepted of invoices of any carrier for these shipments, by arrival and code; one row an invoice, shipment and code. */
export async function acceptedLinesOf(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<(LandedLine & { readonly shipment: string })[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<LandedLine & { shipment: string }>(
    `select l.shipment, i.carrier, i.invoice, l.code, i.currency, sum(l.amount_minor)::text as "amountMinor",
            i.arrived_at as "arrivedAt"
       from lading.carrier_invoice_line l join lading.carrier_invoice i on i.tenant = l.tenant and i.id = l.id
      where l.tenant = $1 and l.shipment = any($2::text[]) and l.state = 'approved'
      group by l.shipment, i.id, i.carrier, i.invoice, l.code, i.currency, i.arrived_at
      order by l.shipment, i.id, l.code`,
    [tenant, textArray(shipments)],
  );
  return rows;
}

/** The verdicts on all invoices of these numbers. */
export async function verdictsOfNumbers(
  client: Queryable,
  tenant: string,
  numbers: readonly { readonly carrier: string; readonly invoice: string }[],
): Promise<{ carrier: string; invoice: string; verdicts: CarrierVerdict[] }[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<{ carrier: string; invoice: string; verdicts: CarrierVerdict[] }>(
    `select i.carrier, i.invoice, array_agg(distinct i.verdict) filter (where i.verdict is not null) as verdicts
       from lading.carrier_invoice i
       join (select distinct * from unnest($2::text[], $3::text[])) as of (carrier, invoice)
         on i.carrier = of.carrier and i.invoice = of.invoice
      where i.tenant = $1 group by i.carrier, i.invoice`,
    [tenant, textArray(numbers.map(({ carrier }) => carrier)), textArray(numbers.map(({ invoice }) => invoice))],
  );
  return rows.map((row) => ({ ...row, verdicts: row.verdicts ?? [] }));
}
