// What a person can do about an exception beyond assigning and saying something: each kind has its own mends.
import { type ExceptionKind, termsOf } from '../model/exception.ts';
import type { ExceptionView } from '../store/read/exceptions.ts';

export const MENDS = ['link', 'mend', 'replay', 'send-again', 'approve', 'refuse', 'release', 'waive'] as const;
/**
 * `link`: say which shipment is meant. `mend`: take in the message corrected. `replay`: translate it again.
 * `send-again`: set its stopped deliveries going. `approve`, `refuse`: rule on an adjustment. `release`: let an
 * invoice go beyond the credit limit. `waive`: let it be.
 */
export type Mend = (typeof MENDS)[number];

const OWN: Partial<Record<ExceptionKind, readonly Mend[]>> = {
  'unmatched-reference': ['link'],
  'carrier-invoice-unmatched': ['link'],
  'unreadable-message': ['mend', 'replay'],
  'schema-violation': ['mend', 'replay'],
  'unknown-partner': ['replay', 'mend'],
  'partner-not-party': ['replay'],
  'adjustment-approval': ['approve', 'refuse'],
  'credit-hold': ['release'],
  'erp-rejected': ['send-again'],
  'demand-unanswered': ['send-again'],
  'demand-not-taken': ['send-again'],
};

/** Whoever may do it; none for what is closed. */
export function mendsOf({ kind, state, message }: Pick<ExceptionView, 'kind' | 'state' | 'message'>): Mend[] {
  if (state === 'closed') return [];
  const known = kind as ExceptionKind;
  const own = (OWN[known] ?? []).filter((mend) => message !== undefined || (mend !== 'mend' && mend !== 'replay'));
  return [...own, ...(termsOf(known).waivable ? (['waive'] as const) : [])];
}
