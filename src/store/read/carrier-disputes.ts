// Disputes as people and the API see them: what is argued about, how far it is, and what came back.
import { formatMinor } from '../../model/money.ts';
import type { Queryable } from '../database.ts';
import { type PageRequest, utc } from '../reading.ts';

export type DisputeStepView = {
  readonly state: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
};
export type DisputeView = {
  /** That of its carrier's invoice. */
  readonly id: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly currency: string;
  readonly state: string;
  readonly billed: string;
  readonly disputed: string;
  readonly recovered: string;
  readonly openedAt: string;
  readonly changedAt: string;
  /** Where its proof is made. */
  readonly packet: string;
  readonly steps: readonly DisputeStepView[];
};
export type DisputeFilter = { readonly carrier?: string; readonly invoice?: string; readonly state?: string };

const MOST_STEPS = 1_000;
const COLUMNS = `d.id::text, d.carrier, d.invoice, d.currency, d.state, i.billed_minor::text as billed,
  d.disputed_minor::text as disputed, d.recovered_minor::text as recovered,
  ${utc('d.opened_at')} as "openedAt", ${utc('d.changed_at')} as "changedAt",
  (select coalesce(jsonb_agg(jsonb_build_object('state', s.state, 'at', ${utc('s.at')}, 'by', s.actor, 'reason', s.reason)
                             order by s.position), '[]')
     from (select * from lading.carrier_dispute_step where tenant = d.tenant and id = d.id
            order by position limit ${MOST_STEPS}) as s) as steps`;

type Row = Omit<DisputeView, 'packet'>;

function viewFrom({ billed, disputed, recovered, ...row }: Row): DisputeView {
  const amount = (minor: string) => formatMinor(BigInt(minor), row.currency);
  const packet = `/v1/packets/${encodeURIComponent(`${row.carrier}/${row.invoice}`)}`;
  return { ...row, billed: amount(billed), disputed: amount(disputed), recovered: amount(recovered), packet };
}

/** The newest first. */
export async function listDisputes(
  db: Queryable,
  tenant: string,
  { carrier, invoice, state }: DisputeFilter,
  { limit, after }: PageRequest,
): Promise<DisputeView[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from lading.carrier_dispute d join lading.carrier_invoice i on i.tenant = d.tenant and i.id = d.id
      where d.tenant = $1 and ($2::bigint is null or d.id < $2) and ($3::text is null or d.carrier = $3)
        and ($4::text is null or d.invoice = $4) and ($5::text is null or d.state = $5)
      order by d.id desc limit $6`,
    [tenant, after?.[0], carrier, invoice, state, limit + 1],
  );
  return rows.map(viewFrom);
}

export async function findDispute(db: Queryable, tenant: string, id: string): Promise<DisputeView | undefined> {
  return (await disputesOf(db, tenant, [id])).get(id);
}

/** By carrier's invoice; those that are not disputed have none. */
export async function disputesOf(
  db: Queryable,
  tenant: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DisputeView>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from lading.carrier_dispute d join lading.carrier_invoice i on i.tenant = d.tenant and i.id = d.id
      where d.tenant = $1 and d.id = any($2::bigint[])`,
    [tenant, ids],
  );
  return new Map(rows.map(viewFrom).map((dispute) => [dispute.id, dispute]));
}

export type DisputeTotals = {
  readonly carrier: string;
  readonly currency: string;
  readonly disputes: number;
  /** Of those that were not resolved by themselves. */
  readonly disputed: string;
  /** Not settled yet. */
  readonly open: string;
  /** Given up by the carrier, or paid short. */
  readonly recovered: string;
  readonly writtenOff: string;
};

const MOST_TOTALS = 10_000;

/** By carrier and currency: what was argued about and what came back. */
export async function disputeTotals(db: Queryable, tenant: string, carrier?: string): Promise<DisputeTotals[]> {
  const { rows } = await db.query<DisputeTotals>(
    `select carrier, currency, count(*)::int as disputes,
            coalesce(sum(disputed_minor) filter (where state <> 'resolved'), 0)::text as disputed,
            coalesce(sum(disputed_minor) filter (where state in ('open', 'sent')), 0)::text as open,
            sum(recovered_minor)::text as recovered,
            coalesce(sum(disputed_minor - recovered_minor)
                     filter (where state in ('accepted', 'short-paid', 'written-off')), 0)::text as "writtenOff"
       from lading.carrier_dispute where tenant = $1 and ($2::text is null or carrier = $2)
      group by carrier, currency order by carrier, currency limit ${MOST_TOTALS}`,
    [tenant, carrier],
  );
  return rows.map(({ disputed, open, recovered, writtenOff, ...row }) => {
    const amount = (minor: string) => formatMinor(BigInt(minor), row.currency);
    return {
      ...row,
      disputed: amount(disputed),
      open: amount(open),
      recovered: amount(recovered),
      writtenOff: amount(writtenOff),
    };
  });
}
