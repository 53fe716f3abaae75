// Lists of shipments on which delivery and money disagree: taken each night at the hour of the setup, and whenever asked for.
//
// When it is next due stands in a row. After downtime it is taken once, late, and then again at its hour. What is proposed
// by the setup is so before that row moves on, once a shipment and code: a crash between loses and doubles nothing.
import { type MissedRevenue, missedRevenueOf } from '../domain/audit/missed-revenue.ts';
import { formatMinor } from '../model/money.ts';
import type { ListRow, OpenLists } from '../model/open-lists.ts';
import type { RuleBook } from '../model/rules.ts';
import type { ScheduledJob } from '../model/setup/tables.ts';
import { addDays, DAY_MS, formatInstant, type Instant, instantIn, localDateIn } from '../model/time.ts';
import type { Queryable } from '../store/database.ts';
import {
  billedUndelivered,
  costWithoutRevenue,
  type DisagreeingShipment,
  deliveredUnbilled,
  holdDueJob,
  isJobDue,
  keepLists,
  planJob,
  type UnchargedCode,
  unchargedCodes,
} from '../store/open-lists.ts';
import { enter } from './by-hand/enter.ts';
import type { PipelineContext } from './context.ts';

const MOST_ROWS = 1_000;
const MOST_CODES = 10_000;

/** The next time that clocks there show the hour, after `now`. */
export function nextTime({ at, timezone = 'UTC' }: Pick<ScheduledJob, 'at' | 'timezone'>, now: Instant): Instant {
  const today = localDateIn(timezone, now);
  const todays = instantIn(timezone, `${today}T${at}:00`);
  return todays > now ? todays : instantIn(timezone, `${addDays(today, 1)}T${at}:00`);
}

/** Takes and keeps the lists when they are due; returns how many times. */
export async function listOnce(context: PipelineContext): Promise<number> {
  const { store, clock, log } = context;
  if (!(await isJobDue(store, store.tenant, clock.now()))) return 0;
  await proposeMissedRevenue(context);
  return store.transaction(async (client) => {
    const now = clock.now();
    const due = await holdDueJob(client, store.tenant, 'lists', now);
    if (due === undefined) return 0;
    const lists = await takeLists(client, store.tenant, await context.rules.hold(client), now);
    await keepLists(client, store.tenant, lists, now);
    await planJob(client, store.tenant, { ...due, dueAt: nextTime(due, now) });
    log.info({ unbilled: lists['delivered-unbilled'].count, missed: lists['missed-revenue'].count }, 'lists taken');
    return 1;
  });
}

/** Who proposes them; nobody's limit is his, so that each waits for an approver. */
const PROPOSER = 'lading';

async function proposeMissedRevenue(context: PipelineContext): Promise<void> {
  const { store, log } = context;
  const rules = await context.rules.current(store);
  if (rules.jobs?.get('lists')?.proposeMissedRevenue !== true) return;
  const missed = await missedRevenue(store, store.tenant, rules);
  // Before the invoice it is no adjustment: it is proposed once there is one.
  for (const { shipment, code, currency, amountMinor, ...why } of missed.filter(
    ({ billing }) => billing === 'invoiced',
  )) {
    const amount = formatMinor(amountMinor, currency);
    const reason = reasonFor({ ...why, code });
    const said = { entry: 'charge', by: PROPOSER, role: PROPOSER, once: true } as const;
    const result = await enter(context, { ...said, shipment, code, currency, amount, reason });
    if (result.kind === 'entered') log.info({ shipment, code }, 'missed revenue is proposed');
  }
}

type Missed = MissedRevenue & Pick<UnchargedCode, 'carrier' | 'billing'>;

async function missedRevenue(db: Queryable, tenant: string, rules: RuleBook): Promise<Missed[]> {
  return (await unchargedCodes(db, tenant, MOST_CODES)).flatMap((billed) => {
    const found = missedRevenueOf(billed, rules);
    return found === undefined ? [] : [{ ...found, carrier: billed.carrier, billing: billed.billing }];
  });
}

function reasonFor({ carrier, code, agreement }: Pick<Missed, 'carrier' | 'code' | 'agreement'>): string {
  return `${carrier} billed ${code}; agreement ${agreement} allows it at this rate, and it was not charged`;
}

export async function takeLists(db: Queryable, tenant: string, rules: RuleBook, now: Instant): Promise<OpenLists> {
  const missed = await missedRevenue(db, tenant, rules);
  return {
    takenAt: formatInstant(now),
    'delivered-unbilled': listOf(await deliveredUnbilled(db, tenant, now - DAY_MS, MOST_ROWS), ({ billing }) => {
      return `delivered a day ago or more and not invoiced: billing is ${billing}`;
    }),
    'billed-undelivered': listOf(await billedUndelivered(db, tenant, MOST_ROWS), ({ status }) => {
      return `invoiced, and still ${status}`;
    }),
    'cost-without-revenue': listOf(await costWithoutRevenue(db, tenant, MOST_ROWS), () => {
      return 'a carrier billed it, and nothing is charged to a customer';
    }),
    'missed-revenue': {
      count: missed.length,
      rows: missed
        .slice(0, MOST_ROWS)
        .map(({ shipment, customer, carrier, code, currency, amountMinor, agreement }) => {
          const why = reasonFor({ carrier, code, agreement });
          return { shipment, customer, carrier, code, amount: formatMinor(amountMinor, currency), currency, why };
        }),
    },
  };
}

function listOf(found: readonly DisagreeingShipment[], why: (row: DisagreeingShipment) => string) {
  return { count: found[0]?.count ?? 0, rows: found.map((row) => rowFrom(row, why(row))) };
}

function rowFrom(row: DisagreeingShipment, why: string): ListRow {
  const { shipment, customer, carrier, status, billing, deliveredAt, currency, amountMinor } = row;
  return {
    shipment,
    ...(customer === null ? {} : { customer }),
    ...(carrier === null ? {} : { carrier }),
    ...(status === null ? {} : { status }),
    ...(billing === null ? {} : { billing }),
    ...(currency === null || amountMinor === null
      ? {}
      : { amount: formatMinor(BigInt(amountMinor), currency), currency }),
    ...(deliveredAt === null ? {} : { since: formatInstant(deliveredAt) }),
    why,
  };
}
