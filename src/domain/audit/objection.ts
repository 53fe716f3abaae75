// What is said of a carrier's invoice that is not simply approved: one exception with what is wrong and what mends it.
import type { ComparedLine } from '../../model/carrier-invoice.ts';
import type { OpenException } from '../../model/exception.ts';
import { formatMinor } from '../../model/money.ts';
import { unreachable } from '../../model/unreachable.ts';
import { isCredit } from './credit.ts';
import type { Audited } from './in-order.ts';
import type { BilledInvoice } from './verdict.ts';

/** So many are named; the rest is counted. */
const NAMED = 8;

export const OBJECTIONS = {
  disputed: 'carrier-invoice-mismatch',
  duplicate: 'carrier-invoice-duplicate',
  unmatched: 'carrier-invoice-unmatched',
} as const;

export type ObjectedInvoice = BilledInvoice & {
  /** What its lines without a shipment name, as "bol 4711". */
  readonly unknown: readonly string[];
  readonly isRepeated: boolean;
  /** It was approved before, and is a bill in the ERP or on its way there. */
  readonly hasBill: boolean;
};

/** `undefined` for an approved one. */
export function objectionTo(invoice: ObjectedInvoice, audited: Audited): OpenException | undefined {
  const { verdict } = audited;
  if (verdict.verdict === 'approved') return undefined;
  const subject = subjectOf(invoice);
  const stays = invoice.hasBill
    ? ' It was approved before and became a bill in the ERP, which stays: settle it there.'
    : '';
  return { kind: OBJECTIONS[verdict.verdict], subject, detail: `${wrongWith(invoice, audited)}${stays}` };
}

export function subjectOf({ carrier, invoice }: Pick<BilledInvoice, 'carrier' | 'invoice'>): string {
  return `${carrier}/${invoice}`;
}

export function isOutOfTolerance({ isWithinTolerance }: ComparedLine): boolean {
  return !isWithinTolerance;
}

function wrongWith(invoice: ObjectedInvoice, { verdict, billedBefore }: Audited): string {
  switch (verdict.verdict) {
    case 'approved':
      return '';
    case 'disputed': {
      const amount = (minor: bigint) => formatMinor(minor, invoice.currency);
      const differences = verdict.compared
        .filter(isOutOfTolerance)
        .map(({ shipment, code, billedMinor, expectedMinor }) => {
          return `${shipment} ${code} billed ${amount(billedMinor)}, expected ${amount(expectedMinor)}`;
        });
      if (isCredit(invoice.lines)) {
        const much = `${listed(differences)} (${invoice.currency})`;
        return `It credits more than was billed: ${much}. Nothing is booked; ask the carrier what it is for.`;
      }
      return `${listed(differences)} (${invoice.currency}). Dispute it with the carrier, or correct the agreement.`;
    }
    case 'duplicate': {
      if (invoice.isRepeated) return 'An invoice of this number came before. It is not paid again.';
      if (isCredit(invoice.lines)) return 'An earlier credit note gave back just this. It is not booked again.';
      const keys = [...billedBefore].map((key) => key.replace('\u0000', ' '));
      return `Billed before by another invoice: ${listed(keys)}. It is not paid again.`;
    }
    case 'unmatched':
      return `No shipment is known under ${listed(invoice.unknown)}. It is tried again when one is; or correct the reference.`;
    default:
      return unreachable(verdict);
  }
}

function listed(texts: readonly string[]): string {
  const named = texts.slice(0, NAMED).join('; ');
  return texts.length <= NAMED ? named : `${named}; and ${texts.length - NAMED} more`;
}
