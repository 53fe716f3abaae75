-- Orders are listed by number and by when they were reported, and found by how their numbers begin.
set search_path = lading, pg_temp;

create index customer_order_by_report on customer_order (tenant, reported_at, "order", customer);
create index customer_order_by_prefix on customer_order (tenant, "order" collate "C");
