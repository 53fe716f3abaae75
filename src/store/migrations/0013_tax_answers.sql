-- What the tax engine answered about a line, and at which stage; null on lines from before answers were kept.

alter table lading.invoice_line add column taxed_by jsonb;
