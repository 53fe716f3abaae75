// What follows from a packet's basis: facts in words, clauses, arithmetic, verdicts. Pure, by the same `decide` as the hub.
//
// The hub makes the finding with it, and `lading verify` makes it again: what differs was changed.

import { type Amounts, amountKey, auditCredit, isCredit } from '../../domain/audit/credit.ts';
import {
  auditInvoice,
  type BilledInvoice,
  billingKey,
  type Expectation,
  type Verdict,
} from '../../domain/audit/verdict.ts';
import { decide } from '../../domain/decide.ts';
import type { ShipmentInput } from '../../model/decision.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import { explainShipment } from '../explain/shipment.ts';
import type { ShipmentExplanation } from '../explanation/shipment.ts';
import { clausesOf } from './clauses.ts';
import { addsUp, linesAnew } from './document-lines.ts';
import type {
  Basis,
  CarrierInvoiceInPacket,
  DocumentInPacket,
  Finding,
  LineFinding,
  ShipmentFinding,
  ShipmentInPacket,
  StopInPacket,
} from './packet.ts';
import { ruleBookOf } from './rules-in-packet.ts';

type ExplainedStop = ShipmentExplanation['stops'][number];

export function findingOf(basis: Basis): Finding {
  const rules = ruleBookOf(basis.rules);
  const shipments = basis.shipments.map((shipment) => shipmentFinding(shipment, basis, rules));
  const documents = basis.documents.map((document) => ({
    number: document.number,
    sums: addsUp(document) ? ('add up' as const) : ('differ' as const),
    lines: linesOf(document, basis, rules),
  }));
  return {
    shipments,
    clauses: clausesOf(basis, shipments, documents),
    documents,
    audit: basis.carrierInvoices.map((invoice) => auditOf(invoice, basis, rules)),
  };
}

function inputOf({ shipment, facts, orders, standing }: ShipmentInPacket, { documents }: Basis): ShipmentInput {
  return {
    shipment,
    facts,
    orders,
    standing,
    documents: documents.map(({ number, kind, customer, legalEntity, currency, state, lines }) => ({
      number,
      kind,
      customer,
      legalEntity,
      currency,
      inErp: state === 'posted',
      lines: lines.map((line) => ({ ...line, amountMinor: parseMinor(line.amount, currency) ?? 0n })),
    })),
  };
}

function shipmentFinding(known: ShipmentInPacket, basis: Basis, rules: RuleBook): ShipmentFinding {
  const explained = explainShipment({
    input: inputOf(known, basis),
    rules,
    now: basis.at,
    messageOf: new Map(Object.entries(known.messageOf).map(([event, message]) => [event, { message }])),
    invoices: [],
    exceptions: [],
  });
  const { shipment, customer, carrier, status, pickedUpAt, deliveredAt, ratingDate, plan } = explained;
  const { references, stops, milestones, documents, reports } = explained;
  const asked = basis.charge;
  const charges = explained.charges
    .filter(({ side }) => side === basis.side)
    .filter(({ code }) => asked === undefined || code.toUpperCase() === asked.code);
  return {
    ...{ shipment, customer, carrier, status, pickedUpAt, deliveredAt, ratingDate, plan },
    ...{ references, milestones, reports, charges },
    stops: stops.map(stopInPacket),
    documents: documents.map(({ url: _, isKept: __, ...document }) => document),
  };
}

function stopInPacket({ sequence, kind, place, timezone, appointment }: ExplainedStop): StopInPacket {
  const { to: _, ...planned } = appointment ?? {};
  return {
    ...{ sequence, kind, place },
    ...(timezone === undefined ? {} : { timezone }),
    ...(appointment === undefined ? {} : { appointment: { ...planned, from: appointment.from } }),
  };
}

function linesOf(document: DocumentInPacket, basis: Basis, rules: RuleBook): LineFinding[] {
  const shipments = [...new Set(document.lines.map(({ shipment }) => shipment))];
  return shipments.flatMap((id) => {
    const shipment = basis.shipments.find((each) => each.shipment === id);
    if (shipment !== undefined) return linesAnew(basis, rules, document, shipment, document.known[id]);
    const because = 'its facts are not in this packet';
    return document.lines
      .filter((line) => line.shipment === id)
      .map(({ code, order, line }) => ({ shipment: id, code, order, line, standing: 'unknown' as const, because }));
  });
}

function auditOf(invoice: CarrierInvoiceInPacket, basis: Basis, rules: RuleBook): Finding['audit'][number] {
  const { id, carrier, currency } = invoice;
  const lines = invoice.lines.map(({ shipment, code, amount }) => ({
    ...(shipment === undefined ? {} : { shipment }),
    code,
    amountMinor: parseMinor(amount, currency) ?? 0n,
  }));
  const billed = { carrier, invoice: invoice.invoice, currency, lines };
  const verdict = isCredit(lines) ? creditVerdict(invoice, billed) : billVerdict(invoice, billed, { basis, rules });
  const compared = 'compared' in verdict ? verdict.compared : [];
  const embedded = new Set(basis.shipments.map(({ shipment }) => shipment));
  const isWhole = invoice.lines.every(({ shipment }) => shipment === undefined || embedded.has(shipment));
  return {
    id,
    verdict: verdict.verdict,
    standing: standingOf(invoice, verdict.verdict, isWhole),
    compared: compared.map(({ shipment, code, billedMinor, expectedMinor, isWithinTolerance }) => ({
      shipment,
      code,
      billed: formatMinor(billedMinor, currency),
      expected: formatMinor(expectedMinor, currency),
      withinTolerance: isWithinTolerance,
    })),
  };
}

function billVerdict(
  { isRepeated, billedBefore }: CarrierInvoiceInPacket,
  invoice: BilledInvoice,
  { basis, rules }: { readonly basis: Basis; readonly rules: RuleBook },
): Verdict {
  return auditInvoice({
    invoice,
    expectations: new Map(basis.shipments.map((known) => [known.shipment, expectationOf(known, basis, rules)])),
    tolerance: rules.audit.get(invoice.carrier),
    isRepeated,
    billedBefore: new Set(billedBefore.map(({ shipment, code }) => billingKey(shipment, code))),
  });
}

function expectationOf(known: ShipmentInPacket, basis: Basis, rules: RuleBook): Expectation {
  const decision = decide({ ...inputOf(known, basis), documents: [] }, rules, basis.at);
  return {
    ...(decision?.carrier === undefined ? {} : { carrier: decision.carrier }),
    charges: decision?.rated.filter(({ side }) => side === 'buy') ?? [],
    ...(known.disbursements === undefined ? {} : { disbursements: new Set(known.disbursements) }),
  };
}

function creditVerdict(credit: CarrierInvoiceInPacket, invoice: BilledInvoice): Verdict {
  const { id, isRepeated, currency, creditedAgainst = [] } = credit;
  const amountsOf = (ofCredits: boolean): Amounts => {
    const amounts = new Map<string, Map<bigint, bigint>>();
    for (const { id: other, shipment, code, amount, isCreditNote } of creditedAgainst) {
      if (isCreditNote !== ofCredits) continue;
      const key = amountKey(shipment, code, currency);
      const minor = parseMinor(amount, currency) ?? 0n;
      amounts.set(key, (amounts.get(key) ?? new Map()).set(BigInt(other), ofCredits ? -minor : minor));
    }
    return amounts;
  };
  const [billed, credited] = [amountsOf(false), amountsOf(true)];
  return auditCredit({ invoice: { ...invoice, id: BigInt(id) }, isRepeated, billed, credited });
}

function standingOf(invoice: CarrierInvoiceInPacket, verdict: string, isWhole: boolean): LineFinding['standing'] {
  if (!isWhole || invoice.verdict === undefined) return 'unknown';
  return invoice.verdict === verdict ? 'follows' : 'differs';
}
