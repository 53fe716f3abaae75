// Which carriers' invoices are to be judged, for the first time or again.
//
// A mark says no more than "look at it". It is a row of its own, so that who marks waits for nobody, and a mark made
// while its invoice is being looked at stays for the next look.
import type { ClientBase } from 'pg';
import { plainArray, textArray } from './array-literal.ts';
import type { Queryable } from './database.ts';
import type { Name } from './references.ts';
import { FINDS_BY_NOW } from './waiting.ts';

/** Those that have a line of any of these shipments. */
export async function markInvoicesOfShipments(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query({
    name: 'mark-invoices-of-shipments',
    text: `
      insert into lading.carrier_invoice_due (tenant, carrier, id)
      select distinct $1, carrier, id from lading.carrier_invoice_line
       where tenant = $1 and shipment = any($2::text[])`,
    values: [tenant, textArray(shipments)],
  });
}

/** Those that have a line of a shipment of any of these customers. */
export async function markInvoicesOfCustomers(
  client: Queryable,
  tenant: string,
  customers: readonly string[],
): Promise<void> {
  if (customers.length === 0) return;
  await client.query(
    `insert into lading.carrier_invoice_due (tenant, carrier, id)
     select distinct $1, l.carrier, l.id
       from lading.carrier_invoice_line l join lading.shipment s on s.tenant = l.tenant and s.shipment = l.shipment
      where l.tenant = $1 and s.customer = any($2::text[])`,
    [tenant, textArray(customers)],
  );
}

/** Those with a line that waits under any of these names. */
export async function markInvoicesUnder(client: Queryable, tenant: string, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return;
  await client.query({
    name: 'mark-invoices-under',
    text: `
      insert into lading.carrier_invoice_due (tenant, carrier, id)
      select distinct $1, i.carrier, i.id
        from unnest($2::text[], $3::text[]) as given (type, value)
        join lading.carrier_invoice_name n on n.tenant = $1 and n.value = given.value and n.type = given.type
        join lading.carrier_invoice i on i.tenant = $1 and i.id = n.id`,
    values: [tenant, textArray(names.map(({ type }) => type)), textArray(names.map(({ value }) => value))],
  });
}

/** Those with a line whose name finds a shipment by now, whoever should have said so. */
export async function markInvoicesFoundMeanwhile(client: Queryable, tenant: string, limit: number): Promise<void> {
  await client.query(
    `insert into lading.carrier_invoice_due (tenant, carrier, id)
     select $1, i.carrier, i.id
       from (select distinct w.id from lading.carrier_invoice_name w
              where w.tenant = $1 and (${FINDS_BY_NOW}) limit $2) as found
       join lading.carrier_invoice i on i.tenant = $1 and i.id = found.id`,
    [tenant, limit],
  );
}

/** Those of these carriers that were compared with what was expected. */
export async function markComparedInvoices(
  client: Queryable,
  tenant: string,
  carriers: readonly string[],
): Promise<void> {
  if (carriers.length === 0) return;
  await client.query(
    `insert into lading.carrier_invoice_due (tenant, carrier, id)
     select tenant, carrier, id from lading.carrier_invoice
      where tenant = $1 and carrier = any($2::text[]) and verdict in ('approved', 'disputed')`,
    [tenant, textArray(carriers)],
  );
}

/** What turned by invoice `id`: a shipment's code that it bills now, or no longer. */
export type TurnedBilling = { readonly id: string; readonly shipment: string; readonly code: string };

/** Marks the carrier's later invoices, `among` aside, that bill any of the same; returns the earliest of them. */
export async function markLaterInvoices(
  client: Queryable,
  tenant: string,
  carrier: string,
  turned: readonly TurnedBilling[],
  among: readonly string[],
): Promise<string | undefined> {
  if (turned.length === 0) return undefined;
  const { rows } = await client.query<{ first: string | null }>(
    `with later as (
       select distinct l.id
         from unnest($3::bigint[], $4::text[], $5::text[]) as turned (id, shipment, code)
         join lading.carrier_invoice_line l
           on l.tenant = $1 and l.shipment = turned.shipment and l.code = turned.code and l.id > turned.id
        where l.carrier = $2 and l.id <> all($6::bigint[])),
     marked as (insert into lading.carrier_invoice_due (tenant, carrier, id) select $1, $2, id from later)
     select min(id) as first from later`,
    [
      tenant,
      carrier,
      plainArray(turned.map(({ id }) => id)),
      textArray(turned.map(({ shipment }) => shipment)),
      textArray(turned.map(({ code }) => code)),
      plainArray(among),
    ],
  );
  return rows[0]?.first ?? undefined;
}

/** Carriers of which something is to be judged. */
export async function carriersDue(client: Queryable, tenant: string): Promise<string[]> {
  // From carrier to carrier by the index, however many marks there are.
  const { rows } = await client.query<{ carrier: string }>(
    `with recursive due as (
       (select carrier from lading.carrier_invoice_due where tenant = $1 order by carrier limit 1)
       union all
       select (select d.carrier from lading.carrier_invoice_due d
                where d.tenant = $1 and d.carrier > due.carrier order by d.carrier limit 1)
         from due where due.carrier is not null)
     select carrier from due where carrier is not null`,
    [tenant],
  );
  return rows.map(({ carrier }) => carrier);
}

/** Takes the marks off the carrier's earliest due invoices: at most so many, and about so many lines. */
export async function takeDueInvoices(
  client: ClientBase,
  tenant: string,
  carrier: string,
  most: { readonly invoices: number; readonly lines: number },
): Promise<string[]> {
  const { rows } = await client.query<{ id: string; lines: number }>(
    `select due.id, i.line_count as lines
       from (select distinct id from lading.carrier_invoice_due
              where tenant = $1 and carrier = $2 order by id limit $3) as due
       join lading.carrier_invoice i on i.tenant = $1 and i.id = due.id
      order by due.id`,
    [tenant, carrier, most.invoices],
  );
  const ids: string[] = [];
  let lines = 0;
  for (const row of rows) {
    if (lines >= most.lines) break;
    ids.push(row.id);
    lines += row.lines;
  }
  await client.query(
    `delete from lading.carrier_invoice_due where tenant = $1 and carrier = $2 and id = any($3::bigint[])`,
    [tenant, carrier, plainArray(ids)],
  );
  return ids;
}

/** Leaves them for the next turn. */
export async function markInvoices(
  client: ClientBase,
  tenant: string,
  carrier: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await client.query(
    `insert into lading.carrier_invoice_due (tenant, carrier, id) select $1, $2, id from unnest($3::bigint[]) as new (id)`,
    [tenant, carrier, plainArray(ids)],
  );
}
