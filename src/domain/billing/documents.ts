// Which documents a shipment needs now: its first invoice in each currency, and after that adjustments.
//
// An invoice is decided from what is known at readiness. What comes later becomes a document of its own: the increases
// together a supplementary invoice, the reductions together a credit note. Above the customer's limit they wait for an
// approver, and follow the facts until then (contract section 2). A first invoice that is common with other shipments, or falls
// under a credit limit, is only a candidate here: the account decides (settle.ts).

import type { Candidate, Standing } from '../../model/decision.ts';
import {
  type BillingDocument,
  type DocumentKind,
  type DocumentLine,
  type DocumentStage,
  type KnownDocument,
  subtotalOf,
} from '../../model/document.ts';
import { type Currency, limitMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Instant } from '../../model/time.ts';
import { type ChargeBalance, type CurrencyBalance, outstandingOf } from './balance.ts';
import { type LineContext, linesFor, takenBackFrom } from './lines.ts';

/** By hand, within the author's limit; minor units, above zero. */
export type Authorised = {
  readonly direction: 'increase' | 'reduction';
  readonly currency: Currency;
  readonly amountMinor: bigint;
};

export type BillingContext = LineContext & {
  readonly legalEntity: string | undefined;
  readonly policy: BillingPolicy;
  /** Of every customer: one who had the shipment before is credited by its own. */
  readonly policies: RuleBook['policies'];
  readonly stage: DocumentStage | undefined;
  readonly awaitsFinal: boolean;
  /** Its trigger is reached now; what is billed already is adjusted all the same. */
  readonly isDue: boolean;
  readonly known: readonly KnownDocument[];
  readonly standing: Standing;
  readonly approve: boolean;
  readonly authorised: Authorised | undefined;
  readonly now: Instant;
};

export type Wanted = {
  readonly decided: readonly BillingDocument[];
  readonly awaitingApproval: readonly BillingDocument[];
  readonly candidates: readonly Candidate[];
  /** Differences that wait for the final stage. */
  readonly awaitingFinal: readonly BillingDocument[];
};

/** `balances` of the shipment's currencies; call only for one that is due, or billed already, and not held. */
export function wantedDocuments(balances: readonly CurrencyBalance[], context: BillingContext): Wanted {
  const nextNumber = numbering(context.known);
  const decided: BillingDocument[] = [];
  const awaitingApproval: BillingDocument[] = [];
  const candidates: Candidate[] = [];
  const awaitingFinal: BillingDocument[] = [];
  for (const balance of balances) {
    for (const draft of draftsOf(balance, context)) {
      if (draft.kind === 'invoice' && !context.isDue) continue;
      if (draft.kind === 'invoice' && needsAccount(context.policy)) candidates.push(candidateFrom(draft, context));
      else if (draft.kind !== 'invoice' && context.awaitsFinal) awaitingFinal.push({ ...draft, number: '' });
      else if (isFree(draft, context, balance)) decided.push({ ...draft, number: nextNumber(context.shipment.id) });
      else awaitingApproval.push({ ...draft, number: '' });
    }
  }
  return { decided, awaitingApproval, candidates, awaitingFinal };
}

type Draft = Omit<BillingDocument, 'number'>;

function needsAccount({ consolidation = 'shipment', creditLimit }: BillingPolicy): boolean {
  return consolidation !== 'shipment' || creditLimit !== undefined;
}

function candidateFrom(
  { currency, legalEntity, lines }: Draft,
  { shipment, standing, now }: BillingContext,
): Candidate {
  return { shipment: shipment.id, currency, legalEntity, readySince: standing.readySince?.[currency] ?? now, lines };
}

function draftsOf(balance: CurrencyBalance, context: BillingContext): Draft[] {
  const increases = balance.charges.filter((charge) => outstandingOf(charge) > 0n);
  const reductions = balance.charges.filter((charge) => outstandingOf(charge) < 0n);
  const first = balance.documents.length === 0;
  const drafts: Draft[] = [];
  const linesOf = (charges: readonly ChargeBalance[]) =>
    charges.flatMap((charge) => linesFor(charge, balance.currency, context));
  if (increases.length > 0)
    drafts.push(draft(first ? 'invoice' : 'supplementary', linesOf(increases), balance, context));
  // Of the same legal entity as what they take back from, whatever became of the shipment since: mostly one.
  for (const [legalEntity, originals] of Map.groupBy(originalsOf(balance, reductions), (each) => each.legalEntity)) {
    const lines = reductions.flatMap((charge) => linesFor(charge, balance.currency, context, legalEntity));
    const corrects = originals[0]?.number;
    drafts.push({ ...draft('credit-note', lines, balance, context), legalEntity, corrects });
  }
  return drafts;
}

/** The documents that the reductions take back from, the oldest first. */
function originalsOf({ documents }: CurrencyBalance, reductions: readonly ChargeBalance[]): KnownDocument[] {
  const originals = new Set(reductions.flatMap(takenBackFrom));
  return documents.filter((document) => originals.has(document));
}

function draft(
  kind: DocumentKind,
  lines: readonly DocumentLine[],
  { currency, customer }: CurrencyBalance,
  context: BillingContext,
): Draft {
  const { shipment, legalEntity, policy, stage, now } = context;
  return {
    kind,
    ...(stage === undefined ? {} : { stage }),
    customer,
    legalEntity,
    currency,
    shipments: [shipment.id],
    lines,
    paymentTermsDays: policy.paymentTermsDays,
    decidedAt: now,
  };
}

/** An adjustment up to the limit, absolute and before tax, needs no approver; no limit given: zero. */
function isFree(
  { kind, customer, lines, currency }: Draft,
  { approve, authorised, policies }: BillingContext,
  { documents }: CurrencyBalance,
): boolean {
  if (kind === 'invoice' || approve) return true;
  // What a person cancelled or credited in the ERP is not undone unless a person says so.
  if (documents.some(({ isCancelled, isByHand }) => isCancelled || isByHand)) return false;
  const direction = kind === 'credit-note' ? 'reduction' : 'increase';
  const isMeant = authorised?.direction === direction && authorised.currency === currency;
  const rest = subtotalOf(lines) - (isMeant ? authorised.amountMinor : 0n);
  return rest <= limitMinor(policies.get(customer)?.content.adjustments?.autoApproveUpTo ?? '0', currency);
}

/** Ours: the first shipment, then a count from 1 over the documents whose first shipment it is. */
export function numbering(known: readonly Pick<KnownDocument, 'number'>[]): (firstShipment: string) => string {
  const last = new Map<string, number>();
  for (const { number } of known) {
    const [, shipment = '', count = '0'] = /^(.*)-(\d+)$/.exec(number) ?? [];
    last.set(shipment, Math.max(last.get(shipment) ?? 0, Number(count)));
  }
  return (firstShipment) => {
    const count = (last.get(firstShipment) ?? 0) + 1;
    last.set(firstShipment, count);
    return `${firstShipment}-${count}`;
  };
}
