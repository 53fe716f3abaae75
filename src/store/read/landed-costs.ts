// How far the landed cost of a carrier's bill is, for people.
import type { LandedCostState } from '../../model/landed-cost.ts';
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';

export type LandedCostView = {
  readonly state: LandedCostState;
  /** Why it is not made, or not needed; missing before it was first looked for. */
  readonly reason?: string;
  /** Since when the ERP has the bill. */
  readonly since: string;
  /** When it is looked for next; missing: at once, or nothing is left to look for. */
  readonly nextLookAt?: string;
};

/** By bill; those that the ERP has not confirmed have none. */
export async function landedCostsOf(
  db: Queryable,
  tenant: string,
  bills: readonly string[],
): Promise<ReadonlyMap<string, LandedCostView>> {
  if (bills.length === 0) return new Map();
  const { rows } = await db.query(
    `select bill, reason, ${utc('noted_at')} as since, case state when 'due' then ${utc('next_at')} end as "nextLookAt",
            case when needs_person then 'person' when state = 'due' then 'waits' else state end as kept
       from lading.landed_cost where tenant = $1 and bill = any($2::text[])`,
    [tenant, bills],
  );
  return new Map(
    rows.map(({ bill, kept, ...rest }) => [bill, withoutNulls<LandedCostView>({ ...rest, state: STATES[kept] })]),
  );
}

/** As the table keeps it. */
const STATES: Readonly<Record<string, LandedCostState>> = {
  waits: 'waiting',
  person: 'needs-person',
  landed: 'made',
  none: 'not-needed',
  left: 'given-up',
};
