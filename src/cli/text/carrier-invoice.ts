// What a carrier billed, beside what was expected of it, for a person.

import type { CarrierInvoiceExplanation } from '../../insight/explanation/document.ts';
import { effectTroubles, exceptionLines, section } from './parts.ts';

export function carrierInvoiceLines(explanation: CarrierInvoiceExplanation): string[] {
  const { carrier, invoice, tolerance, invoices, exceptions } = explanation;
  const several = invoices.length > 1;
  return [
    `Carrier invoice ${carrier}/${invoice}${several ? `: ${invoices.length} came under this number` : ''}`,
    `tolerance ${tolerance}`,
    ...invoices.flatMap((one) => ['', ...arrivedInvoiceLines(one)]),
    ...section('Exceptions', exceptionLines(exceptions)),
  ];
}

function arrivedInvoiceLines(invoice: CarrierInvoiceExplanation['invoices'][number]): string[] {
  const { verdict = 'waiting', because, billed, expected, currency, compared, lines, bill, erpNumber } = invoice;
  const there =
    erpNumber === undefined ? 'not in the ERP yet' : `in the ERP as ${erpNumber} since ${invoice.billPostedAt ?? '?'}`;
  return [
    `${verdict}: billed ${billed} ${currency}, expected ${expected} (of ${invoice.issuedOn}, message ${invoice.message})`,
    because,
    ...section(
      'Billed against expected',
      compared.flatMap(({ shipment, code, derivation, withinTolerance, ...amounts }) => [
        `${shipment} ${code}: ${amounts.billed} against ${amounts.expected}, ${amounts.difference} ${withinTolerance ? 'within' : 'out of'} tolerance`,
        ...derivation.map((step) => `    ${step}`),
      ]),
    ),
    ...section(
      'Lines',
      (compared.length > 0 ? [] : lines).map(({ shipment, names, code, amount }) => {
        const tried = names.map(({ type, value }) => `${type} ${value}`).join(' or ');
        return `${shipment ?? `unknown (${tried})`} ${code}: ${amount}`;
      }),
    ),
    ...disputeLines(invoice),
    ...(bill === undefined ? [] : ['', `bill ${bill}: ${there}`]),
    ...landedCostLines(invoice),
    ...effectTroubles(invoice.effects),
  ];
}

const LANDED = {
  waiting: 'waits',
  'needs-person': 'needs a person',
  made: 'made',
  'not-needed': 'none is made',
  'given-up': 'not looked for any more',
} as const;

function landedCostLines({ landedCost }: CarrierInvoiceExplanation['invoices'][number]): string[] {
  if (landedCost === undefined) return [];
  const { state, reason, nextLookAt } = landedCost;
  const next = nextLookAt === undefined ? '' : `; looked for again at ${nextLookAt}`;
  return [`landed cost: ${LANDED[state]}${reason === undefined ? '' : `: ${reason}`}${next}`];
}

function disputeLines({ dispute, currency }: CarrierInvoiceExplanation['invoices'][number]): string[] {
  if (dispute === undefined) return [];
  const { state, disputed, recovered, steps } = dispute;
  return section(
    `Dispute: ${state}, ${recovered} of ${disputed} ${currency} recovered`,
    steps.map((step) => `${step.at} ${step.state} by ${step.by}: ${step.reason}`),
  );
}
