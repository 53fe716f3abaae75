// The ledger's rows: what is to be looked at, what it holds of a shipment, and new entries. Nothing is ever changed in it.
import type { ClientBase } from 'pg';
import type { LedgerPosition, LedgerPosting } from '../model/ledger.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import { bigintColumn, integerColumn, textColumn } from './column.ts';
import type { Queryable } from './database.ts';

/** One writer of a tenant's ledger at a time; `false`: another is at it. The hold ends with the transaction. */
export async function tryHoldLedger(client: ClientBase, tenant: string): Promise<boolean> {
  const { rows } = await client.query<{ isHeld: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('lading ledger ' || $1, 0)) as "isHeld"`,
    [tenant],
  );
  return rows[0]?.isHeld ?? false;
}

/** Waits until nobody else writes. */
export async function holdLedger(client: ClientBase, tenant: string): Promise<void> {
  await client.query('select lading.hold_ledger($1)', [tenant]);
}

/** Takes the oldest marks, and returns whose they are. */
export async function takeLedgerDue(client: ClientBase, tenant: string, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ shipment: string }>({
    name: 'take-ledger-due',
    text: `
      delete from lading.ledger_due
       where tenant = $1 and mark in (select mark from lading.ledger_due where tenant = $1 order by mark limit $2)
      returning shipment`,
    values: [tenant, limit],
  });
  return [...new Set(rows.map(({ shipment }) => shipment))].sort();
}

export async function markLedgerDue(client: Queryable, tenant: string, shipments: readonly string[]): Promise<void> {
  if (shipments.length === 0) return;
  await client.query(`insert into lading.ledger_due (tenant, shipment) select $1, unnest($2::text[])`, [
    tenant,
    shipments,
  ]);
}

export type ShipmentInLedger = {
  readonly shipment: string;
  readonly isTendered: boolean;
  /** When it was delivered; `null` where it was not, though it may have ended. */
  readonly deliveredAt: Instant | null;
  readonly isEnded: boolean;
  readonly legalEntity: string | null;
  readonly sold: { readonly at: Instant | null; readonly numbers: readonly string[] };
  readonly bought: { readonly at: Instant | null; readonly numbers: readonly string[] };
  readonly billed: readonly { readonly code: string; readonly currency: string; readonly amountMinor: string }[];
};

type InLedgerRow = Omit<ShipmentInLedger, 'sold' | 'bought'> & {
  soldAt: Instant | null;
  soldBy: string[] | null;
  boughtAt: Instant | null;
  boughtBy: string[] | null;
};

/** What the ERP has confirmed of these shipments, and how far they are. */
export async function shipmentsInLedger(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
): Promise<ShipmentInLedger[]> {
  const { rows } = await client.query<InLedgerRow>({
    name: 'shipments-in-ledger',
    text: `
      select s.shipment, s.delivered_at as "deliveredAt",
             coalesce(s.status, 'planned') not in ('planned', 'declined') as "isTendered",
             coalesce(s.status, '') in ('refused', 'returned', 'cancelled') as "isEnded",
             sold.legal_entity as "legalEntity", sold.at as "soldAt", sold.numbers as "soldBy",
             bought.at as "boughtAt", bought.numbers as "boughtBy", coalesce(bought.lines, '[]') as billed
        from lading.shipment s
        left join lateral (
          select min(i.legal_entity) as legal_entity, max(i.posted_at) as at,
                 array_agg(distinct i.number) filter (where i.posted_at is not null) as numbers
            from lading.invoice_line l
            join lading.invoice i on i.tenant = l.tenant and i.number = l.number
           where l.tenant = s.tenant and l.shipment = s.shipment) as sold on true
        left join lateral (
          select max(at) as at, array_agg(distinct bill) as numbers,
                 jsonb_agg(jsonb_build_object('code', code, 'currency', currency, 'amountMinor', amount::text)) as lines
            from (select l.code, i.currency, i.bill, max(i.posted_at) as at, sum(l.amount_minor) as amount
                    from lading.carrier_invoice_line l
                    join lading.carrier_invoice i on i.tenant = l.tenant and i.id = l.id
                   where l.tenant = s.tenant and l.shipment = s.shipment and i.posted_at is not null
                   group by l.code, i.currency, i.bill) as line) as bought on true
       where s.tenant = $1 and s.shipment = any($2::text[])`,
    values: [tenant, textColumn(shipments, (shipment) => shipment)],
  });
  return rows.map(({ soldAt, soldBy, boughtAt, boughtBy, ...row }) => ({
    ...row,
    sold: { at: soldAt, numbers: soldBy ?? [] },
    bought: { at: boughtAt, numbers: boughtBy ?? [] },
  }));
}

export type Booked = {
  readonly positions: readonly LedgerPosition[];
  readonly wasEarned: boolean;
  /** The latest day of what was booked as expected. */
  readonly expectedOn?: LocalDate;
};

/** What the ledger holds, by shipment. */
export async function bookedOf(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<Map<string, Booked>> {
  const { rows } = await client.query<
    Omit<LedgerPosition, 'amountMinor'> & { shipment: string; amountMinor: string; lastOn: LocalDate }
  >({
    name: 'booked-of',
    text: `
      select shipment, side, code, currency, stage, legal_entity as "legalEntity", customer, carrier, lane, mode,
             sum(amount_minor)::text as "amountMinor", max(booked_on) as "lastOn"
        from lading.ledger_entry
       where tenant = $1 and shipment = any($2::text[])
         and account in ('expected-receivable', 'accrued-receivable', 'receivable',
                         'expected-cost', 'accrued-cost', 'cost')
       group by shipment, side, code, currency, stage, legal_entity, customer, carrier, lane, mode`,
    values: [tenant, textColumn(shipments, (shipment) => shipment)],
  });
  const booked = new Map<string, { positions: LedgerPosition[]; wasEarned: boolean; expectedOn?: LocalDate }>();
  for (const { shipment, amountMinor, lastOn, ...position } of rows) {
    const of = booked.get(shipment) ?? { positions: [], wasEarned: false };
    if (amountMinor !== '0') of.positions.push({ ...position, amountMinor: BigInt(amountMinor) });
    if (position.stage !== 'expected') of.wasEarned = true;
    else if (of.expectedOn === undefined || of.expectedOn < lastOn) of.expectedOn = lastOn;
    booked.set(shipment, of);
  }
  return booked;
}

/** Adds postings; the database refuses one that does not balance, or that goes into a locked period. */
export async function appendPostings(
  client: ClientBase,
  tenant: string,
  postings: readonly LedgerPosting[],
  now: Instant,
): Promise<void> {
  if (postings.length === 0) return;
  const rows = postings.flatMap(({ entries, ...posting }, index) =>
    entries.map((entry, position) => ({ ...posting, ...entry, at: index + 1, position: position + 1 })),
  );
  const text = (pick: (row: (typeof rows)[number]) => string | undefined) => textColumn(rows, pick);
  await client.query({
    name: 'append-postings',
    text: `
      with number as materialized (
        select at, nextval('lading.ledger_posting_seq') as posting from generate_series(1, $3::int) as at)
      insert into lading.ledger_entry
        (tenant, posting, position, legal_entity, currency, account, amount_minor, booked_on, late_for, cause, reason,
         shipment, side, code, stage, customer, carrier, lane, mode, posted_at)
      select $1, posting, position, legal_entity, currency, account, amount_minor, booked_on::date, late_for::date, cause,
             reason, shipment, side, code, stage, customer, carrier, lane, mode, to_timestamp($2::float8 / 1000)
        from unnest($4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::text[],
                    $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[],
                    $19::text[], $20::text[], $21::text[])
          as new (at, position, legal_entity, currency, account, amount_minor, booked_on, late_for, cause, reason,
                  shipment, side, code, stage, customer, carrier, lane, mode)
        join number using (at)`,
    values: [
      tenant,
      now,
      postings.length,
      integerColumn(rows, ({ at }) => at),
      integerColumn(rows, ({ position }) => position),
      text(({ legalEntity }) => legalEntity),
      text(({ currency }) => currency),
      text(({ account }) => account),
      bigintColumn(rows, ({ amountMinor }) => amountMinor),
      text(({ bookedOn }) => bookedOn),
      text(({ lateFor }) => lateFor),
      text(({ cause }) => cause),
      text(({ reason }) => reason),
      text(({ shipment }) => shipment),
      text(({ side }) => side),
      text(({ code }) => code),
      text(({ stage }) => stage),
      text(({ customer }) => customer),
      text(({ carrier }) => carrier),
      text(({ lane }) => lane),
      text(({ mode }) => mode),
    ],
  });
}

export type LatePosting = { readonly legalEntity: string; readonly period: LocalDate; readonly shipment: string };
