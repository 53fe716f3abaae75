// Carriers' invoices as they came, with their lines, and the shipments that the lines were found to bill.
//
// Lines find their shipments only in the hands of whoever holds the carrier (carrier-verdicts.ts).
import type { ClientBase } from 'pg';
import type { CarrierVerdict, ComparedLine } from '../model/carrier-invoice.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import { plainArray, textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';
import type { Name } from './references.ts';

export type NewCarrierInvoice = {
  /** Its event: the order of arrival. */
  readonly id: string;
  readonly messageId: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: string;
  readonly issuedOn: LocalDate;
  readonly lines: readonly { readonly names: readonly Name[]; readonly code: string; readonly amountMinor: bigint }[];
};

/** Keeps them with their lines and has them judged. One that is known already stays as it is. */
export async function keepCarrierInvoices(
  client: ClientBase,
  tenant: string,
  invoices: readonly NewCarrierInvoice[],
  now: Instant,
): Promise<void> {
  if (invoices.length === 0) return;
  const { rows } = await client.query<{ id: string }>(
    `insert into lading.carrier_invoice
       (tenant, id, carrier, invoice, currency, issued_on, arrived_at, message_id, line_count, billed_minor)
     select $1, id, carrier, invoice, currency, issued_on, to_timestamp($2::float8 / 1000), message_id, lines, billed
       from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bigint[], $9::int[], $10::numeric[])
         as new (id, carrier, invoice, currency, issued_on, message_id, lines, billed)
     on conflict do nothing returning id`,
    [
      tenant,
      now,
      plainArray(invoices.map(({ id }) => id)),
      textArray(invoices.map(({ carrier }) => carrier)),
      textArray(invoices.map(({ invoice }) => invoice)),
      textArray(invoices.map(({ currency }) => currency)),
      plainArray(invoices.map(({ issuedOn }) => issuedOn)),
      plainArray(invoices.map(({ messageId }) => messageId)),
      plainArray(invoices.map(({ lines }) => lines.length)),
      plainArray(invoices.map(({ lines }) => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n))),
    ],
  );
  const fresh = new Set(rows.map(({ id }) => id));
  const kept = invoices.filter(({ id }) => fresh.has(id));
  await keepLines(client, tenant, kept);
  await putUnknownNames(
    client,
    tenant,
    kept.flatMap(({ id, lines }) => lines.flatMap(({ names }) => names.map((name) => ({ ...name, id })))),
  );
  await client.query(
    `insert into lading.carrier_invoice_due (tenant, carrier, id) select $1, * from unnest($2::text[], $3::bigint[])`,
    [tenant, textArray(kept.map(({ carrier }) => carrier)), plainArray(kept.map(({ id }) => id))],
  );
}

async function keepLines(client: ClientBase, tenant: string, invoices: readonly NewCarrierInvoice[]): Promise<void> {
  const lines = invoices.flatMap(({ id, carrier, lines: own }) =>
    own.map((line, index) => ({ ...line, id, carrier, position: index + 1 })),
  );
  await client.query(
    `insert into lading.carrier_invoice_line (tenant, id, position, carrier, names, code, amount_minor)
     select $1, * from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::numeric[])`,
    [
      tenant,
      plainArray(lines.map(({ id }) => id)),
      plainArray(lines.map(({ position }) => position)),
      textArray(lines.map(({ carrier }) => carrier)),
      textArray(lines.map(({ names }) => JSON.stringify(names.map(({ type, value }) => [type, value])))),
      textArray(lines.map(({ code }) => code)),
      plainArray(lines.map(({ amountMinor }) => amountMinor)),
    ],
  );
}

type NameOfInvoice = Name & { readonly id: string };

async function putUnknownNames(client: ClientBase, tenant: string, names: readonly NameOfInvoice[]): Promise<void> {
  if (names.length === 0) return;
  await client.query(
    `insert into lading.carrier_invoice_name (tenant, type, value, id)
     select distinct $1, type, value, id from unnest($2::text[], $3::text[], $4::bigint[]) as new (type, value, id)
     on conflict do nothing`,
    [
      tenant,
      textArray(names.map(({ type }) => type)),
      textArray(names.map(({ value }) => value)),
      plainArray(names.map(({ id }) => id)),
    ],
  );
}

export type CarrierInvoiceLine = {
  readonly position: number;
  readonly names: readonly Name[];
  readonly shipment?: string;
  readonly code: string;
  readonly amountMinor: bigint;
  /** What it bills its shipment's charge as; none: nothing. */
  readonly state?: 'approved' | 'disputed';
};

export type CarrierInvoiceRow = {
  readonly id: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: string;
  readonly verdict?: CarrierVerdict;
  readonly expectedMinor: bigint;
  /** As it is kept: see `comparedText`. */
  readonly compared: readonly ComparedLine[];
  readonly bill?: string;
  readonly isRepeated: boolean;
  readonly lines: readonly CarrierInvoiceLine[];
};

type HeadRow = {
  id: string;
  carrier: string;
  invoice: string;
  currency: string;
  verdict: CarrierVerdict | null;
  expectedMinor: string;
  compared: ComparedCells[];
  bill: string | null;
  isRepeated: boolean;
};
type LineRow = {
  id: string;
  position: number;
  names: string;
  shipment: string | null;
  code: string;
  amountMinor: string;
  state: 'approved' | 'disputed' | null;
};

/** In order of arrival, with their lines. */
export async function carrierInvoices(
  client: Queryable,
  tenant: string,
  ids: readonly string[],
): Promise<CarrierInvoiceRow[]> {
  if (ids.length === 0) return [];
  const heads = await client.query<HeadRow>(
    `select i.id, i.carrier, i.invoice, i.currency, i.verdict, i.expected_minor::text as "expectedMinor", i.compared,
            i.bill,
            exists (select from lading.carrier_invoice e where e.tenant = i.tenant and e.carrier = i.carrier
                       and e.invoice = i.invoice and e.id < i.id) as "isRepeated"
       from lading.carrier_invoice i where i.tenant = $1 and i.id = any($2::bigint[]) order by i.id`,
    [tenant, plainArray(ids)],
  );
  const lines = await client.query<LineRow>(
    `select id, position, names, shipment, code, amount_minor::text as "amountMinor", state
       from lading.carrier_invoice_line where tenant = $1 and id = any($2::bigint[]) order by id, position`,
    [tenant, plainArray(ids)],
  );
  const linesOf = Map.groupBy(lines.rows, ({ id }) => id);
  return heads.rows.map(({ verdict, bill, ...head }) => ({
    ...head,
    ...(verdict === null ? {} : { verdict }),
    ...(bill === null ? {} : { bill }),
    expectedMinor: BigInt(head.expectedMinor),
    compared: head.compared.map(comparedFrom),
    lines: (linesOf.get(head.id) ?? []).map(lineFrom),
  }));
}

function lineFrom({ id: _, names, shipment, amountMinor, state, ...line }: LineRow): CarrierInvoiceLine {
  return {
    ...line,
    names: (JSON.parse(names) as [string, string][]).map(([type, value]) => ({ type, value })),
    ...(shipment === null ? {} : { shipment }),
    amountMinor: BigInt(amountMinor),
    ...(state === null ? {} : { state }),
  };
}

export type ComparedCells = [
  shipment: string,
  code: string,
  billed: string,
  expected: string,
  isWithinTolerance: boolean,
];

/** JSON has no whole numbers beyond 2^53: amounts are text in it. */
export function comparedText(compared: readonly ComparedLine[]): string {
  const cells = compared.map(({ shipment, code, billedMinor, expectedMinor, isWithinTolerance }): ComparedCells => {
    return [shipment, code, String(billedMinor), String(expectedMinor), isWithinTolerance];
  });
  return JSON.stringify(cells);
}

export function comparedFrom(cells: ComparedCells): ComparedLine {
  const [shipment, code, billed, expected, isWithinTolerance] = cells;
  return { shipment, code, billedMinor: BigInt(billed), expectedMinor: BigInt(expected), isWithinTolerance };
}

export type FoundLine = { readonly id: string; readonly position: number; readonly shipment: string };

/** Lines whose shipment is known now; of their invoices, only these names are still to be found. */
export async function assignLines(
  client: ClientBase,
  tenant: string,
  found: readonly FoundLine[],
  stillUnknown: readonly NameOfInvoice[],
): Promise<void> {
  if (found.length === 0) return;
  const ids = plainArray(found.map(({ id }) => id));
  await client.query(
    `update lading.carrier_invoice_line l set shipment = found.shipment
       from unnest($2::bigint[], $3::int[], $4::text[]) as found (id, position, shipment)
      where l.tenant = $1 and l.id = found.id and l.position = found.position`,
    [tenant, ids, plainArray(found.map(({ position }) => position)), textArray(found.map(({ shipment }) => shipment))],
  );
  // By their whole key: the invoices may be few among many.
  await client.query(
    `delete from lading.carrier_invoice_name n
      using (select distinct l.id, name ->> 0 as type, name ->> 1 as value
               from lading.carrier_invoice_line l, jsonb_array_elements(l.names::jsonb) as name
              where l.tenant = $1 and l.id = any($2::bigint[])) as gone
      where n.tenant = $1 and n.value = gone.value and n.type = gone.type and n.id = gone.id`,
    [tenant, ids],
  );
  await putUnknownNames(client, tenant, stillUnknown);
}
