// Where each role begins.
import type { Session } from './use-session.ts';

const LANDINGS: Readonly<Record<Session['role'], string>> = {
  admin: '/overview',
  integration: '/connections',
  operations: '/exceptions',
  finance: '/billing',
  'customer-service': '/shipments',
  auditor: '/overview',
  partner: '/messages',
  customer: '/portal',
};

export function landingOf(role: Session['role']): string {
  return LANDINGS[role];
}
