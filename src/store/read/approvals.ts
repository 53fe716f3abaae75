// Who said yes or no to the adjustments of shipments, as the audit trail has it.
import type { Queryable } from '../database.ts';
import { utc, withoutNulls } from '../reading.ts';

export type ApprovalView = {
  readonly at: string;
  readonly by: string;
  readonly word: 'approved' | 'refused';
  /** Documents, differences and entries by hand, in words. */
  readonly of: readonly string[];
  readonly reason?: string;
};

/** By shipment, in order; at most a hundred of each. */
export async function approvalsOf(
  db: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<ReadonlyMap<string, ApprovalView[]>> {
  const { rows } = await db.query(
    `select asked.shipment, ${utc('a.at')} as at, a.actor as by,
            case a.action when 'exception.approve' then 'approved' else 'refused' end as word,
            array(select jsonb_array_elements_text(coalesce(a.detail -> 'documents', a.detail -> 'amounts', '[]')
                                                   || coalesce(a.detail -> 'entries', '[]'))) as of,
            a.detail ->> 'reason' as reason
       from unnest($2::text[]) as asked (shipment),
            lateral (select * from lading.audit_entry a
                      where a.tenant = $1 and a.subject = asked.shipment
                        and a.action in ('exception.approve', 'exception.refuse')
                      order by a.id limit 100) as a
      order by a.id`,
    [tenant, shipments],
  );
  const ofShipment = Map.groupBy(rows, ({ shipment }): string => shipment);
  return new Map(
    [...ofShipment].map(([name, own]) => [name, own.map(({ shipment: _, ...row }) => withoutNulls<ApprovalView>(row))]),
  );
}
