// Whether the ledger says what the charges say, and balances: read from the view `ledger_proof` and the entries themselves.

import type { Side } from '../../model/decision.ts';
import type { LedgerStage } from '../../model/ledger.ts';
import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

/** What is on its way to the ledger, or waits for approval, is not judged. */
const JUDGED = `
    not exists (select from lading.ledger_due d where d.tenant = p.tenant and d.shipment = p.shipment)
and not exists (select from lading.ledger_late l where l.tenant = p.tenant and l.shipment = p.shipment)
and not exists (select from lading.shipment s where s.tenant = p.tenant and s.shipment = p.shipment
                  and s.wake_at <= to_timestamp($2::float8 / 1000))`;

export type LedgerDeviation = {
  readonly shipment: string;
  readonly side: Side;
  readonly code: string;
  readonly currency: string;
  readonly stage: LedgerStage;
  readonly dueMinor: bigint;
  readonly bookedMinor: bigint;
};

/** Charges of which the ledger holds something else than it should; at most `limit`. */
export async function ledgerDeviations(
  client: Queryable,
  tenant: string,
  now: Instant,
  limit: number,
): Promise<LedgerDeviation[]> {
  const { rows } = await client.query<
    Omit<LedgerDeviation, 'dueMinor' | 'bookedMinor'> & { dueMinor: string; bookedMinor: string }
  >(
    `select shipment, side, code, currency, stage, due_minor::text as "dueMinor", booked_minor::text as "bookedMinor"
       from lading.ledger_proof p where p.tenant = $1 and p.difference_minor <> 0 and ${JUDGED}
      order by shipment, side, code, currency, stage limit $3`,
    [tenant, now, limit],
  );
  return rows.map((row) => ({ ...row, dueMinor: BigInt(row.dueMinor), bookedMinor: BigInt(row.bookedMinor) }));
}

export type UnbalancedPosting = { readonly posting: string; readonly currency: string; readonly leftMinor: bigint };

/** The database lets none in; whoever goes round it is found here. */
export async function unbalancedPostings(
  client: Queryable,
  tenant: string,
  limit: number,
): Promise<UnbalancedPosting[]> {
  const { rows } = await client.query<{ posting: string; currency: string; left: string }>(
    `select posting::text as posting, currency, sum(amount_minor)::text as left
       from lading.ledger_entry where tenant = $1
      group by tenant, posting, legal_entity, currency having sum(amount_minor) <> 0 order by 1 limit $2`,
    [tenant, limit],
  );
  return rows.map(({ posting, currency, left }) => ({ posting, currency, leftMinor: BigInt(left) }));
}

export type LedgerSum = {
  readonly legalEntity: string;
  readonly currency: string;
  readonly side: Side;
  readonly stage: LedgerStage;
  /** What the debit accounts hold. */
  readonly heldMinor: bigint;
  /** Of all accounts: zero. */
  readonly sumMinor: bigint;
};

/** What the ledger holds, by entity and currency, side and stage. */
export async function ledgerSums(client: Queryable, tenant: string): Promise<LedgerSum[]> {
  const { rows } = await client.query<Omit<LedgerSum, 'heldMinor' | 'sumMinor'> & { held: string; sum: string }>(
    `select legal_entity as "legalEntity", currency, side, stage,
            coalesce(sum(amount_minor) filter (where account in
              ('expected-receivable', 'accrued-receivable', 'receivable', 'expected-cost', 'accrued-cost', 'cost')),
              0)::text as held, sum(amount_minor)::text as sum
       from lading.ledger_entry where tenant = $1
      group by legal_entity, currency, side, stage order by legal_entity, currency, side, stage`,
    [tenant],
  );
  return rows.map(({ held, sum, ...row }) => ({ ...row, heldMinor: BigInt(held), sumMinor: BigInt(sum) }));
}

/** Shipments of which something waits for approval, or is only about to be booked. */
export async function unbookedShipments(
  client: Queryable,
  tenant: string,
): Promise<{ late: number; underWay: number }> {
  const { rows } = await client.query<{ late: number; underWay: number }>(
    `select (select count(distinct shipment)::int from lading.ledger_late where tenant = $1) as late,
            (select count(distinct shipment)::int from lading.ledger_due where tenant = $1) as "underWay"`,
    [tenant],
  );
  return rows[0] ?? { late: 0, underWay: 0 };
}
