-- What was answered to each message of a transport demand, and who had it asked again.
set search_path = lading, pg_temp;

alter table demand_message
  add column receipted_at timestamptz,            -- 997, either way, or a webhook's 2xx
  add column answer text check (answer in ('accepted', 'declined')),
  add column answered_at timestamptz,
  add column resent_by text;                      -- who had it asked again, where nothing else changed
