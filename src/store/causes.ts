// Who caused what waits for approval, as far as it was done since nothing of the shipment waited.
import type { ClientBase } from 'pg';

// What was decided while something waited says nothing about that: a rule may bill one charge at once and leave another waiting.
const NOTHING_WAITED = `
  select greatest(
    (select max(i.decided_at) from lading.invoice_line l
       join lading.invoice i on i.tenant = l.tenant and i.number = l.number
      where l.tenant = $1 and l.shipment = $2
        and i.decided_at < coalesce((select opened_at from lading.exception
                                      where tenant = $1 and kind = 'adjustment-approval' and subject = $2
                                        and closed_at is null), 'infinity')),
    (select max(closed_at) from lading.exception where tenant = $1 and kind = 'adjustment-approval' and subject = $2))`;

/** True where one of these events came since. */
export async function areUndocumented(
  client: ClientBase,
  tenant: string,
  shipment: string,
  events: ReadonlySet<string>,
): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select from lading.event
                     where tenant = $1 and shipment = $2 and id = any($3::bigint[])
                       and recorded_at > coalesce((${NOTHING_WAITED}), '-infinity')) as found`,
    [tenant, shipment, [...events]],
  );
  return rows[0]?.found === true;
}

type Asked = { readonly shipment: string; readonly customer: string; readonly by: string };

/** What this person imported since of the customer's agreements, policy and fuel: `agreement acme-2026, version 2`, `fuel us-diesel of 2026-03-02`. */
export async function importedBy(client: ClientBase, tenant: string, { shipment, customer, by }: Asked) {
  const { rows } = await client.query<{ rule: string }>(
    `select kind || ' ' || id || ', version ' || version as rule from lading.rule_version
      where tenant = $1 and imported_by = $4 and imported_at > coalesce((${NOTHING_WAITED}), '-infinity')
        and ((kind = 'agreement' and content ->> 'party' = $3) or (kind = 'policy' and id = $3))
      order by kind, id, version limit 5`,
    [tenant, shipment, customer, by],
  );
  const rules = rows.map(({ rule }) => rule);
  return rules.length > 0 ? rules : fuelImportedBy(client, tenant, { shipment, customer, by });
}

// The price of the shipment's own week, in an index that the customer's agreements name. A price has the time of its import.
async function fuelImportedBy(client: ClientBase, tenant: string, { shipment, customer, by }: Asked) {
  const { rows } = await client.query<{ price: string }>(
    `select 'fuel ' || f.index || ' of ' || f.effective as price
       from lading.shipment s
       join lading.fuel_price f on f.tenant = s.tenant and f.event_id is null and f.effective <= s.rating_date
      where s.tenant = $1 and s.shipment = $2
        and f.index in (select content #>> '{fuel,index}' from lading.rule_version
                         where tenant = $1 and kind = 'agreement' and content ->> 'party' = $3)
        and f.reported_at > coalesce((${NOTHING_WAITED}), '-infinity')
        and not exists (select from lading.fuel_price later where later.tenant = $1 and later.index = f.index
                                and later.effective > f.effective and later.effective <= s.rating_date)
        and exists (select from lading.audit_entry a where a.tenant = $1 and a.actor = $4
                       and a.action = 'setup.import' and a.at = f.reported_at)
      order by f.index limit 5`,
    [tenant, shipment, customer, by],
  );
  return rows.map(({ price }) => price);
}
