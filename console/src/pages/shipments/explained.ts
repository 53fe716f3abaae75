// The shipment as the hub explains it: what every part of its page is made of.
import type { Explained } from '../../shared/explanation.ts';

export type ExplainedShipment = Explained<'shipment'>;
export type ExplainedStop = ExplainedShipment['stops'][number];
export type ExplainedCharge = ExplainedShipment['charges'][number];
export type ExplainedInvoice = ExplainedShipment['invoices'][number];
export type ExplainedEffect = ExplainedInvoice['effects'][number];
export type ExplainedFact = ExplainedShipment['facts'][number];
export type ExplainedDocument = ExplainedShipment['documents'][number];
