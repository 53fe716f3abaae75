// A carrier's invoice as the hub tells and explains it: what every part of its page is made of.
import type { components } from '../../api/types.ts';
import type { Explained } from '../../shared/explanation.ts';

export type CarrierInvoice = components['schemas']['CarrierInvoiceDetail'];
export type Explanation = Explained<'carrier-invoice'>;
