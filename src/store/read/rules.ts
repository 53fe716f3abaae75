// Rules as people look them up: each with its newest version, one with all of its versions, and fuel prices.
import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export type RuleHead = {
  readonly kind: string;
  readonly id: string;
  /** The newest. */
  readonly version: number;
  readonly importedAt: string;
  readonly importedBy: string;
  /** As its content names it, or the party that it is about. */
  readonly about?: string;
};

/** By kind and id. */
export async function listRules(
  db: Queryable,
  tenant: string,
  { kind, search }: { readonly kind?: string; readonly search?: string },
  { limit, after }: PageRequest,
): Promise<RuleHead[]> {
  const { rows } = await db.query(
    `select * from (
       select distinct on (kind, id) kind, id, version, ${utc('imported_at')} as "importedAt", imported_by as "importedBy",
              coalesce(content->>'name', concat_ws(' ', content->>'side', content->>'party')) as about
         from lading.rule_version
        where tenant = $1 and ($2::text is null or kind = $2)
          and ($3::text is null or (kind, id) > ($3, $4))
        order by kind, id, version desc) as newest
      where $5::text is null or position(lower($5) in lower(id || ' ' || coalesce(about, ''))) > 0
      order by kind, id limit $6`,
    [tenant, kind, after?.[0], after?.[1], search, limit + 1],
  );
  return rows.map((row) => withoutNulls<RuleHead>(row.about === '' ? { ...row, about: null } : row));
}

export type RuleVersionRow = {
  readonly version: number;
  readonly importedAt: string;
  readonly importedBy: string;
  readonly content: unknown;
};

const MOST_VERSIONS = 500;

/** The newest first. */
export async function versionsOfRule(db: Queryable, tenant: string, kind: string, id: string) {
  const { rows } = await db.query<RuleVersionRow>(
    `select version, ${utc('imported_at')} as "importedAt", imported_by as "importedBy", content
       from lading.rule_version where tenant = $1 and kind = $2 and id = $3 order by version desc limit $4`,
    [tenant, kind, id, MOST_VERSIONS],
  );
  return rows;
}

export type FuelPriceRow = {
  readonly index: string;
  readonly effective: string;
  readonly price: string;
  readonly reportedAt: string;
};

/** The newest first. */
export async function listFuelPrices(
  db: Queryable,
  tenant: string,
  index: string | undefined,
  { limit, after }: PageRequest,
): Promise<FuelPriceRow[]> {
  const { rows } = await db.query<FuelPriceRow>(
    `select index, effective::text, price, ${utc('reported_at')} as "reportedAt" from lading.fuel_price
      where tenant = $1 and ($2::text is null or index = $2)
        and ($3::date is null or (effective, index) < ($3::date, $4))
      order by effective desc, index desc limit $5`,
    [tenant, index, after?.[0], after?.[1], limit + 1],
  );
  return rows;
}
