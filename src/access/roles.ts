// Who may do what: one table, role by class of route.
//
// Every route names its class; a test walks every route with every role. `partner` and `customer` keys are bound to one
// partner: what they may read is filtered to that partner's own, and they post as nobody else.

import type { Setup } from '../model/setup/index.ts';

export const ROLES = [
  'admin',
  'integration',
  'operations',
  'finance',
  'customer-service',
  'auditor',
  'partner',
  'customer',
] as const;
export type Role = (typeof ROLES)[number];

export const ROUTE_CLASSES = {
  'inbound:write': 'send messages and events',
  'messages:read': 'read messages and what became of them',
  'messages:bytes': 'read the bytes of messages, with the personal data in them',
  'shipments:read': 'read shipments',
  'orders:read': 'read orders and how far they are',
  'charges:read': 'read charges',
  'invoices:read': 'read invoices and credit notes',
  'carrier-invoices:read': "read carriers' invoices and what they were found to be",
  'disputes:read': 'read disputes with carriers and what came back',
  'disputes:write': 'move disputes on',
  'explain:read': 'ask why',
  'quotes:read': 'ask what a shipment would cost',
  'costs:read': 'read what carriers and customs cost us',
  'exceptions:read': 'read exceptions',
  'exceptions:approve': 'approve adjustments',
  'exceptions:work': 'assign, comment and waive exceptions',
  'exceptions:link': 'say which shipment a number means',
  'messages:mend': 'take in corrected messages',
  'charges:write': 'enter charges, credits and write-offs by hand',
  'receivables:write': 'apply payments to invoices, open and close customer disputes',
  'customer-disputes:write': 'object to invoices and their lines, and write to the other side about it',
  'tracking:write': 'share a shipment by a link that ends',
  'events:read': 'read the feed of events',
  'effects:read': 'read effects and their life',
  'connections:read': 'see outside systems and partners, and how they do',
  'connections:write': 'pause, resume and test outside systems',
  'replay:write': 'translate and send again',
  'demands:write': 'have a carrier or TMS asked again',
  'setup:read': 'read the rules and their versions',
  'setup:write': 'import rules',
  'outcome:read': 'read the outcome and the conservation of charges',
  'ledger:read': 'read the ledger, its periods and margins',
  'ledger:write': 'lock periods, approve late postings and export the journal',
  'metrics:read': 'read metrics',
  'keys:write': 'see, make and revoke keys',
  'users:write': 'see, add and disable people who sign in',
  'session:own': 'ask who one is, keep own views, and sign out',
  'audit:read': 'read and verify the audit trail',
  'reference:read': 'read this description of the API',
} as const;
export type RouteClass = keyof typeof ROUTE_CLASSES;

const STAFF_READS = [
  'messages:read',
  'shipments:read',
  'orders:read',
  'charges:read',
  'invoices:read',
  'carrier-invoices:read',
  'disputes:read',
  'explain:read',
  'quotes:read',
  'costs:read',
  'exceptions:read',
  'events:read',
  'effects:read',
  'connections:read',
  'setup:read',
  'outcome:read',
  'ledger:read',
  'reference:read',
] as const satisfies readonly RouteClass[];

const GRANTS: Readonly<Record<Role, readonly RouteClass[]>> = {
  admin: Object.keys(ROUTE_CLASSES) as RouteClass[],
  integration: [
    ...STAFF_READS,
    'messages:bytes',
    'inbound:write',
    'replay:write',
    'connections:write',
    'demands:write',
    'messages:mend',
    'exceptions:work',
    'exceptions:link',
    'setup:write',
    'metrics:read',
  ],
  operations: [
    ...STAFF_READS,
    'messages:bytes',
    'inbound:write',
    'connections:write',
    'demands:write',
    'charges:write',
    'tracking:write',
    'exceptions:work',
    'exceptions:link',
    'metrics:read',
  ],
  finance: [
    ...STAFF_READS,
    'disputes:write',
    'exceptions:approve',
    'exceptions:work',
    'charges:write',
    'receivables:write',
    'customer-disputes:write',
    'setup:write',
    'ledger:write',
  ],
  'customer-service': [
    'shipments:read',
    'orders:read',
    'charges:read',
    'charges:write',
    'invoices:read',
    'carrier-invoices:read',
    'explain:read',
    'quotes:read',
    'exceptions:read',
    'customer-disputes:write',
    'tracking:write',
    'exceptions:work',
    'reference:read',
  ],
  auditor: [...STAFF_READS, 'metrics:read', 'audit:read'],
  partner: [
    'inbound:write',
    'messages:read',
    'messages:bytes',
    'shipments:read',
    'carrier-invoices:read',
    'reference:read',
  ],
  customer: [
    'inbound:write',
    'messages:read',
    'messages:bytes',
    'shipments:read',
    'orders:read',
    'charges:read',
    'invoices:read',
    'explain:read',
    'quotes:read',
    'customer-disputes:write',
    'tracking:write',
    'reference:read',
  ],
};

/** What everybody may who is known at all. */
const EVERYBODY = ['session:own'] as const satisfies readonly RouteClass[];

const MAY: ReadonlyMap<Role, ReadonlySet<RouteClass>> = new Map(
  ROLES.map((role) => [role, new Set<RouteClass>([...GRANTS[role], ...EVERYBODY])]),
);

export function may(role: Role, routeClass: RouteClass): boolean {
  return MAY.get(role)?.has(routeClass) ?? false;
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Bound to one partner: its own and nothing else. */
export function isBound(role: Role): boolean {
  return role === 'partner' || role === 'customer';
}

/** Setup files by the role that answers for them; `admin` may import all. */
const SETUP_OWNERS: Readonly<Record<keyof Setup, Role>> = {
  partners: 'integration',
  agreements: 'finance',
  policies: 'finance',
  fuel: 'finance',
  taxes: 'finance',
  audit: 'finance',
  jobs: 'finance',
  ledger: 'finance',
  entities: 'finance',
  exchange: 'finance',
};

export function mayImport(role: Role, setupFile: keyof Setup): boolean {
  return role === 'admin' || SETUP_OWNERS[setupFile] === role;
}
