// Problems with an owner: the kinds of the contract, who works on each, and how soon.

import { HOUR_MS, type Instant } from './time.ts';

export type OwnerRole = 'operations' | 'finance' | 'customer-service' | 'integration';

type ExceptionTerms = {
  readonly owner: OwnerRole;
  /** Hours from opening until it is due. */
  readonly dueHours: number;
  /** A shipment with one of these open is not billed. */
  readonly holds?: true;
  /** Nothing else may ever close it, so its owner may, with a reason. Never one that holds a bill or keeps the books right. */
  readonly waivable?: true;
};

export const EXCEPTION_KINDS = {
  'unreadable-message': { owner: 'integration', dueHours: 4, waivable: true },
  'unknown-partner': { owner: 'integration', dueHours: 4, waivable: true },
  'partner-not-party': { owner: 'integration', dueHours: 24, waivable: true },
  'schema-violation': { owner: 'integration', dueHours: 4, waivable: true },
  'unmatched-reference': { owner: 'operations', dueHours: 24, waivable: true },
  'no-agreement': { owner: 'finance', dueHours: 24, holds: true },
  'no-lane': { owner: 'finance', dueHours: 24, holds: true },
  'fuel-index-missing': { owner: 'finance', dueHours: 24, holds: true },
  'quantity-missing': { owner: 'operations', dueHours: 24, holds: true },
  'pod-missing': { owner: 'operations', dueHours: 24 },
  'accessorial-not-in-agreement': { owner: 'finance', dueHours: 24, holds: true },
  'tax-undetermined': { owner: 'finance', dueHours: 24, holds: true },
  'credit-hold': { owner: 'finance', dueHours: 48, holds: true },
  'adjustment-approval': { owner: 'finance', dueHours: 48 },
  'carrier-invoice-mismatch': { owner: 'finance', dueHours: 120 },
  'carrier-invoice-duplicate': { owner: 'finance', dueHours: 120, waivable: true },
  'carrier-invoice-unmatched': { owner: 'finance', dueHours: 120, waivable: true },
  'erp-rejected': { owner: 'finance', dueHours: 24 },
  'key-ending': { owner: 'integration', dueHours: 24 },
  'partner-silent': { owner: 'integration', dueHours: 4 },
  'erp-document-changed': { owner: 'finance', dueHours: 48 },
  'erp-difference': { owner: 'finance', dueHours: 24 },
  'delivery-failed': { owner: 'customer-service', dueHours: 8, waivable: true },
  'shipment-delayed': { owner: 'customer-service', dueHours: 8, waivable: true },
  'shipment-damaged': { owner: 'customer-service', dueHours: 24, waivable: true },
  'payment-unmatched': { owner: 'finance', dueHours: 48 },
  'invoice-overdue': { owner: 'finance', dueHours: 48 },
  'quantity-exceeds-order': { owner: 'finance', dueHours: 24, holds: true },
  'export-proof-missing': { owner: 'operations', dueHours: 24 },
  'exchange-rate-missing': { owner: 'finance', dueHours: 24 },
  'late-posting': { owner: 'finance', dueHours: 48 },
  'ledger-dimension-missing': { owner: 'finance', dueHours: 24 },
  'order-unknown': { owner: 'operations', dueHours: 24, holds: true },
  'order-changed-in-transit': { owner: 'operations', dueHours: 4, waivable: true },
  'demand-unanswered': { owner: 'operations', dueHours: 4, waivable: true },
  'demand-not-taken': { owner: 'operations', dueHours: 4, waivable: true },
} as const satisfies Record<string, ExceptionTerms>;

export type ExceptionKind = keyof typeof EXCEPTION_KINDS;

export function termsOf(kind: ExceptionKind): ExceptionTerms {
  return EXCEPTION_KINDS[kind];
}

export function dueAt(kind: ExceptionKind, openedAt: Instant): Instant {
  return openedAt + EXCEPTION_KINDS[kind].dueHours * HOUR_MS;
}

/** A problem that is there now. Opening and closing times belong to the store, which sees it come and go. */
export type OpenException = {
  readonly kind: ExceptionKind;
  readonly subject: string;
  /** One sentence: what is wrong, and what mends it. */
  readonly detail: string;
};
