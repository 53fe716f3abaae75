-- What fuel prices and orders said before they were corrected, so that a document's proof can be made on what was known then.

set search_path to lading;

create table fuel_price_before (
  tenant text not null, index text not null, effective date not null, position integer not null,
  price text not null, reported_at timestamptz not null, event_id bigint,
  primary key (tenant, index, effective, position)
);
create table customer_order_before (
  tenant text not null, "order" text not null, customer text not null, position integer not null,
  data text not null, reported_at timestamptz not null, event_id bigint not null,
  primary key (tenant, "order", customer, position)
);

create function keep_fuel_price() returns trigger language plpgsql as $$
begin
  insert into lading.fuel_price_before
  select old.tenant, old.index, old.effective, 1 + coalesce(max(position), 0), old.price, old.reported_at, old.event_id
    from lading.fuel_price_before where tenant = old.tenant and index = old.index and effective = old.effective;
  return null;
end $$;
create trigger kept_before after update on fuel_price for each row
  when (old.price is distinct from new.price) execute function keep_fuel_price();

create function keep_customer_order() returns trigger language plpgsql as $$
begin
  insert into lading.customer_order_before
  select old.tenant, old."order", old.customer, 1 + coalesce(max(position), 0), old.data, old.reported_at, old.event_id
    from lading.customer_order_before
   where tenant = old.tenant and "order" = old."order" and customer = old.customer;
  return null;
end $$;
create trigger kept_before after update on customer_order for each row
  when (old.data is distinct from new.data) execute function keep_customer_order();

do $$
declare name text;
begin
  foreach name in array array['fuel_price_before', 'customer_order_before']
  loop
    execute format('alter table lading.%I enable row level security', name);
    execute format('alter table lading.%I force row level security', name);
    execute format($policy$create policy tenancy on lading.%I
      using (tenant = current_setting('lading.tenant', true))
      with check (tenant = current_setting('lading.tenant', true))$policy$, name);
  end loop;
end $$;
