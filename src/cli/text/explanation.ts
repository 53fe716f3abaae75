// An explanation for a person: what is asked first comes first, and what is empty is left out.

import type { ExplainedInvoice } from '../../insight/explanation/document.ts';
import type { MessageExplanation } from '../../insight/explanation/message.ts';
import type { ChargeExplanation, ExplainedCharge, ShipmentExplanation } from '../../insight/explanation/shipment.ts';
import type { Explanation } from '../../insight/explanation.ts';
import { taxInWords } from '../../model/tax.ts';
import { unreachable } from '../../model/unreachable.ts';
import { approvalLines, byHandLines } from './by-hand.ts';
import { carrierInvoiceLines } from './carrier-invoice.ts';
import { demandLines, orderLines } from './order.ts';
import { effectTroubles, exceptionLines, section, table } from './parts.ts';
import { paymentLines } from './payment.ts';

export function explanationLines(explanation: Explanation): string[] {
  // A second is as near as a person wants to know.
  return linesOf(explanation).map((line) => line.replace(/(:\d\d)\.\d{3}Z/g, '$1Z'));
}

function linesOf(explanation: Explanation): string[] {
  switch (explanation.about) {
    case 'shipment':
      return shipmentLines(explanation);
    case 'charge':
      return chargeLines(explanation);
    case 'invoice':
      return invoiceLines(explanation.invoice);
    case 'carrier-invoice':
      return carrierInvoiceLines(explanation);
    case 'message':
      return messageLines(explanation);
    case 'event': {
      const { event, type, sender, reportedAt, became, message, source, key } = explanation;
      return [
        `Event ${event}: ${type} from ${sender}, reported ${reportedAt}`,
        `It was ${became.startsWith('waits') ? 'kept and ' : ''}${became}.`,
        '',
        ...table([
          ['message', message],
          ['source', source],
          ['id', key],
        ]),
      ];
    }
    case 'exception':
      return [`Exception ${explanation.exception.id}`, '', ...exceptionLines([explanation.exception])];
    case 'payment':
      return paymentLines(explanation);
    case 'order':
      return orderLines(explanation);
    case 'demand':
      return demandLines(explanation);
    case 'waiting':
      return [
        explanation.sentence,
        '',
        ...table(explanation.facts.map(({ since, sender, what, event }) => [since, sender, what, `event ${event}`])),
      ];
    case 'choice':
      return [
        `${explanation.ref} names more than one thing. Ask again with one of these:`,
        '',
        ...table(explanation.choices.map(({ ref, is }) => [ref, is])),
      ];
    default:
      return unreachable(explanation);
  }
}

function shipmentLines(it: ShipmentExplanation): string[] {
  const { plan } = it;
  const head = [it.status, it.billing].filter(Boolean).join(', ');
  const facts: string[][] = [
    ['customer', it.customer ?? ''],
    ['carrier', it.carrier ?? ''],
    ['picked up', it.pickedUpAt ?? ''],
    ['delivered', it.deliveredAt ?? ''],
    ['rated on', it.ratingDate ?? ''],
    ['plan', plan === undefined ? '' : planWords(plan)],
    ['orders', plan?.orders.join(', ') ?? ''],
    ['references', it.references.map(({ type, value }) => `${type} ${value}`).join(', ')],
    ['billed at', it.policy === undefined ? '' : policyWords(it.policy)],
  ];
  return [
    `Shipment ${it.shipment}${head === '' ? '' : `: ${head}`}`,
    ...(it.billingBecause === undefined ? [] : [it.billingBecause]),
    '',
    ...table(facts.filter(([, value]) => value !== '')),
    ...section(
      'Stops',
      table(it.stops.map((stop) => [String(stop.sequence), stop.kind, stop.place, appointment(stop)])),
    ),
    ...section('Milestones', milestoneLines(it)),
    ...section('Documents', documentLines(it)),
    ...section('Reported charges', reportLines(it)),
    ...section('By hand', byHandLines(it)),
    ...section('Charges', it.charges.flatMap(chargeBlock)),
    ...section(
      'Invoices',
      it.invoices.flatMap((invoice) => invoiceSummary(invoice)),
    ),
    ...section('Pro-forma invoices', (it.proFormas ?? []).flatMap(proFormaLines)),
    ...section('Waiting for approval', table(it.awaitingApproval.map((a) => [a.kind, `${a.total} ${a.currency}`]))),
    ...section('Approvals', approvalLines(it)),
    ...section('Margin', it.margin?.derivation ?? []),
    ...section('Exceptions', exceptionLines(it.exceptions)),
  ];
}

function proFormaLines(it: NonNullable<ShipmentExplanation['proFormas']>[number]): string[] {
  const now = it.replacedBy === undefined ? it.state : `${it.state} by ${it.replacedBy}`;
  return [
    `${it.number} of ${it.issuedAt}, ${it.currency}: ${now}`,
    ...it.lines.map(({ code, amount, tax, taxedBy }) => `    ${code} ${amount}, tax ${tax}: ${taxInWords(taxedBy)}`),
  ];
}

function planWords(plan: NonNullable<ShipmentExplanation['plan']>): string {
  const { mode, service, equipment, weight, pallets, units, distanceMiles, attributes, sender, message } = plan;
  const quantities = [
    weight,
    pallets && `${pallets} pallets`,
    units && `${units} units`,
    distanceMiles && `${distanceMiles} miles`,
  ];
  const words = [mode, service, equipment, ...quantities, ...attributes].filter(Boolean).join(', ');
  return `${words} (from ${from({ sender, message })})`;
}

function policyWords({ trigger, consolidation, version, given }: NonNullable<ShipmentExplanation['policy']>): string {
  const which = given ? `policy version ${version}` : 'no policy: the usual';
  return `${trigger}, by ${consolidation} (${which})`;
}

function appointment({ appointment: at }: ShipmentExplanation['stops'][number]): string {
  return at === undefined ? '' : `appointment ${at.local ?? at.from}`;
}

function from({ sender, message }: { sender: string; message?: string }): string {
  return message === undefined ? sender : `${sender}, message ${message}`;
}

function milestoneLines({ milestones }: ShipmentExplanation): string[] {
  return table(
    milestones.map(({ at, local, milestone, stop, standing, reason, ...source }) => [
      at,
      local === undefined ? '' : `(${local.slice(11, 16)} ${local.slice(19)})`,
      milestone,
      stop === undefined ? '' : `stop ${stop}`,
      `from ${from(source)}${reason === undefined ? '' : `, reason ${reason}`}${standing === 'believed' ? '' : `: ${standing}`}`,
    ]),
  );
}

function documentLines({ documents }: ShipmentExplanation): string[] {
  return table(
    documents.map(({ kind, mediaType = '', signedBy, heard, ...source }) => [
      kind,
      mediaType,
      `from ${from(source)}${signedBy === undefined ? '' : `, signed by ${signedBy}`}${heard ? '' : ': not heard'}`,
    ]),
  );
}

function reportLines({ reports }: ShipmentExplanation): string[] {
  return table(
    reports.map(({ occurredAt, code, side, quantity, heard, ...source }) => [
      occurredAt,
      code,
      side,
      quantity === undefined ? '' : `× ${quantity}`,
      `from ${from(source)}${heard ? '' : ': not heard'}`,
    ]),
  );
}

function chargeBlock({ side, code, currency, amount, states, agreement, lane, derivation, restsOn }: ExplainedCharge) {
  const by = agreement === undefined ? '' : `, agreement ${agreement.id} version ${agreement.version}`;
  const on = lane === undefined ? '' : `, lane ${lane}`;
  const standing = states
    .map(({ state, amount: inState }) => (inState === amount ? state : `${inState} ${state}`))
    .join(', ');
  return [
    `${side} ${code} ${amount === undefined ? '' : `${amount} ${currency}`}: ${standing}${by}${on}`,
    ...derivation.map((step) => `    ${step}`),
    ...restsOn.map(
      ({ what, event, message }) =>
        `    from ${what}, event ${event}${message === undefined ? '' : `, message ${message}`}`,
    ),
  ];
}

function chargeLines(it: ChargeExplanation): string[] {
  return [
    `Charge ${it.shipment}/${it.code}${it.billing === undefined ? '' : ` (shipment ${it.billing})`}`,
    ...(it.billingBecause === undefined ? [] : [it.billingBecause]),
    '',
    ...it.charges.flatMap(chargeBlock),
    ...section(
      'On documents',
      it.lines.flatMap(({ number, kind, amount, currency, derivation }) => [
        `${kind} ${number}: ${amount} ${currency}`,
        ...derivation.map((step) => `    ${step}`),
      ]),
    ),
  ];
}

function invoiceSummary({
  number,
  kind,
  stage,
  total,
  currency,
  state,
  postedAt,
  erpNumber,
  effects,
}: ExplainedInvoice): string[] {
  const there =
    state === 'posted' ? `in the ERP as ${erpNumber ?? '?'} since ${postedAt ?? '?'}` : 'not in the ERP yet';
  const life = effectTroubles(effects);
  const what = stage === undefined ? kind : `${kind} (${stage})`;
  return [`${what} ${number}: ${total} ${currency}, ${there}`, ...life];
}

function invoiceLines(invoice: ExplainedInvoice): string[] {
  const { customer, decidedAt, approvedBy, corrects, subtotal, tax, total, currency, lines, effects } = invoice;
  const facts = [
    ['customer', customer],
    ['decided', decidedAt],
    ['approved by', approvedBy ?? ''],
    ['corrects', corrects ?? ''],
    ['shipments', invoice.shipments.join(', ')],
    ['total', `${total} ${currency} (${subtotal} and ${tax} tax)`],
  ];
  return [
    ...invoiceSummary(invoice).slice(0, 1),
    '',
    ...table(facts.filter(([, value]) => value !== '')),
    ...section(
      'Lines',
      lines.flatMap(({ shipment, code, amount, description, derivation, ...line }) => [
        `${shipment} ${code} ${amount}: ${description}`,
        ...derivation.map((step) => `    ${step}`),
        ...(line.taxedBy === undefined ? [] : [`    tax ${line.tax}: ${taxInWords(line.taxedBy)}`]),
      ]),
    ),
    ...section(
      'Effects',
      effects.map(({ key, state, attempts, changedAt, reason }) => {
        return `${key}: ${state} since ${changedAt}, ${attempts} attempts${reason === undefined ? '' : `: ${reason}`}`;
      }),
    ),
  ];
}

function messageLines(it: MessageExplanation): string[] {
  const facts = [
    ['from', it.sender === undefined || it.sender === it.partner ? it.partner : `${it.sender}, by ${it.partner}`],
    ['received', `${it.receivedAt} by ${it.channel}`],
    ['file', it.fileName ?? ''],
    ['kind', `${it.kind ?? 'not known yet'}, ${it.bytes} bytes`],
    ['sha-256', it.sha256],
    ['correlation', it.correlation],
  ];
  return [
    `Message ${it.message}: ${it.verdict}`,
    it.sentence,
    '',
    ...table(facts.filter(([, value]) => value !== '')),
    ...section(
      'Problems',
      it.problems.flatMap(({ kind, subject, detail, offset, mend }) => [
        `${kind} ${subject}${offset === undefined ? '' : ` at byte ${offset}`}: ${detail}`,
        `    ${mend}`,
      ]),
    ),
    ...section('Events', table(it.events.map(({ event, type, became }) => [`event ${event}`, type, became]))),
    ...(it.eventsInAll > it.events.length ? [`  … ${it.eventsInAll} in all`] : []),
    ...section('Answered by', it.acknowledgement?.split('\n').filter((line) => line !== '') ?? []),
    ...section('Exceptions', exceptionLines(it.exceptions)),
  ];
}
