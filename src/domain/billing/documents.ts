// Which documents a shipment needs now: its first invoice, and after that adjustments.
//
// An invoice is decided from what is known at readiness. What comes later becomes a document of its own: the increases
// together a supplementary invoice, the reductions together a credit note. Above the customer's limit they wait for an
// approver, and follow the facts until then (contract section 2).

import type { RatedCharge } from '../../model/decision.ts';
import type { BillingDocument, DocumentKind, DocumentLine, KnownDocument } from '../../model/document.ts';
import { type Currency, parseMinor } from '../../model/money.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Instant } from '../../model/time.ts';
import type { CurrencyBalance } from './balance.ts';
import type { ShipmentInWords } from './description.ts';
import { describeCharge } from './description.ts';

export type BillingContext = {
  readonly shipment: ShipmentInWords;
  readonly customer: string;
  readonly legalEntity?: string;
  readonly policy: BillingPolicy;
  readonly charges: readonly RatedCharge[];
  readonly known: readonly KnownDocument[];
  readonly approve: boolean;
  readonly now: Instant;
};

export type Wanted = {
  readonly decided: readonly BillingDocument[];
  readonly awaitingApproval: readonly BillingDocument[];
};

/** `balances` of the shipment's currencies; call only for one that is due and not held. */
export function wantedDocuments(balances: readonly CurrencyBalance[], context: BillingContext): Wanted {
  const numbers = numbering(context.shipment.id, context.known);
  const decided: BillingDocument[] = [];
  const awaitingApproval: BillingDocument[] = [];
  for (const balance of balances) {
    for (const draft of draftsOf(balance, context)) {
      const isFree = draft.kind === 'invoice' || context.approve || isWithinLimit(draft, context.policy);
      if (isFree) decided.push({ ...draft, number: numbers() });
      else awaitingApproval.push({ ...draft, number: '' });
    }
  }
  return { decided, awaitingApproval };
}

type Draft = Omit<BillingDocument, 'number'>;

function draftsOf(balance: CurrencyBalance, context: BillingContext): Draft[] {
  const differences = balance.codes.map(({ code, chargedMinor, documentedMinor }) => ({
    code,
    differenceMinor: chargedMinor - documentedMinor,
  }));
  const increases = differences.filter(({ differenceMinor }) => differenceMinor > 0n);
  const reductions = differences
    .filter(({ differenceMinor }) => differenceMinor < 0n)
    .map(({ code, differenceMinor }) => ({ code, differenceMinor: -differenceMinor }));
  const first = balance.documents.length === 0;
  const drafts: Draft[] = [];
  if (increases.length > 0) {
    drafts.push(draft(first ? 'invoice' : 'supplementary', increases, balance.currency, context));
  }
  if (reductions.length > 0) {
    const corrects = balance.documents.find(({ kind }) => kind === 'invoice')?.number;
    drafts.push({ ...draft('credit-note', reductions, balance.currency, context), corrects });
  }
  return drafts;
}

function draft(
  kind: DocumentKind,
  differences: readonly { code: string; differenceMinor: bigint }[],
  currency: Currency,
  context: BillingContext,
): Draft {
  const { shipment, customer, legalEntity, policy, charges, now } = context;
  const lines: DocumentLine[] = differences.map(({ code, differenceMinor }) => ({
    shipment: shipment.id,
    code,
    amountMinor: differenceMinor,
    description: describeCharge(code, shipment),
    derivation: charges.find((charge) => charge.code === code && charge.currency === currency)?.derivation() ?? [
      'no longer charged',
    ],
  }));
  return {
    kind,
    customer,
    legalEntity,
    currency,
    shipments: [shipment.id],
    lines,
    paymentTermsDays: policy.paymentTermsDays,
    decidedAt: now,
  };
}

/** Absolute, before tax, of each adjustment; no limit given: zero. */
function isWithinLimit({ lines, currency }: Draft, policy: BillingPolicy): boolean {
  const limitMinor = parseMinor(policy.adjustments?.autoApproveUpTo ?? '0', currency) ?? 0n;
  return totalOf(lines) <= limitMinor;
}

export function totalOf(lines: readonly Pick<DocumentLine, 'amountMinor'>[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

// Ours: the first shipment, then a count from 1 over the documents whose first shipment it is.
function numbering(shipment: string, known: readonly KnownDocument[]): () => string {
  const counts = known
    .filter(({ number }) => number.startsWith(`${shipment}-`))
    .map(({ number }) => number.slice(shipment.length + 1))
    .filter((count) => /^\d+$/.test(count))
    .map(Number);
  let last = Math.max(0, ...counts);
  return () => {
    last += 1;
    return `${shipment}-${last}`;
  };
}
