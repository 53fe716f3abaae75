// An order, and what somebody was asked to carry of it, for a person.
import type { DemandExplanation, ExplainedDemand, OrderExplanation } from '../../insight/explanation/order.ts';
import { exceptionLines, section, table } from './parts.ts';

export function orderLines(it: OrderExplanation): string[] {
  const facts = [
    ['customer', it.customerName === undefined ? it.customer : `${it.customer}, ${it.customerName}`],
    ['their number', it.customerReference ?? ''],
    ['billed by', it.legalEntity ?? ''],
    ['placed', it.placedAt],
    ['wanted by', it.wantedBy ?? ''],
    ['to', [it.shipTo.name, it.shipTo.city, it.shipTo.region, it.shipTo.country].filter(Boolean).join(', ')],
  ];
  const head = ['line', 'item', 'ordered', 'planned', 'delivered', 'invoiced', 'shipments'];
  const rows = it.lines.map(({ line, sku, ordered, planned, delivered, invoiced, shipments }) => {
    return [String(line), sku ?? '', ordered, planned, delivered, invoiced, shipments.join(', ')];
  });
  return [
    `Order ${it.order}: ${it.cancelledAt === undefined ? it.status : 'cancelled'}`,
    it.sentence,
    '',
    ...table(facts.filter(([, value]) => value !== '')),
    ...section('Lines', rows.length === 0 ? [] : table([head, ...rows])),
    ...section('Not invoiced', it.notInvoiced),
    ...section('Shipments', table(it.shipments.map(({ shipment, status, billing }) => [shipment, status, billing]))),
    ...section('Invoices', table(it.invoices.map(({ number, kind, state }) => [number, kind, state]))),
    ...(it.demand === undefined ? [] : section('Transport demand', [it.demand.sentence, ...messageLines(it.demand)])),
    ...section('Exceptions', exceptionLines(it.exceptions)),
  ];
}

export function demandLines(it: DemandExplanation): string[] {
  return [
    `Transport demand of order ${it.order} (${it.customer}) to ${it.recipient}: ${it.state}`,
    it.sentence,
    ...section('Messages', messageLines(it)),
    ...section('Exceptions', exceptionLines(it.exceptions)),
  ];
}

function messageLines({ messages }: Pick<ExplainedDemand, 'messages'>): string[] {
  return messages.flatMap((it) => {
    const changes = it.changes === undefined ? '' : `, changes ${it.changes.join(', ')}`;
    const by = it.resentBy === undefined ? '' : `, asked again by ${it.resentBy}`;
    const steps = [
      it.takenAt === undefined ? '' : `posted ${it.takenAt}`,
      it.rejectedAs === undefined ? '' : `rejected ${it.receiptedAt ?? ''} as ${it.rejectedAs}`,
      it.receiptedAt === undefined || it.rejectedAs !== undefined ? '' : `receipt ${it.receiptedAt}`,
      it.answer === undefined ? '' : `${it.answer} ${it.answeredAt ?? ''}`,
      it.reason ?? '',
    ].filter((step) => step !== '');
    return [
      `${it.revision}. ${it.purpose}, number ${it.control}, made ${it.madeAt}${changes}${by}: ${it.state}`,
      ...(steps.length === 0 ? [] : [`    ${steps.join('; ')}`]),
    ];
  });
}
