// The ledger's station: books what the charges' marks name, behind everybody else.
//
// A mark is left by the database itself, in the transaction that changed a charge, so none can be forgotten; who decides
// waits for nothing. One writer of a tenant's ledger at a time: it reads what the ledger holds and adds the difference.
import type { ClientBase } from 'pg';
import { isLocked, type LockedPeriods } from '../domain/ledger/periods.ts';
import { type Documented, type LedgerSubject, postingsFor } from '../domain/ledger/postings.ts';
import { pictureOf } from '../domain/shipment/picture.ts';
import type { ChargeRow } from '../model/decision.ts';
import { type LedgerDimensions, ledgerDayOf } from '../model/ledger.ts';
import type { Stop } from '../model/shipment.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import { closeExceptions, openExceptions, openSubjects } from '../store/exceptions.ts';
import {
  appendPostings,
  type Booked,
  bookedOf,
  type LatePosting,
  type ShipmentInLedger,
  shipmentsInLedger,
  takeLedgerDue,
  tryHoldLedger,
} from '../store/ledger.ts';
import { type LateOfShipment, lateOf, periodLocks, replaceLate, waitingPeriods } from '../store/ledger-periods.ts';
import { readShipments } from '../store/shipments.ts';
import { markToWeigh } from '../store/stakes.ts';
import { type Batch, type BatchMemory, gatherHeld, ordersOf, type ShipmentState } from './batch.ts';
import type { PipelineContext } from './context.ts';
import { emptyFactMemory } from './fact-memory.ts';
import type { ChargeCells } from './keep-states.ts';

const MARKS_AT_ONCE = 1_000;
const MOST_LOCKS = 10_000;
const MOST_WAITING = 1_000;

/** Books what is marked; returns for how many shipments. */
export async function bookOnce(context: PipelineContext): Promise<number> {
  const { store, clock } = context;
  const booked = await store.transaction(async (client) => {
    if (!(await tryHoldLedger(client, store.tenant))) return [];
    const shipments = await takeLedgerDue(client, store.tenant, MARKS_AT_ONCE);
    if (shipments.length === 0) return [];
    const now = clock.now();
    const known = await gatherBooks(context, client, shipments, now);
    const books = shipments.map((shipment) => booksOf(shipment, known, now));
    const postings = books.flatMap((each) => each.postings);
    await appendPostings(client, store.tenant, postings, now);
    const late = books.flatMap((each) => each.late);
    if (late.length > 0 || known.late.length > 0) {
      await replaceLate(client, store.tenant, shipments, late, now);
      await tellOfLate(client, store.tenant, now);
    }
    return shipments;
  });
  // Once it is booked, so that nobody holds exceptions while the ledger is held.
  await markToWeigh(store, store.tenant, booked);
  return booked.length;
}

type Known = {
  readonly batch: Batch;
  readonly shipments: ReadonlyMap<string, ShipmentInLedger>;
  readonly booked: ReadonlyMap<string, Booked>;
  readonly locked: LockedPeriods;
  readonly late: readonly LateOfShipment[];
};

// Read without holding the shipments: what changes meanwhile is marked again.
async function gatherBooks(
  context: PipelineContext,
  client: ClientBase,
  shipments: readonly string[],
  now: Instant,
): Promise<Known> {
  const { tenant } = context.store;
  const rules = await context.rules.current(client);
  const rows = await readShipments(client, tenant, shipments);
  const batch = await gatherHeld(client, tenant, { rows, rules, now, memory: ownMemory() });
  const inLedger = await shipmentsInLedger(client, tenant, shipments);
  return {
    batch,
    shipments: new Map(inLedger.map((each) => [each.shipment, each])),
    booked: await bookedOf(client, tenant, shipments),
    locked: lockedPeriods(await periodLocks(client, tenant, MOST_LOCKS)),
    late: await lateOf(client, tenant, shipments),
  };
}

// Of its own: what it looks at must not drive out what the hot path remembers.
function ownMemory(): BatchMemory {
  return { seen: new Set(), facts: emptyFactMemory() };
}

function lockedPeriods(locks: readonly { period: LocalDate; legalEntity: string }[]): LockedPeriods {
  const locked = new Map<LocalDate, Set<string>>();
  for (const { period, legalEntity } of locks) {
    locked.set(period, (locked.get(period) ?? new Set<string>()).add(legalEntity));
  }
  return locked;
}

function booksOf(shipment: string, known: Known, now: Instant) {
  const subject = subjectOf(shipment, known, now);
  if (subject === undefined) return { postings: [], late: [] };
  const { postings, late } = postingsFor(subject, {
    today: ledgerDayOf(now),
    locked: known.locked,
    approved: approvalsOf(shipment, known),
  });
  const waiting = (late?.legalEntities ?? []).map(
    (legalEntity): LatePosting => ({ legalEntity, period: late?.period ?? '', shipment }),
  );
  return { postings, late: waiting };
}

// A yes holds for the entities it was given for: all that are locked must have it.
function approvalsOf(shipment: string, { late, locked }: Known): Map<LocalDate, string> {
  const own = late.filter((each) => each.shipment === shipment && isLocked(locked, each.period, each.legalEntity));
  const byPeriod = Map.groupBy(own, ({ period }) => period);
  const approved = new Map<LocalDate, string>();
  for (const [period, some] of byPeriod) {
    const [first] = some;
    if (first?.approvedBy != null && some.every(({ approvedBy }) => approvedBy !== null)) {
      approved.set(period, first.approvedBy);
    }
  }
  return approved;
}

function subjectOf(shipment: string, known: Known, now: Instant): LedgerSubject | undefined {
  const state = known.batch.states.get(shipment);
  const row = known.shipments.get(shipment);
  if (state === undefined || row === undefined) return undefined;
  const { deliveredAt, isEnded, isTendered, billed } = row;
  const earnedAt = deliveredAt ?? (isEnded ? now : undefined);
  const booked = known.booked.get(shipment);
  return {
    shipment,
    charges: chargesIn(state),
    billed: billed.map((line) => ({ ...line, amountMinor: BigInt(line.amountMinor) })),
    dimensions: dimensionsOf(state, row, known.batch),
    isTendered,
    ...(earnedAt === undefined ? {} : { earnedOn: ledgerDayOf(earnedAt) }),
    ...documented('sold', row.sold),
    ...documented('bought', row.bought),
    booked: booked?.positions ?? [],
    wasEarned: booked?.wasEarned ?? false,
    ...(booked?.expectedOn === undefined ? {} : { expectedOn: booked.expectedOn }),
  };
}

function documented(side: 'sold' | 'bought', { at, numbers }: ShipmentInLedger['sold']): Record<string, Documented> {
  return at === null ? {} : { [side]: { on: ledgerDayOf(at), numbers } };
}

function chargesIn({ row }: ShipmentState): ChargeRow[] {
  return (JSON.parse(row.charges) as ChargeCells[]).map(([side, code, currency, state, amount]) => ({
    side,
    code,
    currency,
    state,
    amountMinor: BigInt(amount),
  }));
}

// Its documents say who bills it; before the first, its orders or its customer's policy.
function dimensionsOf(state: ShipmentState, row: ShipmentInLedger, batch: Batch): LedgerDimensions {
  const { facts, documents, standing } = state;
  const input = { shipment: row.shipment, facts, documents, orders: ordersOf(batch, facts), standing };
  const picture = pictureOf(input, batch.rules);
  const { origin, destination } = picture?.journey ?? {};
  return {
    legalEntity: row.legalEntity ?? picture?.legalEntity ?? '',
    customer: picture?.plan.customer ?? '',
    carrier: picture?.plan.carrier ?? '',
    lane: origin === undefined || destination === undefined ? '' : `${placeName(origin)}>${placeName(destination)}`,
    mode: picture?.plan.mode ?? '',
  };
}

function placeName({ country, region }: Stop): string {
  return region === undefined ? country : `${country}-${region}`;
}

/** One exception an entity and period for what waits; closed when nothing does. */
async function tellOfLate(client: ClientBase, tenant: string, now: Instant): Promise<void> {
  const waiting = await waitingPeriods(client, tenant, MOST_WAITING);
  const raised = waiting.map(({ legalEntity, period, shipments, some }) => {
    const subject = lateSubject(legalEntity, period);
    const which = `${some.join(', ')}${shipments > some.length ? ` and ${shipments - some.length} more` : ''}`;
    const act = `lading period approve ${period.slice(0, 7)}${legalEntity === '' ? '' : ` --entity ${legalEntity}`}`;
    const detail = `${which}: belongs to ${period.slice(0, 7)}, which is locked. "${act}" books it in the next open period.`;
    return { kind: 'late-posting' as const, subject, detail };
  });
  await openExceptions(client, tenant, raised, now);
  const open = await openSubjects(client, tenant, 'late-posting', '');
  const still = new Set(raised.map(({ subject }) => subject));
  const gone = open.filter((subject) => !still.has(subject));
  await closeExceptions(
    client,
    tenant,
    gone.map((subject) => ({ kind: 'late-posting' as const, subject })),
    now,
  );
}

/** `us-inc/2026-05`, or where no entity is known `2026-05`. */
function lateSubject(legalEntity: string, period: LocalDate): string {
  return `${legalEntity === '' ? '' : `${legalEntity}/`}${period.slice(0, 7)}`;
}
