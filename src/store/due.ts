// When something will next happen by itself.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type Due = {
  /** Messages lie in the inbox. */
  readonly inbox: boolean;
  readonly shipment: Instant | null;
  readonly waiting: Instant | null;
  readonly account: Instant | null;
  /** Carriers' invoices are to be judged. */
  readonly carrierInvoice: boolean;
  /** Orders have something to decide. */
  readonly order: boolean;
  readonly effect: Instant | null;
  /** What is done at an hour of each day. */
  readonly job: Instant | null;
  /** Something is to be booked. */
  readonly ledger: boolean;
  /** What money depends on exceptions is to be looked up. */
  readonly stake: boolean;
};

export async function earliestDue(client: Queryable, tenant: string, waitingMs: number): Promise<Due> {
  const { rows } = await client.query<Due>({
    name: 'earliest-due',
    text: `select exists (select from lading.inbox where tenant = $1) as inbox,
            (select min(wake_at) from lading.shipment where tenant = $1 and wake_at is not null) as shipment,
            (select min(since) + $2::float8 * interval '1 millisecond' from lading.waiting
              where tenant = $1 and not raised) as waiting,
            (select min(due_at) from lading.account_due where tenant = $1) as account,
            exists (select from lading.carrier_invoice_due where tenant = $1) as "carrierInvoice",
            exists (select from lading.order_due where tenant = $1) as "order",
            exists (select from lading.ledger_due where tenant = $1) as ledger,
            exists (select from lading.exception where tenant = $1 and to_weigh and closed_at is null) as stake,
            (select min(due_at) from lading.job_due where tenant = $1) as job,
            (select min(greatest(coalesce(next_at, created_at), leased_until)) from lading.effect
              where tenant = $1 and state in ('intended', 'sent', 'unknown')) as effect`,
    values: [tenant, waitingMs],
  });
  return rows[0] as Due;
}
