-- Export invoicing in stages: which stage a document belongs to; null where its customer is not invoiced in stages.

alter table lading.invoice add column stage text check (stage in ('commercial', 'final'));
