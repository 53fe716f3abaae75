// Who said yes or no to a shipment's adjustments, as the audit trail has it.
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

/** In order; at most a hundred. */
export async function approvalsOf(db: Queryable, tenant: string, shipment: string): Promise<ApprovalView[]> {
  const { rows } = await db.query(
    `select ${utc('a.at')} as at, a.actor as by,
            case a.action when 'exception.approve' then 'approved' else 'refused' end as word,
            array(select jsonb_array_elements_text(coalesce(a.detail -> 'documents', a.detail -> 'amounts', '[]')
                                                   || coalesce(a.detail -> 'entries', '[]'))) as of,
            a.detail ->> 'reason' as reason
       from lading.audit_entry a
      where a.tenant = $1 and a.subject = $2 and a.action in ('exception.approve', 'exception.refuse')
      order by a.id limit 100`,
    [tenant, shipment],
  );
  return rows.map(withoutNulls<ApprovalView>);
}
