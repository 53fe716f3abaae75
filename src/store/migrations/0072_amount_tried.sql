-- With how many documents of its customer a payment was last tried by its amount alone: it is tried again when there is another,
-- and not whenever the account happens to be looked at.
set search_path = lading, pg_temp;

alter table payment add column documents_seen integer;
