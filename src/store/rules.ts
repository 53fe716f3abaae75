// The rules in all their versions, and the fuel prices. Nothing is changed in place: an import adds versions.
import type { ClientBase } from 'pg';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type RuleKind = 'partner' | 'agreement' | 'policy' | 'tax' | 'audit' | 'entity' | 'exchange' | 'ledger' | 'job';
export type NewRule = { readonly kind: RuleKind; readonly id: string; readonly content: unknown };
export type StoredRule = NewRule & { readonly version: number; readonly importedAt: Instant };

export type NewFuelPrice = {
  readonly index: string;
  readonly effective: LocalDate;
  readonly price: string;
  readonly reportedAt: Instant;
  readonly eventId?: string;
};

/** Which edition of the rules is in force. A share lock keeps it so until the transaction ends. */
export async function holdRuleStamp(client: ClientBase, tenant: string): Promise<string> {
  const { rows } = await client.query<{ stamp: string }>({
    name: 'hold-rule-stamp',
    text: 'select stamp from lading.rule_stamp where tenant = $1 for share',
    values: [tenant],
  });
  if (rows[0] !== undefined) return rows[0].stamp;
  await client.query('insert into lading.rule_stamp (tenant, stamp) values ($1, 1) on conflict do nothing', [tenant]);
  return holdRuleStamp(client, tenant);
}

export async function readRuleStamp(client: Queryable, tenant: string): Promise<string> {
  const { rows } = await client.query<{ stamp: string }>('select stamp from lading.rule_stamp where tenant = $1', [
    tenant,
  ]);
  return rows[0]?.stamp ?? '0';
}

/** Begins a change of the rules: waits for those who decide under the present ones, and keeps others out. */
export async function advanceRuleStamp(client: ClientBase, tenant: string): Promise<void> {
  await client.query(
    `insert into lading.rule_stamp as known (tenant, stamp) values ($1, 1)
     on conflict (tenant) do update set stamp = known.stamp + 1`,
    [tenant],
  );
}

export async function allRules(client: Queryable, tenant: string): Promise<StoredRule[]> {
  const { rows } = await client.query<StoredRule>(
    `select kind, id, version, content, imported_at as "importedAt"
       from lading.rule_version where tenant = $1 order by kind, id, version`,
    [tenant],
  );
  return rows;
}

/** Adds a version of each whose content is not that of its newest version. Returns what was added. */
export async function addRuleVersions(
  client: ClientBase,
  tenant: string,
  rules: readonly NewRule[],
  by: string,
  now: Instant,
): Promise<{ kind: RuleKind; id: string; version: number }[]> {
  if (rules.length === 0) return [];
  const { rows } = await client.query<{ kind: RuleKind; id: string; version: number }>(
    `insert into lading.rule_version (tenant, kind, id, version, content, imported_at, imported_by)
     select $1, new.kind, new.id, coalesce(newest.version, 0) + 1, new.content, to_timestamp($2::float8 / 1000), $3
       from unnest($4::text[], $5::text[], $6::jsonb[]) as new (kind, id, content)
       left join lateral (
         select version, content from lading.rule_version v
          where v.tenant = $1 and v.kind = new.kind and v.id = new.id order by version desc limit 1) as newest on true
      where newest.content is distinct from new.content
     returning kind, id, version`,
    [
      tenant,
      now,
      by,
      rules.map(({ kind }) => kind),
      rules.map(({ id }) => id),
      rules.map(({ content }) => JSON.stringify(content)),
    ],
  );
  return rows;
}

export async function allFuelPrices(client: Queryable, tenant: string) {
  const { rows } = await client.query<{ index: string; effective: LocalDate; price: string }>(
    'select index, effective, price from lading.fuel_price where tenant = $1 order by index, effective',
    [tenant],
  );
  return rows;
}

/** Of two prices of one week the one reported last holds; returns those that changed something. */
export async function putFuelPrices(
  client: ClientBase,
  tenant: string,
  prices: readonly NewFuelPrice[],
): Promise<{ index: string; effective: LocalDate }[]> {
  if (prices.length === 0) return [];
  const { rows } = await client.query<{ index: string; effective: LocalDate }>(
    `insert into lading.fuel_price as known (tenant, index, effective, price, reported_at, event_id)
     select $1, index, effective, price, to_timestamp(reported_ms / 1000), event_id
       from unnest($2::text[], $3::date[], $4::text[], $5::float8[], $6::bigint[])
         as new (index, effective, price, reported_ms, event_id)
     on conflict (tenant, index, effective) do update
        set price = excluded.price, reported_at = excluded.reported_at, event_id = excluded.event_id
      where (known.reported_at, coalesce(known.event_id, 0)) <= (excluded.reported_at, coalesce(excluded.event_id, 0))
        and known.price <> excluded.price
     returning index, effective`,
    [
      tenant,
      prices.map(({ index }) => index),
      prices.map(({ effective }) => effective),
      prices.map(({ price }) => price),
      prices.map(({ reportedAt }) => reportedAt),
      prices.map(({ eventId }) => eventId),
    ],
  );
  return rows;
}
