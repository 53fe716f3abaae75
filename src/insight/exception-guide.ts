// For each kind of exception: what closes it, and what a person does about it. `docs/exceptions.md` says the same; a test
// holds the two together.

import type { ExceptionKind } from '../model/exception.ts';

export type Guidance = {
  /** Completes "waits for …". */
  readonly waitsFor: string;
  /** What its owner does. */
  readonly mend: string;
};

export const EXCEPTION_GUIDE: Readonly<Record<ExceptionKind, Guidance>> = {
  'unreadable-message': {
    waitsFor: 'a message that can be read',
    mend: 'Look at the reason and the position in the message; have the partner send it again, or mend what reads it and replay it.',
  },
  'unknown-partner': {
    waitsFor: 'the sender among the partners',
    mend: 'Add the sender, or the identifier it used, to partners.json, import it, and replay the message.',
  },
  'partner-not-party': {
    waitsFor: 'its sender to become the carrier or customer of what it spoke of',
    mend: 'Check who the carrier is. A corrected plan that names the sender lets its reports count by itself; what no plan can mend, the right partner must send.',
  },
  'schema-violation': {
    waitsFor: 'the message in its proper form',
    mend: 'The reason names the place. Have the partner correct and send it again, or mend the partner profile and replay the message.',
  },
  'unmatched-reference': {
    waitsFor: 'a shipment with that number',
    mend: 'Ask why its plan has not come, or correct the number; what waits applies itself as soon as the shipment is known.',
  },
  'no-agreement': {
    waitsFor: 'an agreement of its customer for the day it is rated on',
    mend: 'Import an agreement that is valid on that day.',
  },
  'no-lane': {
    waitsFor: 'a lane that covers its mode and both its ends',
    mend: 'Add the lane to the agreement and import it, or have the plan corrected.',
  },
  'fuel-index-missing': {
    waitsFor: 'the fuel price of its week',
    mend: 'Import fuel.json, or have the price published.',
  },
  'quantity-missing': {
    waitsFor: 'the weight, distance or count it is charged by',
    mend: 'Have the plan sent with that quantity.',
  },
  'pod-missing': {
    waitsFor: 'the proof of delivery',
    mend: 'Ask the carrier for it; the sooner it comes the sooner the invoice goes.',
  },
  'accessorial-not-in-agreement': {
    waitsFor: 'a price for the charge that was reported',
    mend: 'Add the accessorial to the agreement, as `reported`, or have the report withdrawn.',
  },
  'tax-undetermined': {
    waitsFor: 'a tax rate for its legal entity and destination',
    mend: 'Add the row to taxes.json and import it.',
  },
  'credit-hold': {
    waitsFor: 'a payment of its customer, a higher credit limit, or a release',
    mend: 'Collect what is open, raise the limit in policies.json, or `lading release` this one shipment with a reason.',
  },
  'adjustment-approval': {
    waitsFor: 'an approval',
    mend: 'Look at what changed (`lading explain`), then `lading approve` or `lading refuse` it; somebody else than who caused it.',
  },
  'carrier-invoice-mismatch': {
    waitsFor: 'a bill that agrees with what is expected, or its dispute settled',
    mend: 'Dispute the differences with the carrier (`lading carrier-dispute`), or correct the agreement.',
  },
  'carrier-invoice-duplicate': {
    waitsFor: 'nothing: it is not paid',
    mend: 'Tell the carrier that this was billed before.',
  },
  'carrier-invoice-unmatched': {
    waitsFor: 'the shipment it bills',
    mend: 'Find out which shipment is meant; the bill is tried again when it is known.',
  },
  'erp-rejected': {
    waitsFor: 'the ERP to take the document',
    mend: "The reason is the ERP's own. Mend it there, then `lading replay --deliveries`. A landed cost that a person must see to, `landed cost of …`, is looked at again by itself.",
  },
  'key-ending': {
    waitsFor: 'a key that lives longer',
    mend: 'Replace it by `lading connect odoo --rotate`, before it ends and everything for that system waits.',
  },
  'partner-silent': {
    waitsFor: 'a message of the partner',
    mend: 'Ask the partner whether it still sends, and look at the way its messages come. Where it may be silent for so long, raise or leave out `silentAfterMinutes` in its profile.',
  },
  'erp-document-changed': {
    waitsFor: 'the document to be posted in the ERP again, or the note against it to be cancelled',
    mend: 'Undo it in the ERP; or `lading approve` the adjustment of its shipment to bill it anew, or `lading refuse` it to let it stand.',
  },
  'erp-difference': {
    waitsFor: 'a nightly comparison that finds both books alike',
    mend: 'Look at what `lading compare` lists; correct the document in the ERP, or the charge here. `lading compare --now` looks again at once.',
  },
  'delivery-failed': {
    waitsFor: 'the delivery, its return, or a cancellation',
    mend: 'Arrange a new attempt or the return.',
  },
  'shipment-delayed': {
    waitsFor: 'the delivery',
    mend: 'Tell the customer.',
  },
  'shipment-damaged': {
    waitsFor: 'nothing: it stays on record',
    mend: 'Open a claim.',
  },
  'payment-unmatched': {
    waitsFor: 'the invoice that is paid by it, or of a reversal the payment',
    mend: 'Ask the customer what was paid, or the bank which payment it took back; it is tried again when an invoice or a payment appears.',
  },
  'invoice-overdue': {
    waitsFor: 'the payment of its invoice',
    mend: 'Remind the customer as its stage says. What it objects to, `lading dispute` writes down: until that ends, the invoice is not collected.',
  },
  'quantity-exceeds-order': {
    waitsFor: 'quantities within the order',
    mend: 'Correct the order, or what was packed.',
  },
  'export-proof-missing': {
    waitsFor: 'the proof of export',
    mend: 'Ask the carrier or the customs agent for it; the final invoice waits for it, and so may the tax exemption.',
  },
  'exchange-rate-missing': {
    waitsFor: 'an exchange rate of that day or before',
    mend: 'Add the rate to exchange.json and import it. Invoices do not wait for it; the margin does.',
  },
  'late-posting': {
    waitsFor: 'a yes to booking it in the next open period, or its own period unlocked',
    mend: 'Look at what came late, and approve it by `lading period approve PERIOD`; or unlock the period while its books are still open.',
  },
  'ledger-dimension-missing': {
    waitsFor: 'every entry of the period with its account and dimensions',
    mend: 'Add what is missing to ledger.json, import it, and export the journal again.',
  },
  'order-unknown': {
    waitsFor: 'the order',
    mend: 'Have the order sent.',
  },
  'order-changed-in-transit': {
    waitsFor: 'the order to be as it was tendered, or the end of its journey',
    mend: 'Tell the carrier by other means, or set the order back and make a new one for the difference.',
  },
  'demand-unanswered': {
    waitsFor: 'the answer of whoever was asked to carry it',
    mend: 'Ask the carrier or TMS for the answer; where the message never arrived, `lading replay --deliveries`.',
  },
  'demand-not-taken': {
    waitsFor: 'somebody to take the transport',
    mend: 'The reason is the other side’s. Mend it there or in the profile and replay the delivery; where it was declined, `lading demand resend`, or give the order to another carrier.',
  },
};
