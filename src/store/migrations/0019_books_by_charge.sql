-- The books, with each charge's legal entity looked up by itself: whatever the planner thinks of the tables' sizes, the proof takes
-- as long as there are charges.

set search_path to lading;

-- Who billed it; else by the ledger; before the tender by its orders, else by its policy.
create or replace view books with (security_invoker = true) as
with stated as (
  select tenant, shipment, code, currency, state,
         sum(decided_minor) as decided_minor, sum(kept_minor) as kept_minor
    from (select s.tenant, s.shipment, cell->>1 as code, cell->>2 as currency, cell->>3 as state,
                 (cell->>4)::numeric as decided_minor, 0::numeric as kept_minor
            from shipment s, jsonb_array_elements(s.charges::jsonb) as cell
           where cell->>0 = 'sell'
          union all
          select tenant, shipment, code, currency, state, 0, amount_minor from charge where side = 'sell') as either
   group by tenant, shipment, code, currency, state
), charged as (
  select tenant, shipment, code, currency,
         sum(decided_minor) as total,
         coalesce(sum(kept_minor) filter (where state = 'expected'), 0) as expected,
         coalesce(sum(kept_minor) filter (where state = 'pending'), 0) as pending,
         coalesce(sum(kept_minor) filter (where state = 'invoiced'), 0) as invoiced,
         coalesce(sum(kept_minor) filter (where state = 'disputed'), 0) as disputed,
         coalesce(sum(kept_minor) filter (where state = 'waived'), 0) as waived,
         sum(abs(kept_minor - decided_minor)) as misstated
    from stated
   group by tenant, shipment, code, currency
), posted as (
  select l.tenant, l.shipment, l.code, i.currency,
         sum(case i.kind when 'credit-note' then -l.amount_minor else l.amount_minor end) as documented
    from invoice_line l
    join invoice i on i.tenant = l.tenant and i.number = l.number
   where i.state = 'posted'
   group by l.tenant, l.shipment, l.code, i.currency
)
select tenant, shipment, code, currency,
       coalesce(
         (select min(i.legal_entity) from invoice_line l join invoice i on i.tenant = l.tenant and i.number = l.number
           where l.tenant = s.tenant and l.shipment = s.shipment),
         (select nullif(e.legal_entity, '') from ledger_entry e
           where e.tenant = s.tenant and e.shipment = s.shipment order by e.posting desc, e.position desc limit 1),
         (select o.data::jsonb->>'legalEntity'
            from jsonb_array_elements(s.names::jsonb) with ordinality as named (name, place)
            join customer_order o on o.tenant = s.tenant and o."order" = named.name->>1 and o.customer = s.customer
           where named.name->>0 = 'order' and o.data::jsonb->>'legalEntity' is not null order by named.place limit 1),
         (select p.content->>'legalEntity' from rule_version p
           where p.tenant = s.tenant and p.kind = 'policy' and p.id = s.customer order by p.version desc limit 1),
         '') as legal_entity,
       coalesce(s.rating_date, (s.created_at at time zone 'UTC')::date) as day,
       coalesce(total, 0) as total_minor,
       coalesce(expected, 0) as expected_minor,
       coalesce(pending, 0) as pending_minor,
       coalesce(invoiced, 0) as invoiced_minor,
       coalesce(disputed, 0) as disputed_minor,
       coalesce(waived, 0) as waived_minor,
       coalesce(documented, 0) as documents_minor,
       coalesce(misstated, 0) + abs(coalesce(invoiced, 0) - coalesce(documented, 0)) as difference_minor
  from charged
  full join posted using (tenant, shipment, code, currency)
  left join shipment s using (tenant, shipment);
