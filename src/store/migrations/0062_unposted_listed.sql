-- What of a shipment's sell charges is on no posted document stands in its row of the list, by currency: where billing stands
-- is then one pass over narrow rows, and charges need no index beside their key.
set search_path = lading, pg_temp;

alter table shipment_listing
  add column unposted_currencies text[] not null default '{}',
  add column unposted_minors bigint[] not null default '{}';

alter table shipment_listing no force row level security;
alter table charge no force row level security;
update shipment_listing l set unposted_currencies = c.currencies, unposted_minors = c.minors
  from (select tenant, shipment, array_agg(currency order by currency) as currencies, array_agg(minor order by currency) as minors
          from (select tenant, shipment, currency, sum(amount_minor)::bigint as minor from charge
                 where side = 'sell' and state in ('expected', 'pending') group by tenant, shipment, currency) as each
         group by tenant, shipment) as c
 where c.tenant = l.tenant and c.shipment = l.shipment;
alter table shipment_listing force row level security;
alter table charge force row level security;

drop index charge_unposted;

-- Documents fall due on a few hundred days: known, they are added up by several processes at once.
create statistics invoice_due on (((decided_at at time zone 'UTC')::date + coalesce(payment_terms_days, 0))) from invoice;
