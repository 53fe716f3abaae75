// Who caused what waits for approval, as far as it was done since the shipment's last document.
import type { ClientBase } from 'pg';

const LAST_DOCUMENT = `
  select max(i.decided_at) from lading.invoice_line l
    join lading.invoice i on i.tenant = l.tenant and i.number = l.number
   where l.tenant = $1 and l.shipment = $2`;

/** True where one of these events came after the shipment's last document, or there is none. */
export async function areUndocumented(
  client: ClientBase,
  tenant: string,
  shipment: string,
  events: ReadonlySet<string>,
): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from lading.event
                     where tenant = $1 and shipment = $2 and id = any($3::bigint[])
                       and recorded_at > coalesce((${LAST_DOCUMENT}), '-infinity')) as found`,
    [tenant, shipment, [...events]],
  );
  return rows[0]?.found === true;
}

type Asked = { readonly shipment: string; readonly customer: string; readonly by: string };

/** Versions of the customer's agreements and policy that this person imported since, as `agreement acme-2026, version 2`. */
export async function importedBy(client: ClientBase, tenant: string, { shipment, customer, by }: Asked) {
  const { rows } = await client.query<{ rule: string }>(
    `select kind || ' ' || id || ', version ' || version as rule from lading.rule_version
      where tenant = $1 and imported_by = $4 and imported_at > coalesce((${LAST_DOCUMENT}), '-infinity')
        and ((kind = 'agreement' and content ->> 'party' = $3) or (kind = 'policy' and id = $3))
      order by kind, id, version limit 5`,
    [tenant, shipment, customer, by],
  );
  return rows.map(({ rule }) => rule);
}
