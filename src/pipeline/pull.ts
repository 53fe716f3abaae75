// What others change in an outside system, read page by page and handed to the ordinary intake: first the bytes are
// durable, then it is written down how far we are. A worker that dies in between reads the page again; it makes the same
// message with the same versions, whose events are known.
//
// Which records are new is told by comparing each with what was told of it last, so that a look may begin earlier than
// the last one ended (store/outside-records.ts). What is read by whom says the ERP's partner profile; without `pull`
// there, nothing is.
import { createHash } from 'node:crypto';
import type { OutsideRecord, Puller, PullPlace, Read, Watch } from '../connectors/contract.ts';
import { DEFAULT_PULL, type Pull } from '../model/setup/pull.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../model/time.ts';
import { wakeLandedCosts } from '../store/landed-costs.ts';
import { keepTold, type Telling, toldRecords } from '../store/outside-records.ts';
import {
  type CursorChange,
  ensureCursors,
  extendPullLease,
  hintCursors,
  leaseCursor,
  nextPullAt,
  type PullCursor,
  writeCursor,
} from '../store/pull-cursors.ts';
import type { PipelineContext } from './context.ts';
import { receive } from './intake.ts';
import { goneText, messagesOf, recordText } from './pull/messages.ts';
import { type Swept, sweepPage } from './pull/sweep.ts';

/** A system that is read from. */
export type ReadableSystem = { readonly name: string; readonly pull?: Puller | undefined };

const LEASE_MS = 2 * MINUTE_MS;
/** Pages of one turn; then others have theirs. */
const PAGES_A_TURN = 20;
const SWEEP = 'gone:';
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;
// Odoo 17 and 18 tell before they commit; a second look a little later finds what the first could not see.
const HINT_WAIT_MS = 2_000;
const SECOND_LOOK_MS = 15_000;

export type Reading = { readonly partner: string; readonly pull: Pull };

/** The profile that says how the ERP is read; `undefined`: it is not. */
async function readingOf({ rules, store }: PipelineContext): Promise<Reading | undefined> {
  const { partners } = await rules.current(store);
  for (const { id, roles, pull } of partners.values()) {
    if (pull !== undefined && roles.includes('erp')) return { partner: id, pull };
  }
  return undefined;
}

/** One turn at whatever is due; returns how many records were looked at, at least 1 where anything was due. */
export async function pullOnce(context: PipelineContext, system: ReadableSystem): Promise<number> {
  const { store, clock } = context;
  const puller = system.pull;
  const reading = puller && (await readingOf(context));
  if (puller === undefined || reading === undefined) return 0;
  if ((await nextPullAt(store, store.tenant, system.name)) === undefined) {
    await ensureCursors(store, store.tenant, system.name, cursorNames(puller), clock.now());
  }
  const now = clock.now();
  const cursor = await leaseCursor(store, store.tenant, system.name, now, now + LEASE_MS);
  if (cursor === undefined) return 0;
  const turn: Turn = { context, system: system.name, puller, reading, cursor };
  return cursor.watch.startsWith(SWEEP) ? sweep(turn) : passOn(turn);
}

/** When there is something to read next; `undefined`: never, for nobody asked for it. */
export async function nextPull(context: PipelineContext, { name, pull }: ReadableSystem): Promise<Instant | undefined> {
  if (pull === undefined || (await readingOf(context)) === undefined) return undefined;
  return (await nextPullAt(context.store, context.store.tenant, name)) ?? context.clock.now();
}

/** The system told that records of this model changed: they are looked at soon. False: nothing there is watched. */
export async function hintPull(
  { store, clock }: PipelineContext,
  system: ReadableSystem,
  model: string,
): Promise<boolean> {
  const watches = system.pull?.watches.filter(({ tells }) => tells === model).map(({ name }) => name) ?? [];
  if (watches.length === 0) return false;
  return (await hintCursors(store, store.tenant, system.name, watches, clock.now() + HINT_WAIT_MS)) > 0;
}

function cursorNames({ watches }: Puller): string[] {
  const told = new Set(watches.filter(({ hasFirstLoad }) => hasFirstLoad).map(({ tells }) => tells));
  return [...watches.map(({ name }) => name), ...[...told].map((model) => SWEEP + model)];
}

type Turn = {
  readonly context: PipelineContext;
  readonly system: string;
  readonly puller: Puller;
  readonly reading: Reading;
  readonly cursor: PullCursor;
};

async function passOn(turn: Turn): Promise<number> {
  const { puller, cursor, reading } = turn;
  const watch = puller.watches.find(({ name }) => name === cursor.watch);
  if (watch === undefined) return fail(turn, cursor, { reason: `nothing is watched under the name ${cursor.watch}` });
  const begun = cursor.inPass ? cursor : await begin(turn, watch);
  if ('reason' in begun) return fail(turn, cursor, begun);
  if (!begun.inPass) return 1;
  const overlapSeconds = reading.pull.overlapSeconds ?? DEFAULT_PULL.overlapSeconds;
  const ask = (afterId: number) => {
    const place: PullPlace = { overlapSeconds, afterId, ...(begun.since === undefined ? {} : { since: begun.since }) };
    return puller.page(watch.name, place);
  };
  let state: PullCursor = begun;
  let seen = 0;
  let next = ask(state.afterId);
  for (let pages = 1; ; pages++) {
    const page = await next;
    if (page.read === 'unavailable') return fail(turn, state, page);
    const isLast = page.afterId === undefined;
    const isEnough = pages >= PAGES_A_TURN;
    // The next page is on its way while this one is kept.
    if (!isLast && !isEnough) {
      next = ask(page.afterId as number);
      next.catch(() => {});
    }
    seen += page.seen;
    await tell(turn, watch.tells, page.records);
    state = await writeDown(turn, state, page, isEnough);
    if (isLast || isEnough) return Math.max(1, seen);
  }
}

// The mark is asked for before anything is read: what changes from now on is in the next pass.
async function begin(turn: Turn, watch: Watch): Promise<PullCursor | { reason: string; afterMs?: number }> {
  const { context, puller, cursor } = turn;
  const marked = await puller.mark(watch.name);
  if (marked.read === 'unavailable') return marked;
  const { store, clock } = context;
  const since = cursor.mark;
  // The watch's own records come by another one; what is there already is no change.
  const isOnlyMarked = since === undefined && !watch.hasFirstLoad;
  const begun: PullCursor = {
    ...cursor,
    inPass: !isOnlyMarked,
    afterId: 0,
    failures: 0,
    ...(marked.mark === undefined ? {} : { mark: marked.mark }),
    ...(cursor.loadedAt === undefined && watch.hasFirstLoad ? { total: marked.total } : {}),
  };
  const starting = since === undefined ? { ...begun, since: undefined } : { ...begun, since };
  const now = clock.now();
  const change: CursorChange = {
    ...starting,
    ...(isOnlyMarked ? { nextAt: nextLook(turn), followedHint: true, mark: marked.mark ?? EPOCH } : {}),
  };
  await writeCursor(store, store.tenant, placeOf(turn, now), change);
  return starting as PullCursor;
}

/** Of a model without records yet: all that will be is a change. */
const EPOCH = '1970-01-02 00:00:00';

async function writeDown(
  turn: Turn,
  state: PullCursor,
  page: { readonly seen: number; readonly afterId?: number },
  isEnough: boolean,
): Promise<PullCursor> {
  const { store, clock, log } = turn.context;
  const now = clock.now();
  const isLast = page.afterId === undefined;
  const isFirstLoad = state.loadedAt === undefined;
  const readCount = isFirstLoad ? state.readCount + page.seen : state.readCount;
  const after: PullCursor = {
    ...state,
    readCount,
    inPass: !isLast,
    afterId: page.afterId ?? 0,
    failures: 0,
    ...(isLast ? { loadedAt: state.loadedAt ?? now, mark: state.mark ?? EPOCH } : {}),
  };
  const rest = isLast ? { nextAt: nextLook(turn), followedHint: true } : isEnough ? { nextAt: now } : {};
  await writeCursor(store, store.tenant, placeOf(turn, now), { ...after, ...rest });
  if (!isLast && !isEnough) await extendPullLease(store, store.tenant, turn.system, state.watch, now + LEASE_MS);
  if (isFirstLoad && (isLast || isEnough)) {
    log.info({ system: turn.system, watch: state.watch, read: readCount, total: state.total }, 'first load');
  }
  return after;
}

function nextLook({ context, reading, cursor }: Turn): Instant {
  const everyMs = (reading.pull.everySeconds ?? DEFAULT_PULL.everySeconds) * 1_000;
  return context.clock.now() + (cursor.hinted ? Math.min(everyMs, SECOND_LOOK_MS) : everyMs);
}

function placeOf({ system, cursor }: Turn, now: Instant) {
  return { system, watch: cursor.watch, now };
}

// What cannot be read now is read later from where it stands.
async function fail(
  turn: Turn,
  state: PullCursor,
  { reason, afterMs = 0 }: { readonly reason: string; readonly afterMs?: number },
): Promise<number> {
  const { store, clock, log } = turn.context;
  const failures = state.failures + 1;
  const waitMs = Math.max(afterMs, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20)));
  const now = clock.now();
  const change = { ...state, failures, lastError: reason, nextAt: now + waitMs };
  await writeCursor(store, store.tenant, placeOf(turn, now), change);
  log.warn({ system: turn.system, watch: state.watch, reason }, 'could not be read');
  return 1;
}

/** Keeps messages of what is new in these records. */
async function tell(
  { context, system, reading }: Turn,
  model: string,
  records: readonly OutsideRecord[],
): Promise<void> {
  const { store } = context;
  const unique = [...new Map(records.map((record) => [record.id, record])).values()];
  const told = await toldRecords(
    store,
    store.tenant,
    system,
    model,
    unique.map(({ id }) => id),
  );
  const parts: { text: string; telling: Telling }[] = [];
  for (const { id, body, identity, changedAt, isTelling } of unique) {
    const before = told.get(id);
    if (before === undefined && !isTelling) continue;
    const digest = createHash('sha256').update(body).digest();
    if (before?.digest.equals(digest)) continue;
    const version = (before?.version ?? 0) + 1;
    const text = recordText(model, { id, version, changedAt, body });
    parts.push({ text, telling: { id, version, digest, identity } });
  }
  await receive(
    context,
    messagesOf(
      reading.partner,
      parts.map(({ text }) => text),
    ),
  );
  await keepTold(
    store,
    store.tenant,
    { system, model },
    parts.map(({ telling }) => telling),
  );
  // Told again or not: a look that was under way when the receipt came is made again within the overlap.
  const received = unique.flatMap((record) => record.received ?? []);
  await wakeLandedCosts(store, store.tenant, received, context.clock.now());
}

/** Looks for records that are gone; one page of ids a turn. */
async function sweep(turn: Turn): Promise<number> {
  const { context, system, puller, reading, cursor } = turn;
  const { store, clock } = context;
  const model = cursor.watch.slice(SWEEP.length);
  const swept: Read<Swept> = await sweepPage(context, puller, { system, model, afterId: cursor.afterId });
  if (swept.read === 'unavailable') return fail(turn, cursor, swept);
  const texts = swept.gone.map((gone) => goneText(model, gone, clock.now()));
  await receive(context, messagesOf(reading.partner, texts));
  await swept.markGone();
  const isLast = swept.afterId === undefined;
  const everyMs = (reading.pull.sweepHours ?? DEFAULT_PULL.sweepHours) * HOUR_MS;
  const now = clock.now();
  const nextAt = isLast ? now + everyMs : now;
  await writeCursor(store, store.tenant, placeOf(turn, now), {
    ...cursor,
    inPass: !isLast,
    afterId: swept.afterId ?? 0,
    failures: 0,
    nextAt,
    followedHint: true,
  });
  return 1;
}
