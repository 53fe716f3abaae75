// A whole hub for tests: a database of its own, a small network, the API, and a key for every role.

import { createTestDatabase } from '../../../test/database.ts';
import { addKey } from '../../access/keyring.ts';
import { isBound, ROLES, type Role } from '../../access/roles.ts';
import type { Setup } from '../../model/setup/index.ts';
import { createContext, type PipelineContext } from '../../pipeline/context.ts';
import { receive } from '../../pipeline/intake.ts';
import { scheduleOnce } from '../../pipeline/schedule.ts';
import { importSetup } from '../../pipeline/setup.ts';
import { workOnce } from '../../pipeline/work.ts';
import { openStore } from '../../store/database.ts';
import type { ApiApp } from '../app.ts';
import { apiHubOf } from '../hub.ts';
import { openServer, type ServerOptions } from '../server.ts';

export const SAMPLE_SETUP: Setup = {
  partners: [
    { id: 'acme', name: 'Acme Tools', roles: ['customer'] },
    { id: 'bolt', name: 'Bolt & Nut', roles: ['customer'] },
    { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier'], timezone: 'America/Chicago' },
    { id: 'swift', name: 'Swift Haul', roles: ['carrier'] },
    { id: 'tms', name: 'Dispatch TMS', roles: ['tms'] },
  ],
  agreements: [
    {
      id: 'acme-2026',
      side: 'sell',
      party: 'acme',
      currency: 'USD',
      validFrom: '2026-01-01',
      lanes: [
        {
          id: 'ftl-il-ga',
          mode: 'FTL',
          origin: { country: 'US', region: ['IL'] },
          destination: { country: 'US', region: ['GA'] },
          linehaul: { basis: 'per-mile', rate: '2.35', minimum: '450.00' },
        },
      ],
      accessorials: [{ code: 'LFT', trigger: 'reported', rate: '95.00' }],
    },
    {
      id: 'rdwy-2026',
      side: 'buy',
      party: 'rdwy',
      currency: 'USD',
      validFrom: '2026-01-01',
      lanes: [
        {
          id: 'all',
          mode: 'FTL',
          origin: { country: 'US' },
          destination: { country: 'US' },
          linehaul: { basis: 'flat', rate: '1200.00' },
        },
      ],
    },
  ],
  policies: [{ customer: 'acme', trigger: 'pod', adjustments: { autoApproveUpTo: '50.00' } }],
};

/** 700 miles × 2.35 = 1645.00 */
export const PLAN = {
  customer: 'acme',
  carrier: 'rdwy',
  mode: 'FTL',
  distanceMiles: '700',
  references: [{ type: 'po', value: 'PO-4711' }],
  stops: [
    { sequence: 1, kind: 'pickup', city: 'Joliet', region: 'IL', country: 'US', timezone: 'America/Chicago' },
    { sequence: 2, kind: 'delivery', city: 'Atlanta', region: 'GA', country: 'US', timezone: 'America/New_York' },
  ],
};

let lastEvent = 0;

/** A CloudEvent; its id is new with each call. */
export function eventOf(type: string, data: object, time = '2026-03-05T12:00:00Z') {
  lastEvent += 1;
  return { specversion: '1.0', id: `e-${lastEvent}`, source: '/test', type, time, data };
}

export function milestoneOf(shipment: string, milestone: string, occurredAt: string) {
  return eventOf('shipment.milestone', { shipment, milestone, occurredAt });
}

/** Planned, picked up and delivered, with proof: due to be invoiced. */
export function wholeJourney(shipment: string): object[] {
  return [
    eventOf('shipment.planned', { shipment, ...PLAN }),
    milestoneOf(shipment, 'picked-up', '2026-03-03T15:00:00Z'),
    milestoneOf(shipment, 'delivered', '2026-03-04T20:00:00Z'),
    eventOf('document.attached', { shipment, kind: 'pod', mediaType: 'text/plain', content: 'c2lnbmVk' }),
  ];
}

export type TestHub = {
  readonly app: ApiApp;
  readonly context: PipelineContext;
  /** One for each role; `partner` stands for rdwy, `customer` for acme. */
  readonly keys: Readonly<Record<Role, string>>;
  /** The header that a role's key makes. */
  readonly as: (role: Role) => { authorization: string };
  readonly newKey: (role: Role, partner?: string) => Promise<string>;
  /** Sends events as a partner, and works until all is done. */
  readonly send: (partner: string, events: object | Uint8Array) => Promise<string>;
  readonly work: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openTestHub(options: ServerOptions = {}): Promise<TestHub> {
  const database = await createTestDatabase();
  const store = openStore(database.url);
  const context = createContext({ store });
  await importSetup(context, SAMPLE_SETUP, 'test');
  const app = await openServer(apiHubOf({ context }), options);
  const newKey = async (role: Role, partner?: string) =>
    (await addKey(store, { name: role, role, partner }, 'test', Date.now())).key;
  const keys = {} as Record<Role, string>;
  for (const role of ROLES) {
    keys[role] = await newKey(role, isBound(role) ? (role === 'customer' ? 'acme' : 'rdwy') : undefined);
  }
  const work = async () => {
    while ((await workOnce(context)) + (await scheduleOnce(context)) > 0);
  };
  return {
    app,
    context,
    keys,
    as: (role) => ({ authorization: `Bearer ${keys[role]}` }),
    newKey,
    work,
    async send(partner, events) {
      const bytes = events instanceof Uint8Array ? events : Buffer.from(JSON.stringify(events));
      const [receipt] = await receive(context, [{ bytes, partner, channel: 'http' }]);
      await work();
      return receipt?.id ?? '';
    },
    async close() {
      await app.close();
      await store.close();
      await database.drop();
    },
  };
}
