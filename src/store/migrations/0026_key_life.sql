-- When the key that an outside system is come to with ends, as that system last told; null: it is not known to end.

alter table lading.system_state add column key_ends_at timestamptz;
