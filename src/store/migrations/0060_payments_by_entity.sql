-- Which legal entity a payment was made to: it settles no invoice of another.

alter table lading.payment add column legal_entity text;
