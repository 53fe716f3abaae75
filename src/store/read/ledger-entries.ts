// The ledger's entries as they were booked, for those who read or export them.
import type { BookedEntry, LedgerAccount, LedgerStage } from '../../model/ledger.ts';
import type { LocalDate } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

type EntryRow = Omit<BookedEntry, 'amountMinor' | 'lateFor'> & {
  amountMinor: string;
  account: LedgerAccount;
  lateFor: LocalDate | null;
};

export type EntryFilter = {
  readonly period?: LocalDate;
  readonly legalEntity?: string;
  readonly shipment?: string;
  readonly stages?: readonly LedgerStage[];
};

/** In order of booking, after the place given; at most `limit`. */
export async function ledgerEntries(
  client: Queryable,
  tenant: string,
  { period, legalEntity, shipment, stages }: EntryFilter,
  { limit, after = ['0', '0'] }: { readonly limit: number; readonly after?: readonly string[] },
): Promise<BookedEntry[]> {
  const { rows } = await client.query<EntryRow>(
    `select posting::text as posting, position, legal_entity as "legalEntity", currency, account,
            amount_minor::text as "amountMinor", booked_on as "bookedOn", late_for as "lateFor", cause, reason,
            shipment, side, code, stage, customer, carrier, lane, mode
       from lading.ledger_entry
      where tenant = $1 and ($2::date is null or period = $2) and ($3::text is null or legal_entity = $3)
        and ($4::text is null or shipment = $4) and ($5::text[] is null or stage = any($5))
        and (posting, position) > ($6::bigint, $7::int)
      order by ledger_entry.posting, position limit $8`,
    [tenant, period, legalEntity, shipment, stages, after[0], after[1], limit],
  );
  return rows.map(({ amountMinor, lateFor, ...row }) => ({
    ...row,
    ...(lateFor === null ? {} : { lateFor }),
    amountMinor: BigInt(amountMinor),
  }));
}
