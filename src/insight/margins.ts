// What is left of each shipment, lane, customer or carrier: revenue less cost, at any time from the tender on.
//
// Currencies are never mixed in silence. A shipment's amounts are brought into one currency by the rates kept for it, and the
// line says so; without a rate each currency has a line of its own, and each of these says that there are others.

import { converted } from '../domain/exchange/convert.ts';
import { type Currency, formatMinor } from '../model/money.ts';
import type { LocalDate } from '../model/time.ts';
import type { Queryable } from '../store/database.ts';
import { type HeldAmounts, heldAmounts, type MarginCut, type MarginFilter } from '../store/read/margins.ts';

export type MarginLine = {
  by: MarginCut;
  /** The shipment, lane, customer or carrier; empty where it is not known. */
  of: string;
  legalEntity: string;
  currency: Currency;
  revenue: string;
  cost: string;
  margin: string;
  /** Of the revenue; not there without any. One decimal. */
  marginPercent?: string;
  /** Of that, what is delivered: accrued or invoiced. */
  earned: { revenue: string; cost: string; margin: string };
  /** Pairs that were converted, such as `CAD/USD`, each by the rates of its shipments. */
  converted: string[];
  /** It has lines in other currencies as well: this one is not the whole of it. */
  isPart: boolean;
};

type Sums = Pick<HeldAmounts, 'revenueMinor' | 'costMinor' | 'earnedRevenueMinor' | 'earnedCostMinor'>;
type Line = Pick<HeldAmounts, 'of' | 'legalEntity' | 'currency'> & { sums: Sums; pairs: Set<string> };

export async function marginsOf(
  client: Queryable,
  tenant: string,
  filter: MarginFilter,
  page: { readonly limit: number; readonly after?: string },
): Promise<MarginLine[]> {
  return marginLines(filter.by, await heldAmounts(client, tenant, filter, page));
}

export function marginLines(by: MarginCut, amounts: readonly HeldAmounts[]): MarginLine[] {
  const lines = new Map<string, Line>();
  for (const held of amounts) {
    const { of, legalEntity, currency, sums, pair } = inOneCurrency(held);
    const key = JSON.stringify([of, legalEntity, currency]);
    const line = lines.get(key) ?? { of, legalEntity, currency, sums: NOTHING, pairs: new Set<string>() };
    if (pair !== undefined) line.pairs.add(pair);
    lines.set(key, { ...line, sums: added(line.sums, sums) });
  }
  const some = [...lines.values()].filter(({ sums }) => Object.values(sums).some((minor) => minor !== 0n));
  const currencies = Map.groupBy(some, ({ of, legalEntity }) => JSON.stringify([of, legalEntity]));
  return some.map((line) => {
    const others = currencies.get(JSON.stringify([line.of, line.legalEntity])) ?? [];
    return lineFrom(by, line, others.length > 1);
  });
}

const NOTHING: Sums = { revenueMinor: 0n, costMinor: 0n, earnedRevenueMinor: 0n, earnedCostMinor: 0n };

function added(one: Sums, other: Sums): Sums {
  return {
    revenueMinor: one.revenueMinor + other.revenueMinor,
    costMinor: one.costMinor + other.costMinor,
    earnedRevenueMinor: one.earnedRevenueMinor + other.earnedRevenueMinor,
    earnedCostMinor: one.earnedCostMinor + other.earnedCostMinor,
  };
}

function inOneCurrency(held: HeldAmounts) {
  const { of, legalEntity, currency, rates } = held;
  const used = rates.find(({ from }) => from === currency);
  if (used === undefined) return { of, legalEntity, currency, sums: held };
  const sums: Sums = {
    revenueMinor: converted(held.revenueMinor, used),
    costMinor: converted(held.costMinor, used),
    earnedRevenueMinor: converted(held.earnedRevenueMinor, used),
    earnedCostMinor: converted(held.earnedCostMinor, used),
  };
  return { of, legalEntity, currency: used.to, sums, pair: `${used.from}/${used.to}` };
}

function lineFrom(by: MarginCut, { of, legalEntity, currency, sums, pairs }: Line, isPart: boolean): MarginLine {
  const money = (minor: bigint) => formatMinor(minor, currency);
  const { revenueMinor, costMinor, earnedRevenueMinor, earnedCostMinor } = sums;
  const marginMinor = revenueMinor - costMinor;
  return {
    by,
    of,
    legalEntity,
    currency,
    revenue: money(revenueMinor),
    cost: money(costMinor),
    margin: money(marginMinor),
    ...(revenueMinor > 0n && !isPart ? { marginPercent: percentOf(marginMinor, revenueMinor) } : {}),
    earned: {
      revenue: money(earnedRevenueMinor),
      cost: money(earnedCostMinor),
      margin: money(earnedRevenueMinor - earnedCostMinor),
    },
    converted: [...pairs].sort(),
    isPart,
  };
}

/** Half away from zero, one decimal. */
function percentOf(partMinor: bigint, wholeMinor: bigint): string {
  const sign = partMinor < 0n ? -1n : 1n;
  const tenths = (2_000n * sign * partMinor + wholeMinor) / (2n * wholeMinor);
  return `${sign < 0n && tenths > 0n ? '-' : ''}${tenths / 10n}.${tenths % 10n}`;
}

/** `2026-05` → its first day. */
export function firstDayOf(month: string | undefined): LocalDate | undefined {
  return month === undefined ? undefined : `${month}-01`;
}
