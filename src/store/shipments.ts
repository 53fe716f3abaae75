// The shipments: their facts, and what was last decided about them.
//
// A shipment has one writer at a time: who decides holds its row. Rows are always taken in key order, so that workers
// wait for one another and never in a circle.
import type { ClientBase } from 'pg';
import type { BillingState, ShipmentStatus } from '../model/decision.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import { floatColumn, integerColumn, textColumn } from './column.ts';
import type { Queryable } from './database.ts';

export type ShipmentRow = {
  readonly shipment: string;
  /** See store/facts.ts. */
  readonly facts: string;
  readonly factCount: number;
  readonly names: string;
  readonly charges: string;
  readonly problems: string;
  readonly documents: number;
  readonly standing: string;
  readonly claims: string;
  readonly candidates: string;
  readonly listing: string;
  readonly carrier: string | null;
};

/** Makes rows for shipments that were not known. */
export async function createShipments(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
  now: Instant,
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query({
    name: 'create-shipments',
    text: `
      insert into lading.shipment (tenant, shipment, facts, fact_count, created_at)
      select $1, shipment, '', 0, to_timestamp($3::float8 / 1000) from unnest($2::text[]) as new (shipment)
       order by shipment
      on conflict do nothing`,
    values: [tenant, textColumn(shipments, (shipment) => shipment), now],
  });
}

/** Takes the rows of those that are known, in key order, and reads them. */
export async function lockShipments(
  client: ClientBase,
  tenant: string,
  shipments: readonly string[],
): Promise<ShipmentRow[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<ShipmentRow>({
    name: 'lock-shipments',
    text: `
      select shipment, facts, fact_count as "factCount", names, charges, problems, documents,
             standing, claims, candidates, listing, carrier
        from lading.shipment where tenant = $1 and shipment = any($2::text[])
       order by shipment for update`,
    values: [tenant, textColumn(shipments, (shipment) => shipment)],
  });
  return rows;
}

/** Reads these rows and holds none of them. */
export async function readShipments(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<ShipmentRow[]> {
  if (shipments.length === 0) return [];
  const { rows } = await client.query<ShipmentRow>({
    name: 'read-shipments',
    text: `
      select shipment, facts, fact_count as "factCount", names, charges, problems, documents,
             standing, claims, candidates, listing, carrier
        from lading.shipment where tenant = $1 and shipment = any($2::text[])`,
    values: [tenant, textColumn(shipments, (shipment) => shipment)],
  });
  return rows;
}

/** Takes up to `limit` shipments that are to be decided again by now and that nobody else holds. */
export async function lockDueShipments(
  client: ClientBase,
  tenant: string,
  now: Instant,
  limit: number,
): Promise<ShipmentRow[]> {
  const { rows } = await client.query<ShipmentRow>({
    name: 'lock-due-shipments',
    text: `
      with due as (
        select shipment from lading.shipment
         where tenant = $1 and wake_at <= to_timestamp($2::float8 / 1000) order by wake_at, shipment limit $3)
      select shipment, facts, fact_count as "factCount", names, charges, problems, documents,
             standing, claims, candidates, listing, carrier
        from lading.shipment s
       where tenant = $1 and shipment in (select shipment from due) and wake_at <= to_timestamp($2::float8 / 1000)
       order by shipment for update skip locked`,
    values: [tenant, now, limit],
  });
  return rows;
}

export type ShipmentChange = {
  readonly shipment: string;
  /** Facts to append, as text; empty when there are none. */
  readonly newFacts: string;
  readonly newFactCount: number;
  readonly names: string;
  readonly charges: string;
  readonly problems: string;
  readonly documents: number;
  readonly standing: string;
  readonly claims: string;
  readonly candidates: string;
  readonly listing: string;
  readonly customer?: string;
  readonly carrier?: string;
  readonly mode?: string;
  readonly status?: ShipmentStatus;
  readonly billing?: BillingState;
  readonly pickedUpAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly ratingDate?: LocalDate;
  readonly wakeAt?: Instant;
};

const WRITE = `
  update lading.shipment s
     set facts = case when new.facts = '' then s.facts when s.facts = '' then new.facts
                      else s.facts || ',' || new.facts end,
         fact_count = s.fact_count + new.fact_count, names = new.names, charges = new.charges,
         problems = new.problems, documents = new.documents,
         standing = new.standing, claims = new.claims, candidates = new.candidates,
         listing = new.listing,
         customer = new.customer, carrier = new.carrier, mode = new.mode, status = new.status, billing = new.billing,
         picked_up_at = to_timestamp(new.picked_up_ms / 1000), delivered_at = to_timestamp(new.delivered_ms / 1000),
         rating_date = new.rating_date::date, wake_at = to_timestamp(new.wake_ms / 1000),
         decided_at = to_timestamp($2::float8 / 1000)
    from unnest($3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[],
                $11::text[], $12::text[], $13::text[], $14::text[], $15::float8[], $16::float8[], $17::text[],
                $18::float8[], $19::text[], $20::text[], $21::text[], $22::text[])
      as new (shipment, facts, fact_count, names, charges, problems, documents, customer, carrier, mode, status,
              billing, picked_up_ms, delivered_ms, rating_date, wake_ms, standing, claims, candidates, listing)
   where s.tenant = $1 and s.shipment = any($3) and s.shipment = new.shipment`;

/** Writes what was decided and appends the facts it was decided over. The rows are held. */
export async function writeShipments(
  client: ClientBase,
  tenant: string,
  changes: readonly ShipmentChange[],
  now: Instant,
): Promise<void> {
  if (changes.length === 0) return;
  await client.query({
    name: 'write-shipments',
    text: WRITE,
    values: [
      tenant,
      now,
      textColumn(changes, (change) => change.shipment),
      textColumn(changes, (change) => change.newFacts),
      integerColumn(changes, (change) => change.newFactCount),
      textColumn(changes, (change) => change.names),
      textColumn(changes, (change) => change.charges),
      textColumn(changes, (change) => change.problems),
      integerColumn(changes, (change) => change.documents),
      textColumn(changes, (change) => change.customer),
      textColumn(changes, (change) => change.carrier),
      textColumn(changes, (change) => change.mode),
      textColumn(changes, (change) => change.status),
      textColumn(changes, (change) => change.billing),
      floatColumn(changes, (change) => change.pickedUpAt),
      floatColumn(changes, (change) => change.deliveredAt),
      textColumn(changes, (change) => change.ratingDate),
      floatColumn(changes, (change) => change.wakeAt),
      textColumn(changes, (change) => change.standing),
      textColumn(changes, (change) => change.claims),
      textColumn(changes, (change) => change.candidates),
      textColumn(changes, (change) => change.listing),
    ],
  });
}

export type StandingChange = {
  readonly shipment: string;
  readonly standing: string;
  /** Documents that others decided for it. */
  readonly newDocuments: number;
  /** What it offered is taken back: it must not be invoiced before it is decided again. */
  readonly isWithdrawn?: boolean;
};

/** Writes what was settled in common with others, and has the shipments decided again at `at`. The rows are held. */
export async function writeStandings(
  client: ClientBase,
  tenant: string,
  changes: readonly StandingChange[],
  at: Instant,
): Promise<void> {
  if (changes.length === 0) return;
  await client.query(
    `with gone as (delete from lading.billing_candidate where tenant = $1 and shipment = any($6::text[]))
     update lading.shipment s
        set standing = new.standing, documents = s.documents + new.documents,
            candidates = case when s.shipment = any($6) then '[]' else s.candidates end,
            wake_at = least(wake_at, to_timestamp($2::float8 / 1000))
       from unnest($3::text[], $4::text[], $5::int[]) as new (shipment, standing, documents)
      where s.tenant = $1 and s.shipment = any($3) and s.shipment = new.shipment`,
    [
      tenant,
      at,
      changes.map(({ shipment }) => shipment),
      changes.map(({ standing }) => standing),
      changes.map(({ newDocuments }) => newDocuments),
      changes.filter(({ isWithdrawn }) => isWithdrawn).map(({ shipment }) => shipment),
    ],
  );
}

/** Has these decided again at `at`, unless that is to happen sooner. */
export async function wakeShipments(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
  at: Instant,
): Promise<void> {
  if (shipments.length === 0) return;
  await client.query(
    `update lading.shipment s set wake_at = least(wake_at, to_timestamp($3::float8 / 1000))
       from (select shipment from lading.shipment where tenant = $1 and shipment = any($2::text[])
              order by shipment for update) as held
      where s.tenant = $1 and s.shipment = held.shipment`,
    [tenant, shipments, at],
  );
}

/** Whom a change of rules concerns: none of the three given, everybody. */
export type Concerned = {
  readonly customers?: readonly string[];
  readonly carriers?: readonly string[];
  /** Rated in this span, the end not included. */
  readonly ratedFrom?: LocalDate;
  readonly ratedBefore?: LocalDate;
};

/** Has every shipment that is concerned decided again at `at`. Returns how many. */
export async function wakeConcerned(client: ClientBase, tenant: string, concerned: Concerned, at: Instant) {
  const { rowCount } = await client.query(
    `update lading.shipment s set wake_at = least(wake_at, to_timestamp($2::float8 / 1000))
       from (select shipment from lading.shipment
              where tenant = $1
                and (($3::text[] is null and $4::text[] is null) or customer = any($3) or carrier = any($4))
                and ($5::date is null or rating_date >= $5) and ($6::date is null or rating_date < $6)
              order by shipment for update) as held
      where s.tenant = $1 and s.shipment = held.shipment`,
    [tenant, at, concerned.customers, concerned.carriers, concerned.ratedFrom, concerned.ratedBefore],
  );
  return rowCount ?? 0;
}
