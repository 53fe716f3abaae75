// What carriers' credit notes are held against: amounts that stand, disputes they settle, and those that were paid short already.
import type { ClientBase } from 'pg';
import { plainArray, textArray } from './array-literal.ts';
import type { TurnedBilling } from './carrier-invoices-due.ts';

export type StandingAmount = {
  readonly id: string;
  readonly shipment: string;
  readonly code: string;
  readonly currency: string;
  /** As billed: negative on a credit note. */
  readonly amountMinor: bigint;
  readonly isCreditNote: boolean;
};

/** What a carrier's approved and disputed bills, and its approved credit notes, say of these shipments. */
export async function standingAmounts(
  client: ClientBase,
  tenant: string,
  carrier: string,
  shipments: readonly string[],
): Promise<StandingAmount[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<Omit<StandingAmount, 'amountMinor'> & { amountMinor: string }>(
    `select l.id, l.shipment, l.code, i.currency, sum(l.amount_minor)::text as "amountMinor",
            i.billed_minor < 0 as "isCreditNote"
       from lading.carrier_invoice_line l join lading.carrier_invoice i on i.tenant = l.tenant and i.id = l.id
      where l.tenant = $1 and l.carrier = $2 and l.shipment = any($3::text[])
        and (l.state is not null or (i.billed_minor < 0 and i.verdict = 'approved'))
      group by l.id, l.shipment, l.code, i.currency, i.billed_minor`,
    [tenant, carrier, textArray(shipments)],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

/** Marks a carrier's credit notes, `among` aside, of what turned: whenever they came. */
export async function markCredits(
  client: ClientBase,
  tenant: string,
  carrier: string,
  turned: readonly TurnedBilling[],
  among: readonly string[],
): Promise<void> {
  if (turned.length === 0) return;
  await client.query(
    `insert into lading.carrier_invoice_due (tenant, carrier, id)
     select distinct $1, l.carrier, l.id
       from unnest($3::text[], $4::text[]) as turned (shipment, code)
       join lading.carrier_invoice_line l
         on l.tenant = $1 and l.shipment = turned.shipment and l.code = turned.code and l.amount_minor < 0
       join lading.carrier_invoice i on i.tenant = $1 and i.id = l.id and i.billed_minor < 0
      where l.carrier = $2 and l.id <> all($5::bigint[])`,
    [
      tenant,
      carrier,
      textArray(turned.map(({ shipment }) => shipment)),
      textArray(turned.map(({ code }) => code)),
      plainArray(among),
    ],
  );
}

const SAME_CHARGE = `b.tenant = c.tenant and b.shipment = c.shipment and b.code = c.code and b.carrier = c.carrier and b.id <> c.id`;

/** Of these credit notes, those that give back what was never paid: their bill was paid short. */
export async function shortPaidCredits(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    `select distinct c.id
       from lading.carrier_invoice_line c
       join lading.carrier_invoice_line b on ${SAME_CHARGE}
       join lading.carrier_dispute d on d.tenant = b.tenant and d.id = b.id
      where c.tenant = $1 and c.id = any($2::bigint[]) and c.amount_minor < 0
        and d.state in ('accepted', 'short-paid') and d.payable is not null and d.recovered_minor > 0`,
    [tenant, plainArray(ids)],
  );
  return new Set(rows.map(({ id }) => id));
}

export type CreditedDispute = {
  readonly id: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly bill: string | null;
  readonly disputedMinor: bigint;
  /** The number of the credit note that came last. */
  readonly by: string;
};

/** Unsettled disputes whose whole difference approved credit notes have given back by now; `ids`: those just approved. */
export async function creditedDisputes(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
): Promise<CreditedDispute[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<Omit<CreditedDispute, 'disputedMinor'> & { disputedMinor: string }>(
    `with touched as (
       select distinct b.id from lading.carrier_invoice_line c join lading.carrier_invoice_line b on ${SAME_CHARGE}
        where c.tenant = $1 and c.id = any($2::bigint[]))
     select d.id, d.carrier, d.invoice, i.bill, d.disputed_minor::text as "disputedMinor", given.by
       from touched join lading.carrier_dispute d on d.tenant = $1 and d.id = touched.id
       join lading.carrier_invoice i on i.tenant = $1 and i.id = d.id,
       lateral (
         select -sum(l.amount_minor) as credited, max(credit.invoice) as by
           from jsonb_array_elements(i.compared) as line
           join lading.carrier_invoice_line l on l.tenant = $1 and l.carrier = d.carrier
            and l.shipment = line ->> 0 and l.code = line ->> 1
           join lading.carrier_invoice credit on credit.tenant = $1 and credit.id = l.id
            and credit.billed_minor < 0 and credit.verdict = 'approved' and credit.currency = d.currency
          where not (line ->> 4)::boolean) as given
      where d.state in ('open', 'sent') and d.disputed_minor > 0 and given.credited >= d.disputed_minor
      order by d.id for update of d`,
    [tenant, plainArray(ids)],
  );
  return rows.map((row) => ({ ...row, disputedMinor: BigInt(row.disputedMinor) }));
}
