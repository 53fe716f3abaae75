// Every way in and out, and how it does: outside systems, and partners by when they were last heard.
import { formatMinor } from '../model/money.ts';
import type { RuleBook } from '../model/rules.ts';
import { type Instant, MINUTE_MS } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import {
  partnerTraffic,
  type SystemHold,
  systemHolds,
  type WaitingEffect,
  waitingEffects,
  waitingSums,
} from '../store/read/connections.ts';
import { type SystemFlow, systemsNow } from '../store/read/flow.ts';

export const SYSTEM_HEALTHS = ['good', 'paused', 'down', 'needs-somebody', 'idle'] as const;
export type SystemHealth = (typeof SYSTEM_HEALTHS)[number];

/** Pace in documents: at most this many at once, and a second in the long run. */
type Pace = { readonly burst: number; readonly perSecond?: number };
export type ConnectedNow = { readonly name: string; readonly pace: Pace };

export type SystemConnection = SystemFlow &
  SystemHold & {
    readonly health: SystemHealth;
    /** This process has a way to it, so that it can be tested. */
    readonly isConnected: boolean;
    readonly pace?: Pace;
  };

export async function systemConnections(
  store: Store,
  connected: readonly ConnectedNow[],
  now: Instant,
): Promise<SystemConnection[]> {
  const { tenant } = store;
  const flows = new Map((await systemsNow(store, tenant, now)).map((flow) => [flow.system, flow]));
  const holds = new Map((await systemHolds(store, tenant)).map((hold) => [hold.system, hold]));
  const ways = new Map(connected.map((way) => [way.name, way]));
  return [...new Set([...flows.keys(), ...ways.keys()])].sort().map((system) => {
    const known = { ...(flows.get(system) ?? nothingYet(system)), ...holds.get(system) };
    const pace = ways.get(system)?.pace;
    return {
      ...known,
      health: healthOf(known),
      isConnected: ways.has(system),
      ...(pace === undefined ? {} : { pace }),
    };
  });
}

function nothingYet(system: string): SystemFlow {
  return { system, breaker: 'closed', waiting: 0, unknown: 0, failing: 0, confirmed: 0 };
}

function healthOf({ heldSince, breaker, failing, lastSuccessAt }: SystemFlow & Partial<SystemHold>): SystemHealth {
  if (heldSince !== undefined) return 'paused';
  if (breaker !== 'closed') return 'down';
  if (failing > 0) return 'needs-somebody';
  return lastSuccessAt === undefined ? 'idle' : 'good';
}

export type PartnerConnection = {
  readonly partner: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly lastHeardAt?: string;
  readonly silentAfterMinutes?: number;
  /** Only where the profile says how often it is to be heard. */
  readonly isSilent?: boolean;
  readonly problems: number;
};

/** By id, at most `limit`, after this one. */
export async function partnerConnections(
  store: Store,
  { partners }: Pick<RuleBook, 'partners'>,
  asked: { readonly search?: string; readonly silent?: boolean; readonly after?: string; readonly limit: number },
  now: Instant,
): Promise<PartnerConnection[]> {
  const { search = '', silent, after = '', limit } = asked;
  const wanted = search.toLowerCase();
  const fitting = [...partners.values()]
    .filter(({ id }) => id > after)
    .filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted))
    .filter(({ silentAfterMinutes }) => silent !== true || silentAfterMinutes !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  // Who is silent is known only when it is looked up; only few are watched.
  const page = silent === true ? fitting : fitting.slice(0, limit);
  const traffic = await partnerTraffic(
    store,
    store.tenant,
    page.map(({ id }) => id),
  );
  const of = new Map(traffic.map((each) => [each.partner, each]));
  const told = page.map(({ id, name, roles, silentAfterMinutes }) => {
    const { lastHeardAt, knownSince, problems = 0 } = of.get(id) ?? {};
    const quietSince = Date.parse(lastHeardAt ?? knownSince ?? '');
    const isSilent = silentAfterMinutes !== undefined && now - quietSince > silentAfterMinutes * MINUTE_MS;
    return {
      ...{ partner: id, name, roles, problems },
      ...(lastHeardAt === undefined ? {} : { lastHeardAt }),
      ...(silentAfterMinutes === undefined ? {} : { silentAfterMinutes, isSilent }),
    };
  });
  return told.filter(({ isSilent }) => silent !== true || isSilent === true).slice(0, limit);
}

export type DrainPreview = {
  readonly sums: readonly {
    readonly kind: string;
    readonly count: number;
    readonly amount?: string;
    readonly currency?: string;
  }[];
  /** The first 200, in the order they would go. */
  readonly items: readonly (Omit<WaitingEffect, 'totalMinor'> & { readonly amount?: string })[];
};

/** What would go to a system if it were let. */
export async function drainPreview(store: Store, system: string): Promise<DrainPreview> {
  const sums = await waitingSums(store, store.tenant, system);
  const items = await waitingEffects(store, store.tenant, system);
  return { sums: sums.map(withAmount), items: items.map(withAmount) };
}

function withAmount<Row extends { readonly totalMinor?: string; readonly currency?: string }>(row: Row) {
  const { totalMinor, ...rest } = row;
  if (totalMinor === undefined || row.currency === undefined) return rest;
  return { ...rest, amount: formatMinor(BigInt(totalMinor), row.currency) };
}
