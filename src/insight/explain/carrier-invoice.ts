// Why a carrier's invoice was found to be what it is: each amount billed beside the one expected, and how that came about.

import { OBJECTIONS } from '../../domain/audit/objection.ts';
import type { CarrierVerdict } from '../../model/carrier-invoice.ts';
import type { RatedCharge } from '../../model/decision.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { AuditTolerance } from '../../model/setup/tables.ts';
import type { DisputeView } from '../../store/read/carrier-disputes.ts';
import type { CarrierInvoiceDetail, ComparedView } from '../../store/read/carrier-invoices.ts';
import type { CarrierInvoiceExplanation, ExplainedEffect } from '../explanation/document.ts';
import type { ExplainedException } from '../explanation/exception.ts';

export type CarrierInvoiceQuestion = {
  /** All of one carrier and number, in order of arrival; at least one. */
  readonly invoices: readonly CarrierInvoiceDetail[];
  /** What each shipment expects to pay now; those asked for. */
  readonly expected: ReadonlyMap<string, readonly RatedCharge[]>;
  readonly tolerance: AuditTolerance | undefined;
  readonly exceptions: readonly ExplainedException[];
  /** By bill. */
  readonly effects: ReadonlyMap<string, readonly ExplainedEffect[]>;
  /** By invoice id. */
  readonly disputes?: ReadonlyMap<string, DisputeView>;
};

type Explained = CarrierInvoiceExplanation['invoices'][number];

export function explainCarrierInvoices(question: CarrierInvoiceQuestion): CarrierInvoiceExplanation {
  const [first] = question.invoices;
  if (first === undefined) throw new Error('no carrier invoice to explain');
  return {
    about: 'carrier-invoice',
    carrier: first.carrier,
    invoice: first.invoice,
    tolerance: toleranceWords(question.tolerance),
    invoices: question.invoices.map((invoice) => explained(invoice, question)),
    exceptions: [...question.exceptions],
  };
}

function explained(
  invoice: CarrierInvoiceDetail,
  { expected, exceptions, effects, disputes }: CarrierInvoiceQuestion,
): Explained {
  const { id, message, currency, issuedOn, arrivedAt, billed, bill, billPostedAt, erpNumber, landedCost } = invoice;
  const dispute = disputes?.get(id);
  return {
    id,
    message,
    currency,
    issuedOn,
    arrivedAt,
    verdict: invoice.verdict,
    because: becauseOf(invoice, exceptions),
    billed,
    expected: invoice.expected,
    compared: invoice.compared.map((line) => ({
      ...line,
      difference: differenceIn(line, currency),
      derivation: derivationOf(line, expected.get(line.shipment)),
    })),
    lines: invoice.lines.map((line) => ({ ...line, names: [...line.names] })),
    bill,
    billPostedAt,
    erpNumber,
    ...(dispute === undefined ? {} : { dispute: disputeIn(dispute) }),
    ...(landedCost === undefined ? {} : { landedCost: { ...landedCost } }),
    effects: [...(effects.get(bill ?? '') ?? [])],
  };
}

function disputeIn({ state, disputed, recovered, steps }: DisputeView): Explained['dispute'] {
  return { state, disputed, recovered, steps: steps.map((step) => ({ ...step })) };
}

function differenceIn({ billed, expected }: ComparedView, currency: string): string {
  return formatMinor((parseMinor(billed, currency) ?? 0n) - (parseMinor(expected, currency) ?? 0n), currency);
}

function derivationOf({ code }: ComparedView, charges: readonly RatedCharge[] | undefined): string[] {
  if (charges === undefined) return [];
  const own = charges.filter((charge) => charge.code === code);
  if (own.length === 0) return [`nothing is expected under ${code}`];
  return own.flatMap(({ agreement, lane, derivation }) => [
    ...(agreement === undefined
      ? []
      : [`agreement ${agreement.id} version ${agreement.version}${lane === undefined ? '' : `, lane ${lane}`}`]),
    ...derivation(),
  ]);
}

function becauseOf({ verdict, compared }: CarrierInvoiceDetail, exceptions: readonly ExplainedException[]): string {
  if (verdict === undefined) return 'It has not been looked at yet.';
  if (verdict === 'approved') {
    if (compared.length > 0 && compared.every(({ billed }) => billed.startsWith('-'))) {
      return 'It gives back no more than this carrier billed.';
    }
    return compared.length === 0 ? 'It bills nothing.' : 'Every amount it bills is within tolerance.';
  }
  const kind = OBJECTIONS[verdict as Exclude<CarrierVerdict, 'approved'>];
  return exceptions.findLast((exception) => exception.kind === kind)?.detail ?? '';
}

function toleranceWords(tolerance: AuditTolerance | undefined): string {
  const { tolerancePercent, toleranceAmount } = tolerance ?? {};
  const parts = [
    ...(tolerancePercent === undefined ? [] : [`${tolerancePercent} % of what is expected`]),
    ...(toleranceAmount === undefined ? [] : [toleranceAmount]),
  ];
  if (parts.length === 0) return 'none: to the cent';
  return `${parts.join(' or ')}${parts.length > 1 ? ', the greater' : ''}, either way`;
}
