// Payments for reading: what each settled, what is left of it, and how far the ERP has it.
import { formatMinor } from '../../model/money.ts';
import type { LocalDate } from '../../model/time.ts';
import type { Queryable } from '../database.ts';
import type { PageRequest } from '../reading.ts';

/** `on-account`: something is left of it. */
export type PaymentStanding = 'applied' | 'on-account' | 'reversed';

/** A part of a payment in the ERP: `undone` once the bank took it back, `undoing` until the ERP knows. */
export type PaymentInErp = {
  readonly number: string;
  readonly invoice: string;
  readonly amount: string;
  readonly state: string;
  readonly erpNumber?: string;
  readonly reason?: string;
};

export type PaymentView = {
  readonly customer: string;
  readonly payment: string;
  readonly currency: string;
  readonly amount: string;
  readonly left: string;
  readonly receivedOn: LocalDate;
  readonly standing: PaymentStanding;
  /** What the payer wrote. */
  readonly text?: string;
  readonly remittance: readonly { readonly invoice: string; readonly amount: string }[];
  readonly applied: readonly { readonly invoice: string; readonly amount: string }[];
  readonly inErp: readonly PaymentInErp[];
  readonly reversedBy?: string;
  /** The event that told it. */
  readonly event: string;
};

export type PaymentFilter = {
  readonly customer?: string;
  readonly standing?: PaymentStanding;
  /** Its own name, or another that it has. */
  readonly payment?: string;
};

type Amounts = { readonly invoice: string; readonly minor: string };
type Row = {
  customer: string;
  payment: string;
  currency: string;
  minor: string;
  leftMinor: string;
  receivedOn: LocalDate;
  text: string;
  remittance: [invoice: string, minor: string][];
  reversedBy: string | null;
  event: string;
  applied: Amounts[];
  inErp: (Amounts & { number: string; state: string; erpNumber: string | null; reason: string | null })[];
};

const STANDING = `case when p.reversed_by is not null then 'reversed' when p.left_minor > 0 then 'on-account' else 'applied' end`;

const APPLIED = `
  select coalesce(jsonb_agg(jsonb_build_object('invoice', a.invoice, 'minor', a.amount_minor::text) order by a.invoice), '[]')
    from lading.allocation a
   where a.tenant = p.tenant and a.source_kind = 'payment' and a.customer = p.customer and a.source = p.payment
     and a.amount_minor > 0`;

// Effects of payments are those of the one ERP; see `../erp-payments.ts` for their keys.
const IN_ERP = `
  select coalesce(jsonb_agg(jsonb_build_object(
           'number', r.number, 'invoice', r.invoice, 'minor', r.amount_minor::text, 'erpNumber', nullif(r.erp_number, ''),
           'reason', e.reason,
           'state', case when e.state = 'confirmed' then case when r.undone then 'undone' else 'registered' end
                         when r.undone and e.state in ('intended', 'sent', 'unknown') then 'undoing' else e.state end)
           order by r.number), '[]')
    from lading.erp_payment r
    left join lading.effect e on e.tenant = r.tenant
         and e.key = case when r.undone then 'erp:undo:' else 'erp:' end || r.number
   where r.tenant = p.tenant and r.customer = p.customer and r.payment = p.payment`;

/** The newest first. */
export async function listPayments(
  db: Queryable,
  tenant: string,
  { customer, standing, payment }: PaymentFilter,
  { limit, after }: PageRequest,
): Promise<PaymentView[]> {
  const { rows } = await db.query<Row>(
    `select p.customer, p.payment, p.currency, p.amount_minor::text as minor, p.left_minor::text as "leftMinor",
            p.received_on::text as "receivedOn", p.text, p.remittance, p.reversed_by as "reversedBy",
            p.event_id::text as event, (${APPLIED}) as applied, (${IN_ERP}) as "inErp"
       from lading.payment p
      where p.tenant = $1 and ($2::text is null or p.customer = $2) and ($3::text is null or ${STANDING} = $3)
        and ($4::text is null or p.payment = $4 or $4 = any(p."references"))
        and ($5::bigint is null or (p.event_id, p.payment) < ($5::bigint, $6::text))
      order by p.event_id desc, p.payment desc limit $7`,
    [tenant, customer, standing, payment, after?.[0], after?.[1], limit + 1],
  );
  return rows.map(viewOf);
}

function viewOf({ minor, leftMinor, text, reversedBy, remittance, applied, inErp, ...row }: Row): PaymentView {
  const money = (amountMinor: string) => formatMinor(BigInt(amountMinor), row.currency);
  const amountOf = ({ invoice, minor: part }: Amounts) => ({ invoice, amount: money(part) });
  return {
    ...row,
    amount: money(minor),
    left: money(leftMinor),
    standing: reversedBy !== null ? 'reversed' : BigInt(leftMinor) > 0n ? 'on-account' : 'applied',
    ...(text === '' ? {} : { text }),
    ...(reversedBy === null ? {} : { reversedBy }),
    remittance: remittance.map(([invoice, part]) => ({ invoice, amount: money(part) })),
    applied: applied.map(amountOf),
    inErp: inErp.map(({ number, state, erpNumber, reason, ...part }) => ({
      ...{ number, ...amountOf(part), state },
      ...(erpNumber === null ? {} : { erpNumber }),
      ...(reason === null ? {} : { reason }),
    })),
  };
}
