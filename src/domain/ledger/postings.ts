// What a shipment's charges still want booked: the difference between where they stand and what the ledger holds of them.
//
// Nothing is ever rebooked. A charge that grew is booked by what it grew; one that moved on, out of the stage it was in and
// into the next. So deciding again books nothing, and what was missed is made up by the next look. What is earned is accrued
// on the day it was earned, also where its invoice is known by then: the books of a month do not depend on when somebody looked.

import type { ChargeRow } from '../../model/decision.ts';
import {
  LEDGER_ACCOUNTS,
  type LedgerCause,
  type LedgerDimensions,
  type LedgerEntry,
  type LedgerPosition,
  type LedgerPosting,
  type LedgerStage,
  periodOf,
} from '../../model/ledger.ts';
import { type Currency, formatMinor } from '../../model/money.ts';
import type { LocalDate } from '../../model/time.ts';
import { bookedInOpenPeriod, type LockedPeriods } from './periods.ts';

/** A line of a carrier's bill that the ERP has confirmed. */
export type BilledCost = { readonly code: string; readonly currency: Currency; readonly amountMinor: bigint };

/** What has been confirmed by the ERP of one side. */
export type Documented = {
  /** The latest confirmation. */
  readonly on: LocalDate;
  readonly numbers: readonly string[];
};

export type LedgerSubject = {
  readonly shipment: string;
  /** As last decided. */
  readonly charges: readonly ChargeRow[];
  readonly billed: readonly BilledCost[];
  readonly dimensions: LedgerDimensions;
  readonly isTendered: boolean;
  /** Not there: not yet. */
  readonly earnedOn?: LocalDate;
  readonly sold?: Documented;
  readonly bought?: Documented;
  /** What the ledger holds; none of them zero. */
  readonly booked: readonly LedgerPosition[];
  /** Something of it was accrued or invoiced before. */
  readonly wasEarned: boolean;
  /** The latest day on which something of it was booked as expected. */
  readonly expectedOn?: LocalDate;
};

export type PostingContext = {
  readonly today: LocalDate;
  readonly locked: LockedPeriods;
  /** Periods (first days) whose late postings of this shipment somebody has approved, with who. */
  readonly approved: ReadonlyMap<LocalDate, string>;
};

export type Postings = {
  readonly postings: readonly LedgerPosting[];
  /** The locked period, by entity, that the rest belongs to: it waits for approval, and nothing after it is booked. */
  readonly late?: { readonly period: LocalDate; readonly legalEntities: readonly string[] };
};

type Step = {
  readonly day: LocalDate;
  readonly cause: LedgerCause;
  readonly target: readonly LedgerPosition[];
  readonly reason: (moves: readonly LedgerPosition[]) => string;
};

/** Nothing where the ledger stands as the charges do. */
export function postingsFor(subject: LedgerSubject, context: PostingContext): Postings {
  const postings: LedgerPosting[] = [];
  let booked = subject.booked;
  for (const { day, cause, target, reason } of stepsOf(subject, context.today)) {
    const moves = movesBetween(booked, target);
    booked = target;
    if (moves.length === 0) continue;
    const words = reason(moves);
    for (const part of inOrderOfDays(day, moves, subject.expectedOn)) {
      const legalEntities = [...new Set(part.moves.map(({ legalEntity }) => legalEntity))].sort();
      const place = bookedInOpenPeriod(part.day, legalEntities, context);
      if (place.kind === 'waits')
        return { postings, late: { period: periodOf(part.day), legalEntities: place.legalEntities } };
      const { bookedOn, lateFor, note } = place;
      postings.push({
        shipment: subject.shipment,
        bookedOn,
        ...(lateFor === undefined ? {} : { lateFor }),
        cause,
        reason: note === undefined ? words : `${words}; ${note}`,
        entries: part.moves.flatMap(entriesOf),
      });
    }
  }
  return { postings };
}

// A tender that was heard of after the delivery was expected later than it was earned: no day holds less than nothing.
function inOrderOfDays(day: LocalDate, moves: readonly LedgerPosition[], expectedOn: LocalDate | undefined) {
  const { expected = [], others = [] } = Object.groupBy(moves, ({ stage }) =>
    stage === 'expected' ? 'expected' : 'others',
  );
  if (expectedOn === undefined || expectedOn <= day || expected.length === 0) return [{ day, moves }];
  const parts = [
    { day, moves: others },
    { day: expectedOn, moves: expected },
  ];
  return parts.filter((part) => part.moves.length > 0);
}

function stepsOf(subject: LedgerSubject, today: LocalDate): Step[] {
  const { earnedOn, wasEarned } = subject;
  const isFirst = earnedOn !== undefined && !wasEarned;
  const documents = documentedDay(subject);
  const delivery: Step = {
    day: earlier(earnedOn ?? today, today),
    cause: 'delivery',
    target: withoutDocuments(subject),
    reason: () => `earned ${earnedOn}`,
  };
  // An invoice may go out before delivery: then there is nothing to accrue first.
  const first = isFirst && (documents === undefined || documents >= delivery.day) ? [delivery] : [];
  return [...first, lastStep(subject, today)];
}

function lastStep(subject: LedgerSubject, today: LocalDate): Step {
  const target = standing(subject);
  const invoiced = movesBetween(subject.booked, target).filter(({ stage }) => stage === 'invoiced');
  const documents = [
    ...(invoiced.some(({ side }) => side === 'sell') && subject.sold ? [subject.sold] : []),
    ...(invoiced.some(({ side }) => side === 'buy') && subject.bought ? [subject.bought] : []),
  ];
  const day = documents
    .map(({ on }) => on)
    .sort()
    .at(-1);
  if (day !== undefined) {
    const names = documents.flatMap(({ numbers }) => numbers).join(', ');
    return { day, cause: 'document', target, reason: (moves) => withChanges(`invoiced by ${names}`, moves) };
  }
  const { earnedOn } = subject;
  if (earnedOn !== undefined && subject.booked.some(({ stage }) => stage === 'expected')) {
    return {
      day: earlier(earnedOn, today),
      cause: 'delivery',
      target,
      reason: (m) => withChanges(`earned ${earnedOn}`, m),
    };
  }
  const isExpected = earnedOn === undefined && subject.booked.every(({ stage }) => stage === 'expected');
  if (isExpected && subject.booked.length === 0)
    return { day: today, cause: 'expected', target, reason: () => 'expected' };
  const words = isExpected ? 'expected anew' : 'trued up';
  const cause = isExpected ? 'expected' : 'correction';
  return { day: today, cause, target, reason: (moves) => withChanges(words, moves) };
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}

function documentedDay({ sold, bought }: LedgerSubject): LocalDate | undefined {
  return [sold, bought]
    .flatMap((side) => side?.on ?? [])
    .sort()
    .at(-1);
}

/** Where everything stands now. */
function standing(subject: LedgerSubject): LedgerPosition[] {
  const outstanding = outstandingStage(subject);
  const billed = new Set(subject.billed.map(({ code, currency }) => `${currency} ${code}`));
  const sums = new Map<string, LedgerPosition>();
  const add = (part: Pick<LedgerPosition, 'side' | 'code' | 'currency' | 'amountMinor'>, stage?: LedgerStage) => {
    if (stage !== undefined) addTo(sums, { ...subject.dimensions, ...part, stage });
  };
  for (const charge of subject.charges) {
    const { side, code, currency, state, amountMinor } = charge;
    const part = { side, code, currency, amountMinor };
    if (side === 'sell' && state === 'waived') continue;
    if (side === 'sell') add(part, state === 'invoiced' ? 'invoiced' : outstanding);
    else if (!billed.has(`${currency} ${code}`)) add(part, outstanding);
  }
  for (const { code, currency, amountMinor } of subject.billed)
    add({ side: 'buy', code, currency, amountMinor }, 'invoiced');
  return [...sums.values()];
}

/** As it was earned, whatever was invoiced since. */
function withoutDocuments(subject: LedgerSubject): LedgerPosition[] {
  const charges = subject.charges.map((charge) =>
    charge.state === 'invoiced' ? { ...charge, state: 'pending' as const } : charge,
  );
  return standing({ ...subject, charges, billed: [] });
}

function outstandingStage({ earnedOn, isTendered }: LedgerSubject): LedgerStage | undefined {
  if (earnedOn !== undefined) return 'accrued';
  return isTendered ? 'expected' : undefined;
}

/** What is to be added to come from one to the other; none of it zero. */
function movesBetween(from: readonly LedgerPosition[], to: readonly LedgerPosition[]): LedgerPosition[] {
  const sums = new Map<string, LedgerPosition>();
  for (const position of from) addTo(sums, { ...position, amountMinor: -position.amountMinor });
  for (const position of to) addTo(sums, position);
  return [...sums.values()].filter(({ amountMinor }) => amountMinor !== 0n);
}

function addTo(sums: Map<string, LedgerPosition>, position: LedgerPosition): void {
  const { side, code, currency, stage, legalEntity, customer, carrier, lane, mode } = position;
  const key = `${side}\n${code}\n${currency}\n${stage}\n${legalEntity}\n${customer}\n${carrier}\n${lane}\n${mode}`;
  const before = sums.get(key);
  const amountMinor = (before?.amountMinor ?? 0n) + position.amountMinor;
  sums.set(key, { ...position, amountMinor });
}

function entriesOf({ amountMinor, ...position }: LedgerPosition): LedgerEntry[] {
  const { debit, credit } = LEDGER_ACCOUNTS[position.side][position.stage];
  return [
    { ...position, account: debit, amountMinor },
    { ...position, account: credit, amountMinor: -amountMinor },
  ];
}

/** By how much each charge came to something else, all stages together: "buy LHL +5.00 USD". */
function withChanges(words: string, moves: readonly LedgerPosition[]): string {
  const sums = new Map<string, { readonly name: string; readonly currency: Currency; minor: bigint }>();
  for (const { side, code, currency, amountMinor } of moves) {
    const name = `${side} ${code}`;
    const sum = sums.get(`${name} ${currency}`) ?? { name, currency, minor: 0n };
    sum.minor += amountMinor;
    sums.set(`${name} ${currency}`, sum);
  }
  const changed = [...sums.values()].filter(({ minor }) => minor !== 0n);
  if (changed.length === 0) return words === 'trued up' ? 'moved: entity, customer, carrier, lane or stage' : words;
  const told = changed.map(
    ({ name, currency, minor }) => `${name} ${minor > 0n ? '+' : ''}${formatMinor(minor, currency)} ${currency}`,
  );
  return `${words === 'trued up' ? words : `${words}; trued up`}: ${told.join(', ')}`;
}
