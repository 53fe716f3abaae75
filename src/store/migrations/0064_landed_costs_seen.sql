-- Where a landed cost stands is shown: whether a person must act is kept apart from why it is not done.

set search_path to lading;

alter table landed_cost
  add column needs_person boolean not null default false; -- an exception says so, and it is looked at again until it is done
