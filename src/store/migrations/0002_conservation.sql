-- The books in one query: what every sell charge comes to, and in which state; and what the posted documents come to.
--
-- Nothing is silently unbilled as long as `difference_minor` is zero in every row: the whole is the sum of its states,
-- and what counts as invoiced is what is on posted documents. What the ERP itself holds is asked of the ERP.
-- The view sees what its reader may see (security_invoker), so each tenant has its own books.

set search_path to lading;

create view conservation with (security_invoker = true) as
with charged as (
  select c.tenant, coalesce(s.customer, '') as customer, c.currency,
         sum(c.amount_minor) as total,
         coalesce(sum(c.amount_minor) filter (where c.state = 'expected'), 0) as expected,
         coalesce(sum(c.amount_minor) filter (where c.state = 'pending'), 0) as pending,
         coalesce(sum(c.amount_minor) filter (where c.state = 'invoiced'), 0) as invoiced,
         coalesce(sum(c.amount_minor) filter (where c.state = 'disputed'), 0) as disputed,
         coalesce(sum(c.amount_minor) filter (where c.state = 'waived'), 0) as waived
    from charge c
    join shipment s on s.tenant = c.tenant and s.shipment = c.shipment
   where c.side = 'sell'
   group by c.tenant, coalesce(s.customer, ''), c.currency
), documented as (
  select i.tenant, i.customer, i.currency,
         sum(case i.kind when 'credit-note' then -l.amount_minor else l.amount_minor end) as documents
    from invoice i
    join invoice_line l on l.tenant = i.tenant and l.number = i.number
   where i.state = 'posted'
   group by i.tenant, i.customer, i.currency
)
select tenant, customer, currency,
       coalesce(total, 0)::bigint as total_minor,
       coalesce(expected, 0)::bigint as expected_minor,
       coalesce(pending, 0)::bigint as pending_minor,
       coalesce(invoiced, 0)::bigint as invoiced_minor,
       coalesce(disputed, 0)::bigint as disputed_minor,
       coalesce(waived, 0)::bigint as waived_minor,
       coalesce(documents, 0)::bigint as documents_minor,
       (abs(coalesce(total, 0) - coalesce(expected + pending + invoiced + disputed + waived, 0))
        + abs(coalesce(invoiced, 0) - coalesce(documents, 0)))::bigint as difference_minor
  from charged full join documented using (tenant, customer, currency);
