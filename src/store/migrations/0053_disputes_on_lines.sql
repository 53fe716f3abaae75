-- A customer may object to one line of an invoice as well as to the whole; both sides write to each other about it, with files.
set search_path = lading, pg_temp;

alter table customer_dispute
  add column shipment text, add column code text,          -- both: that line; neither: the whole invoice
  add column by_customer boolean not null default false,   -- the customer opened it, and not one of us for it
  add column verdict text check (verdict in ('accepted', 'partly-accepted', 'declined', 'withdrawn')),
  add constraint customer_dispute_line check ((shipment is null) = (code is null));

drop index customer_dispute_open;
create unique index customer_dispute_open on customer_dispute (tenant, invoice, coalesce(shipment, ''), coalesce(code, ''))
  where closed_at is null;
create index customer_dispute_by_invoice on customer_dispute (tenant, invoice);

create table customer_dispute_comment (
  tenant text not null, id bigint generated always as identity,
  dispute bigint not null, at timestamptz not null,
  from_customer boolean not null, author text not null, text text not null,
  file_name text, media_type text, file_bytes integer,
  sha256 bytea,                                            -- its content is an attachment
  primary key (tenant, id),
  foreign key (tenant, dispute) references customer_dispute on delete cascade,
  constraint customer_dispute_file check (num_nonnulls(file_name, media_type, file_bytes, sha256) in (0, 4))
);
create index customer_dispute_comment_by_dispute on customer_dispute_comment (tenant, dispute, id);

-- What was said when it was opened is the first of what was said.
insert into customer_dispute_comment (tenant, dispute, at, from_customer, author, text)
select tenant, id, opened_at, false, opened_by, reason from customer_dispute order by tenant, id;

alter table customer_dispute_comment enable row level security;
alter table customer_dispute_comment force row level security;
create policy tenancy on customer_dispute_comment
  using (tenant = current_setting('lading.tenant', true))
  with check (tenant = current_setting('lading.tenant', true));
