// An explanation as a customer may see it: its own, and nothing of what others get, say or hold against it.

import type { ExplainedException } from './explanation/exception.ts';
import type { ExplainedCharge, ShipmentExplanation } from './explanation/shipment.ts';
import type { Explanation } from './explanation.ts';

// What concerns the goods; the rest is between the clerks.
const TOLD: ReadonlySet<string> = new Set(['delivery-failed', 'shipment-delayed', 'shipment-damaged', 'pod-missing']);

export function forCustomer(explanation: Explanation, customer: string): Explanation | undefined {
  switch (explanation.about) {
    case 'shipment':
      return explanation.customer === customer ? shipmentFor(explanation) : undefined;
    case 'invoice': {
      const { invoice } = explanation;
      return invoice.customer === customer ? { ...explanation, invoice: { ...invoice, effects: [] } } : undefined;
    }
    case 'charge': {
      const { billingBecause: _, ...told } = explanation;
      return explanation.customer === customer ? { ...told, charges: explanation.charges.filter(isSell) } : undefined;
    }
    case 'payment': {
      const { payment } = explanation;
      return payment.customer === customer
        ? { ...explanation, payment: { ...payment, inErp: [] }, exceptions: [] }
        : undefined;
    }
    case 'order': {
      if (explanation.customer !== customer) return undefined;
      const { demand: _, ...told } = explanation;
      const shipments = told.shipments.map(({ billingBecause: __, ...shipment }) => shipment);
      return { ...told, shipments, notInvoiced: [], exceptions: [] };
    }
    default:
      // Messages, events and exceptions are not a customer's to read here.
      return undefined;
  }
}

function shipmentFor(explanation: ShipmentExplanation): ShipmentExplanation {
  const { billingBecause: _, margin: __, approvals: ___, ...told } = explanation;
  return {
    ...told,
    reports: explanation.reports.filter(({ side, heard }) => heard && side !== 'buy'),
    milestones: explanation.milestones.filter(({ standing }) => standing !== 'not heard'),
    documents: explanation.documents.filter(({ heard }) => heard),
    facts: explanation.facts.filter(({ kind, standing }) => standing !== 'not heard' && kind !== 'charge'),
    byHand: [],
    charges: explanation.charges.filter(isSell),
    invoices: explanation.invoices.map((invoice) => ({ ...invoice, effects: [] })),
    awaitingApproval: [],
    exceptions: explanation.exceptions.filter(isTold),
  };
}

const isSell = ({ side }: ExplainedCharge) => side === 'sell';
const isTold = ({ kind }: ExplainedException) => TOLD.has(kind);
