// Disputes as they are written: opened and closed with the verdict on their bill, moved by people. Every step stays.
import type { ClientBase } from 'pg';
import type { DisputeState, PayableLine } from '../model/carrier-dispute.ts';
import type { ComparedLine } from '../model/carrier-invoice.ts';
import type { Instant } from '../model/time.ts';
import { plainArray } from './array-literal.ts';
import { type ComparedCells, comparedFrom } from './carrier-invoices.ts';

export type JudgedBill = {
  readonly id: string;
  readonly isDisputed: boolean;
  readonly disputedMinor: bigint;
};

const DIFFERS = 'The bill differs from what is expected.';
const AGREES = 'The bill agrees with what is expected by now, or is not paid at all.';

/**
 * Opens a dispute for each that is disputed now, follows its amount while it is unsettled, and resolves it when it is over.
 * One that people settled stays as it is.
 */
export async function followVerdicts(
  client: ClientBase,
  tenant: string,
  judged: readonly JudgedBill[],
  now: Instant,
): Promise<void> {
  if (judged.length === 0) return;
  await client.query(
    `with judged as (select * from unnest($3::bigint[], $4::boolean[], $5::numeric[]) as j (id, disputed, amount)),
     opened as (
       insert into lading.carrier_dispute as known (tenant, id, carrier, invoice, currency, state, disputed_minor, opened_at, changed_at)
       select $1, i.id, i.carrier, i.invoice, i.currency, 'open', j.amount, at, at
         from judged j join lading.carrier_invoice i on i.tenant = $1 and i.id = j.id,
              to_timestamp($2::float8 / 1000) as at
        where j.disputed
       on conflict (tenant, id) do update
         set state = case when known.state = 'resolved' then 'open' else known.state end,
             disputed_minor = excluded.disputed_minor,
             changed_at = case when known.state = 'resolved' then excluded.changed_at else known.changed_at end
         where known.state in ('open', 'sent', 'resolved')
       returning new.id, coalesce(old.state = 'resolved', true) as is_new),
     over as (
       update lading.carrier_dispute d set state = 'resolved', changed_at = to_timestamp($2::float8 / 1000)
         from judged j where d.tenant = $1 and d.id = j.id and not j.disputed and d.state in ('open', 'sent')
       returning d.id),
     steps as (select id, 'open' as state, $6::text as reason from opened where is_new
               union all select id, 'resolved', $7::text from over)
     insert into lading.carrier_dispute_step (tenant, id, position, state, at, actor, reason)
     select $1, s.id, ${NEXT_POSITION}, s.state, to_timestamp($2::float8 / 1000), 'lading', s.reason from steps s
     on conflict do nothing`,
    [
      tenant,
      now,
      plainArray(judged.map(({ id }) => id)),
      plainArray(judged.map(({ isDisputed }) => isDisputed)),
      plainArray(judged.map(({ disputedMinor }) => disputedMinor)),
      DIFFERS,
      AGREES,
    ],
  );
}

const NEXT_POSITION = `1 + coalesce((select max(position) from lading.carrier_dispute_step p where p.tenant = $1 and p.id = s.id), 0)`;

/** Those of these bills whose dispute people have settled. */
export async function settledDisputes(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    `select id from lading.carrier_dispute
      where tenant = $1 and id = any($2::bigint[]) and state in ('accepted', 'short-paid', 'written-off')`,
    [tenant, plainArray(ids)],
  );
  return new Set(rows.map(({ id }) => id));
}

export type HeldDispute = {
  readonly id: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: string;
  readonly state: DisputeState;
  readonly bill?: string;
  readonly compared: readonly ComparedLine[];
};

/** Held, with its bill, until the transaction ends. */
export async function holdDispute(client: ClientBase, tenant: string, id: string): Promise<HeldDispute | undefined> {
  // The bill first, as who judges it does.
  await client.query('select from lading.carrier_invoice where tenant = $1 and id = $2 for update', [tenant, id]);
  const { rows } = await client.query<
    Omit<HeldDispute, 'compared' | 'bill'> & { bill: string | null; compared: ComparedCells[] }
  >(
    `select d.id, d.carrier, d.invoice, d.currency, d.state, i.bill, i.compared
       from lading.carrier_dispute d join lading.carrier_invoice i on i.tenant = d.tenant and i.id = d.id
      where d.tenant = $1 and d.id = $2 for update of d`,
    [tenant, id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { bill, compared, ...dispute } = row;
  return { ...dispute, ...(bill === null ? {} : { bill }), compared: compared.map(comparedFrom) };
}

export type DisputeStep = {
  readonly id: string;
  readonly state: DisputeState;
  readonly recoveredMinor: bigint;
  /** What is paid in place of what was billed, where it is settled by this. */
  readonly payable?: readonly PayableLine[];
  readonly actor: string;
  readonly reason: string;
};

/** The dispute is held. */
export async function takeStep(client: ClientBase, tenant: string, step: DisputeStep, now: Instant): Promise<void> {
  const { id, state, recoveredMinor, payable, actor, reason } = step;
  await client.query(
    `update lading.carrier_dispute set state = $3, recovered_minor = $4, payable = coalesce($5, payable),
            changed_at = to_timestamp($6::float8 / 1000) where tenant = $1 and id = $2`,
    [tenant, id, state, recoveredMinor.toString(), payable === undefined ? null : payableText(payable), now],
  );
  await client.query(
    `insert into lading.carrier_dispute_step (tenant, id, position, state, at, actor, reason)
     select $1, s.id, ${NEXT_POSITION}, $3, to_timestamp($4::float8 / 1000), $5, $6 from (select $2::bigint as id) as s`,
    [tenant, id, state, now, actor, reason],
  );
}

/** Its bill, wanted in the ERP from now on. */
export async function nameBill(
  client: ClientBase,
  tenant: string,
  { id, bill, isDraft }: { readonly id: string; readonly bill: string; readonly isDraft: boolean },
): Promise<void> {
  await client.query(
    'update lading.carrier_invoice set bill = $3, bill_is_draft = $4 where tenant = $1 and id = $2 and bill is null',
    [tenant, id, bill, isDraft],
  );
}

// JSON has no whole numbers beyond 2^53: amounts are text in it.
function payableText(payable: readonly PayableLine[]): string {
  return JSON.stringify(payable.map(({ amountMinor, ...line }) => ({ ...line, amountMinor: String(amountMinor) })));
}
