-- A message taken in corrected names the one that it mends. Both keep their bytes.
set search_path = lading, pg_temp;

alter table message add column mends bigint;
create index message_by_mends on message (tenant, mends) where mends is not null;
