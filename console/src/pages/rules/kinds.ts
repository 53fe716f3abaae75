// The kinds of rules in words.
import type { components } from '../../api/types.ts';

export type Rule = components['schemas']['Rule'];
export type RuleKind = Rule['kind'];

export const KIND_NAMES: Readonly<Record<RuleKind, string>> = {
  agreement: 'Rate agreement',
  policy: 'Billing policy',
  partner: 'Partner profile',
  tax: 'Tax rate',
  audit: 'Audit tolerance',
  entity: 'Legal entity',
  exchange: 'Exchange rate',
  ledger: 'Ledger mapping',
  job: 'Scheduled job',
};

export const KINDS = Object.keys(KIND_NAMES) as RuleKind[];

export function addressOfRule(kind: string, id: string): string {
  return `/rules/${kind}/${encodeURIComponent(id)}`;
}
