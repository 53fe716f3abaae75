// A hub with a small network on a database of its own, and short ways to say things to it.
import { after } from 'node:test';
import { createTestDatabase } from '../../../test/database.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import type { Setup } from '../../model/setup/index.ts';
import { HOUR_MS, type Instant } from '../../model/time.ts';
import { openStore, type Store } from '../../store/database.ts';
import { createContext, type PipelineContext } from '../context.ts';
import { receive } from '../intake.ts';
import { scheduleOnce } from '../schedule.ts';
import { importSetup } from '../setup.ts';
import { workOnce } from '../work.ts';

export const START: Instant = Date.parse('2026-03-02T12:00:00Z');

export const NETWORK: Setup = {
  partners: [
    { id: 'acme', name: 'Acme Supply', roles: ['customer'] },
    { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier'] },
    { id: 'tms', name: 'The TMS', roles: ['tms'] },
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
          id: 'all',
          mode: 'FTL',
          origin: { country: 'US' },
          destination: { country: 'US' },
          linehaul: { basis: 'flat', rate: '500.00' },
        },
      ],
      accessorials: [{ code: 'LFT', trigger: 'reported', rate: '95.00' }],
    },
  ],
  policies: [{ customer: 'acme', trigger: 'pod', adjustments: { autoApproveUpTo: '1000.00' } }],
};

export type TestHub = {
  readonly context: PipelineContext;
  readonly store: Store;
  /** Moves the clock. */
  at(now: Instant): void;
  /** Keeps one message a value: an event, or an array of events. */
  say(partner: string, ...bodies: unknown[]): Promise<void>;
  /** Works and wakes until nothing is left to do. */
  settle(): Promise<void>;
  rows(statement: string): Promise<unknown[]>;
};

/** One database for a test file; each hub is a tenant of its own in it, which is quick and tries the guard as well. */
export type TestHubs = { open(setup?: Setup): Promise<TestHub>; close(): Promise<void> };

export async function startTestHubs(): Promise<TestHubs> {
  const database = await createTestDatabase();
  const stores: Store[] = [];
  return {
    open: async (setup = NETWORK) => {
      const store = openStore(database.url, { tenant: `hub-${stores.length + 1}`, maxConnections: 4 });
      stores.push(store);
      return hubOn(store, setup);
    },
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    },
  };
}

/** For the tests of one file: there when the first is opened, gone after the last test. */
export function hubsForFile(): Pick<TestHubs, 'open'> {
  let hubs: Promise<TestHubs> | undefined;
  after(async () => (await hubs)?.close());
  return {
    open: async (setup) => {
      hubs ??= startTestHubs();
      return (await hubs).open(setup);
    },
  };
}

async function hubOn(store: Store, setup: Setup): Promise<TestHub> {
  let now = START;
  const context = createContext({ store, clock: { now: () => now } });
  await importSetup(context, setup, 'test');
  return {
    context,
    store,
    at: (instant) => {
      now = instant;
    },
    say: async (partner, ...bodies) => {
      const messages = bodies.map((body) => ({
        bytes: Buffer.from(JSON.stringify(body)),
        partner,
        channel: 'http' as const,
      }));
      await receive(context, messages);
    },
    settle: async () => {
      while ((await workOnce(context)) + (await scheduleOnce(context)) > 0);
    },
    rows: async (statement) => (await store.query(statement)).rows,
  };
}

let count = 0;

/** A CloudEvent; each call makes another id unless one is given. */
export function event(
  type: CanonicalEvent['type'],
  data: Record<string, unknown>,
  given: { id?: string; time?: Instant } = {},
) {
  count += 1;
  const { id = `e-${count}`, time = START } = given;
  return { specversion: '1.0', id, source: '/test', type, time: new Date(time).toISOString(), data };
}

export function plan(shipment: string, more: Record<string, unknown> = {}) {
  return event('shipment.planned', {
    shipment,
    customer: 'acme',
    carrier: 'rdwy',
    mode: 'FTL',
    stops: [
      { sequence: 1, kind: 'pickup', city: 'Joliet', region: 'IL', country: 'US' },
      { sequence: 2, kind: 'delivery', city: 'Atlanta', region: 'GA', country: 'US' },
    ],
    ...more,
  });
}

export function milestone(name: Record<string, unknown>, what: string, hours: number) {
  const occurredAt = new Date(START + hours * HOUR_MS).toISOString();
  return event('shipment.milestone', { ...name, milestone: what, occurredAt }, { time: START + hours * HOUR_MS });
}

export function proof(name: Record<string, unknown>) {
  return event('document.attached', { ...name, kind: 'pod', mediaType: 'image/png', content: 'iVBORw0KGgo=' });
}

/** Says that a shipment was planned, picked up and delivered, with its proof. */
export async function sayDelivered(hub: TestHub, shipment: string): Promise<void> {
  await hub.say('tms', plan(shipment), milestone({ shipment }, 'picked-up', 1));
  await hub.say('tms', milestone({ shipment }, 'delivered', 9), proof({ shipment }));
}

export function liftgate(name: Record<string, unknown>) {
  return event('charge.reported', { ...name, code: 'LFT', side: 'sell', occurredAt: new Date(START).toISOString() });
}
