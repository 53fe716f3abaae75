// The whole at a glance: the way through with what waits at each station, where the money is, whether the books hold, and
// the figures that say whether it gets better.
import { formatMinor } from '../model/money.ts';
import { DAY_MS, formatInstant, type Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { disputedMoney } from '../store/read/customer-disputes.ts';
import { type FlowRow, flowNow, type SystemFlow, systemsNow } from '../store/read/flow.ts';
import {
  EXCEPTION_DAYS,
  type ExceptionAges,
  exceptionAges,
  INVOICE_HOURS,
  type InvoiceAccuracy,
  type InvoiceTimes,
  invoiceAccuracy,
  invoiceTimes,
  leakageFound,
  ON_TIME_MINUTES,
  type OnTime,
  onTimeByCarrier,
} from '../store/read/indicators.ts';
import { conservationByCurrency } from '../store/read/outcome.ts';
import { owedMoney, type UnbilledMoney, unbilledMoney } from '../store/read/unbilled.ts';
import { type Partners, withCarrierName } from './partner-names.ts';

export type MoneyStrip = {
  readonly currency: string;
  /** Of the sell side: not due, and due but on no posted document. */
  readonly expected: string;
  readonly pending: string;
  readonly invoiced: string;
  readonly disputed: string;
  readonly waived: string;
  /** Delivered and on no posted document, and what of it is held. */
  readonly unbilled: string;
  readonly held: string;
  readonly receivables: string;
  readonly overdue: string;
  /** What customers object to and nobody has answered for good. */
  readonly inDispute: string;
  /** Charges in no state: anything but zero is a fault. */
  readonly difference: string;
};

export type UnbilledReason = Omit<UnbilledMoney, 'amountMinor'> & { readonly amount: string };

export type Overview = {
  readonly at: string;
  readonly flow: FlowRow;
  readonly systems: readonly SystemFlow[];
  readonly money: readonly MoneyStrip[];
  /** Delivered and on no posted document, by what it waits for. */
  readonly unbilled: readonly UnbilledReason[];
  readonly holds: boolean;
  readonly indicators: {
    readonly sinceDays: number;
    readonly invoiceHours: readonly number[];
    readonly invoiceTimes: InvoiceTimes;
    readonly exceptionDays: readonly number[];
    readonly exceptionAges: readonly ExceptionAges[];
    readonly accuracy: InvoiceAccuracy;
    readonly onTimeMinutes: number;
    readonly onTime: readonly (OnTime & { readonly carrierName?: string })[];
    readonly leakage: readonly { readonly currency: string; readonly found: string; readonly recovered: string }[];
  };
};

const WINDOW_DAYS = 30;
const MOST_CARRIERS = 12;

export async function overviewOf(store: Store, now: Instant, rules: Partners): Promise<Overview> {
  const { tenant } = store;
  const unbilled = await unbilledMoney(store, tenant);
  const [money, flow, systems, indicators] = await Promise.all([
    moneyStrips(store, now, unbilled),
    flowNow(store, tenant, now),
    systemsNow(store, tenant, now),
    indicatorsSince(store, now - WINDOW_DAYS * DAY_MS, now),
  ]);
  return {
    at: formatInstant(now),
    flow,
    systems,
    money,
    unbilled: unbilled.map(({ amountMinor, ...row }) => ({ ...row, amount: formatMinor(amountMinor, row.currency) })),
    holds: money.every(({ difference }) => /^0(\.0+)?$/.test(difference)),
    indicators: { ...indicators, onTime: indicators.onTime.map((each) => withCarrierName(rules, each)) },
  };
}

async function indicatorsSince(store: Store, since: Instant, now: Instant): Promise<Overview['indicators']> {
  const { tenant } = store;
  const [times, ages, accuracy, onTime, leakage] = await Promise.all([
    invoiceTimes(store, tenant, since),
    exceptionAges(store, tenant, now),
    invoiceAccuracy(store, tenant, since),
    onTimeByCarrier(store, tenant, since, MOST_CARRIERS),
    leakageFound(store, tenant),
  ]);
  return {
    sinceDays: WINDOW_DAYS,
    invoiceHours: INVOICE_HOURS,
    invoiceTimes: times,
    exceptionDays: EXCEPTION_DAYS,
    exceptionAges: ages,
    accuracy,
    onTimeMinutes: ON_TIME_MINUTES,
    onTime,
    leakage: leakage.map(({ currency, foundMinor, recoveredMinor }) => ({
      currency,
      found: formatMinor(foundMinor, currency),
      recovered: formatMinor(recoveredMinor, currency),
    })),
  };
}

async function moneyStrips(store: Store, now: Instant, unbilled: readonly UnbilledMoney[]): Promise<MoneyStrip[]> {
  const { tenant } = store;
  const owed = await owedMoney(store, tenant, formatInstant(now).slice(0, 10));
  const [books, disputes] = await Promise.all([conservationByCurrency(store, tenant), disputedMoney(store, tenant)]);
  const currencies = new Set([...books, ...owed].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const money = (amountMinor: bigint) => formatMinor(amountMinor, currency);
    const book = books.find((each) => each.currency === currency) ?? NO_CHARGES;
    const { totalMinor, expectedMinor, pendingMinor, invoicedMinor, disputedMinor, waivedMinor } = book;
    const open = owed.find((each) => each.currency === currency);
    const ofIt = unbilled.filter((each) => each.currency === currency);
    const held = ofIt.filter(({ billing }) => billing === 'held');
    return {
      currency,
      expected: money(expectedMinor),
      pending: money(pendingMinor),
      invoiced: money(invoicedMinor),
      disputed: money(disputedMinor),
      waived: money(waivedMinor),
      unbilled: money(sumOf(ofIt)),
      held: money(sumOf(held)),
      receivables: money(open?.open ?? 0n),
      overdue: money(open?.overdue ?? 0n),
      inDispute: money(disputes.find((each) => each.currency === currency)?.openMinor ?? 0n),
      difference: money(totalMinor - expectedMinor - pendingMinor - invoicedMinor - disputedMinor - waivedMinor),
    };
  });
}

const NO_CHARGES = {
  totalMinor: 0n,
  expectedMinor: 0n,
  pendingMinor: 0n,
  invoicedMinor: 0n,
  disputedMinor: 0n,
  waivedMinor: 0n,
};

function sumOf(unbilled: readonly UnbilledMoney[]): bigint {
  return unbilled.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
