// The running hub: the stations as loops, each at its own pace, over one database and its outside systems.
//
// `openHub` only puts the parts together; `startHub` lets them run; `drain` does by hand whatever is due at the present
// clock, which is how scenarios and tests run the same stations under a clock of their own.
import type { Session, StoredDocument } from '../connectors/contract.ts';
import { odooConnector } from '../connectors/odoo/index.ts';
import type { OdooSettings } from '../connectors/odoo/settings.ts';
import { earliest, type Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { type Clock, createContext, ERP_SYSTEM, type Logger, type PipelineContext } from './context.ts';
import { deliverOnce, type OutsideSystem } from './deliver.ts';
import { demandOnce, nextDemand } from './demand.ts';
import { type ExplainBilling, nextShowing, type Shown, showBillingOnce } from './erp/billing-news.ts';
import { compareOnce } from './erp/compare.ts';
import { documentsIn } from './erp/documents.ts';
import { landOnce, nextLanding } from './erp/landed-costs.ts';
import { nextTelling, tellOnce } from './erp/order-news.ts';
import { type Loop, startLoop } from './hub/loop.ts';
import { nextPull, pullOnce, type ReadableSystem } from './pull.ts';
import { dueTimes, scheduleOnce } from './schedule.ts';
import { PASSES_AT_ONCE } from './turn.ts';
import { watchKeysOnce } from './watch/keys.ts';
import { watchSilenceOnce } from './watch/silence.ts';
import { workOnce } from './work.ts';

export const HUB_ROLES = ['work', 'deliver', 'schedule'] as const;
/** What a process does: works on messages, delivers to outside systems, or does what is due by time. */
export type HubRole = (typeof HUB_ROLES)[number];

/** An outside system with an open way to it. */
export type ConnectedSystem = OutsideSystem & {
  readonly session: Session;
  /** Acts at one time that still gain something. */
  readonly concurrentActs: number;
};

export type HubParts = {
  readonly store: Store;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly connectors: readonly ConnectedSystem[];
  /** How far billing is, in words, for systems that show it beside their orders; none: they are not told. */
  readonly explainBilling?: ExplainBilling;
};

export type Hub = {
  readonly context: PipelineContext;
  readonly systems: readonly ConnectedSystem[];
  readonly explainBilling?: ExplainBilling;
};

export type RunningHub = Hub & {
  /** Something came in: look now and not at the next turn. */
  readonly nudge: () => void;
  /** Lets what is under way come to its end, but waits no longer than this; then closes the ways to outside systems. */
  readonly stop: (deadlineMs?: number) => Promise<void>;
};

/** A way to the ERP. Opening never fails: it connects when first used. */
export function connectErp(
  settings: OdooSettings,
  deps: { now: () => Instant; signal?: AbortSignal },
): ConnectedSystem {
  const { documentsPerSend, callsPerSecond, concurrentActs } = odooConnector.limits;
  const pace = { burst: documentsPerSend, perSecond: callsPerSecond };
  return { name: ERP_SYSTEM, pace, concurrentActs, session: odooConnector.open(settings, deps) };
}

/** The system as it is read from. */
function readable({ name, session }: ConnectedSystem): ReadableSystem {
  return { name, ...(session.pull === undefined ? {} : { pull: session.pull }) };
}

export function openHub({ store, clock, log, connectors, explainBilling }: HubParts): Hub {
  return { context: createContext({ store, clock, log }), systems: connectors, explainBilling };
}

const STOP_DEADLINE_MS = 10_000;

export function startHub(parts: HubParts & { readonly roles?: readonly HubRole[] }): RunningHub {
  const hub = openHub(parts);
  const loops: Loop[] = [];
  const nudge = () => {
    for (const loop of loops) loop.nudge();
  };
  const stations = [...new Set(parts.roles ?? HUB_ROLES)].flatMap((role) => STATIONS_OF[role](hub));
  for (const { name, once } of stations) {
    // What one station did is often what another waits for.
    const turn = async () => {
      const done = await once();
      if (done > 0) nudge();
      return done;
    };
    loops.push(startLoop(name, turn, hub.context.log));
  }
  return {
    ...hub,
    nudge,
    stop: async (deadlineMs = STOP_DEADLINE_MS) => {
      await Promise.all(loops.map((loop) => loop.stop(deadlineMs)));
      await Promise.all(hub.systems.map(({ session }) => session.close()));
    },
  };
}

/** A turn of a station, which says how much it did. */
type Station = { readonly name: string; readonly once: () => Promise<number> };

const STATIONS_OF: Readonly<Record<HubRole, (hub: Hub) => Station[]>> = {
  work: ({ context }) => severalOf(PASSES_AT_ONCE, { name: 'work', once: () => workOnce(context) }),
  schedule: schedulingStations,
  deliver: deliveringStations,
};

function schedulingStations({ context, systems }: Hub): Station[] {
  const asked = new Map<string, Instant>();
  const looked = {};
  return [
    { name: 'schedule', once: () => scheduleOnce(context) },
    { name: 'watch silence', once: () => watchSilenceOnce(context, looked).then(() => 0) },
    { name: 'watch keys', once: () => watchKeysOnce(context, systems, asked) },
    ...systems.map((system) => ({
      name: `compare ${system.name}`,
      once: async () => ((await compareOnce(context, system)) === 'compared' ? 1 : 0),
    })),
    ...systems.map(readable).map((system) => ({ name: `pull ${system.name}`, once: () => pullOnce(context, system) })),
  ];
}

function deliveringStations({ context, systems, explainBilling }: Hub): Station[] {
  const notBefore = new Map<string, Instant>();
  return [
    { name: 'demand', once: () => demandOnce(context) },
    ...systems.flatMap(({ session, concurrentActs, ...system }) => {
      const { name } = system;
      const shown = { name, session, explainBilling };
      const deliver = { name: `deliver ${name}`, once: () => deliverOnce(context, session, system) };
      const tell = { name: `tell ${name}`, once: () => tellOnce(context, session, system) };
      const land = { name: `land ${name}`, once: () => landOnce(context, session, system) };
      const show = { name: `show ${name}`, once: () => showBillingOnce(context, shown, notBefore) };
      return [
        ...severalOf(concurrentActs, deliver),
        ...(session.tell === undefined ? [] : [tell]),
        ...(session.landCosts === undefined ? [] : [land]),
        ...(session.orderTab === undefined ? [] : [show]),
      ];
    }),
  ];
}

function severalOf(count: number, { name, once }: Station): Station[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${name} ${index + 1}`, once }));
}

/** All that the outside systems themselves hold of ours. Throws while one cannot be read. */
export async function erpDocumentsOf({ systems }: Pick<Hub, 'systems'>): Promise<StoredDocument[]> {
  const documents: StoredDocument[] = [];
  for (const { name, session } of systems) {
    const read = await documentsIn(session);
    if ('failure' in read) throw new Error(`the documents of ${name} cannot be read: ${read.failure}`);
    documents.push(...read.documents);
  }
  return documents;
}

const MOST_TURNS = 100_000;

export type Rest = {
  /** How much was done. */
  readonly done: number;
  /** When there will be something to do again; `undefined`: only when something arrives. */
  readonly nextDue?: Instant;
  /** The same for all but deliveries to the ERP. */
  readonly nextDueElsewhere?: Instant;
};

/** Does all that is due at the present clock, until nothing is. */
export async function drain({ context, systems, explainBilling }: Hub): Promise<Rest> {
  // What a process that died left half done, nobody's due time tells.
  let done = await workOnce(context);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const shown = systems.map(({ name, session }) => ({ name, session, explainBilling }));
    const each = <One, Found>(items: readonly One[], look: (item: One) => Promise<Found>) =>
      Promise.all(items.map(look));
    const [due, tellings, landings, showings, pulls, demand] = await Promise.all([
      dueTimes(context, systems),
      each(systems, ({ session }) => nextTelling(context, session)),
      each(systems, ({ session }) => nextLanding(context, session)),
      each(shown, (system) => nextShowing(context, system)),
      each(systems, (system) => nextPull(context, readable(system))),
      nextDemand(context),
    ]);
    const isDue = (at: Instant | undefined) => at !== undefined && at <= context.clock.now();
    let doneNow = 0;
    if (isDue(due.work)) doneNow += await workOnce(context);
    if (isDue(due.schedule)) doneNow += await scheduleOnce(context);
    for (const [index, system] of systems.entries()) {
      if (isDue(pulls[index])) doneNow += await pullOnce(context, readable(system));
    }
    if (isDue(demand)) doneNow += await demandOnce(context);
    for (const [index, { session, ...system }] of systems.entries()) {
      if (isDue(due.deliveries[index])) doneNow += await deliverOnce(context, session, system);
      if (isDue(tellings[index])) doneNow += await tellOnce(context, session, system);
      if (isDue(landings[index])) doneNow += await landOnce(context, session, system);
      if (isDue(showings[index])) doneNow += await showBillingOnce(context, shown[index] as Shown, new Map());
    }
    if (doneNow === 0) {
      const toErp = due.deliveries.filter((_, index) => systems[index]?.name === ERP_SYSTEM);
      const toOthers = due.deliveries.filter((_, index) => systems[index]?.name !== ERP_SYSTEM);
      const toTell = [...tellings, ...landings, ...showings];
      const nextDueElsewhere = earliest([due.work, due.schedule, ...toOthers, ...toTell, ...pulls, demand]);
      return { done, nextDue: earliest([nextDueElsewhere, ...toErp]), nextDueElsewhere };
    }
    done += doneNow;
  }
  throw new Error(`the hub does not come to rest: still busy after ${MOST_TURNS} turns at one instant`);
}
