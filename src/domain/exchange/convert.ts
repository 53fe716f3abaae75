// Money of one currency in another, by the table of rates (`exchange.json`).
//
// The rate of a pair is that of its latest entry on or before the day. Where the table has only the other direction, its rate divides.
// Nothing is crossed through a third currency, and where there is no rate there is no amount: never a guess.

import { decimal } from '../../model/decimal.ts';
import type { RateUsed } from '../../model/exchange.ts';
import { type Currency, formatMinor, toMajor, toMinor } from '../../model/money.ts';
import type { ExchangeRate, RuleBook } from '../../model/rules.ts';
import type { LocalDate } from '../../model/time.ts';
import { exchangeKey } from '../rules.ts';

/** `undefined`: no entry of the pair, in either direction, on or before the day. */
export function rateOn(
  { exchange }: Pick<RuleBook, 'exchange'>,
  from: Currency,
  to: Currency,
  date: LocalDate,
): RateUsed | undefined {
  const direct = latest(exchange?.get(exchangeKey({ from, to })), date);
  if (direct !== undefined) return { from, to, ...usedOf(direct) };
  const other = latest(exchange?.get(exchangeKey({ from: to, to: from })), date);
  return other === undefined ? undefined : { from, to, ...usedOf(other), isInverse: true };
}

function latest(ascending: readonly ExchangeRate[] | undefined, date: LocalDate): ExchangeRate | undefined {
  return ascending?.findLast(({ effective }) => effective <= date);
}

function usedOf({ rate, effective, version }: ExchangeRate): Pick<RateUsed, 'rate' | 'effective' | 'version'> {
  return { rate, effective, ...(version === undefined ? {} : { version }) };
}

/** Rounded once, half-up, to the minor unit of the target currency. */
export function converted(amountMinor: bigint, { from, to, rate, isInverse }: RateUsed): bigint {
  const amount = toMajor(amountMinor, from);
  return toMinor(isInverse ? amount.div(decimal(rate)) : amount.times(rate), to, 'half-up');
}

/** "1200.00 CAD × 0.7351 (CAD to USD of 2026-03-02) = 882.12 USD" */
export function conversionInWords(amountMinor: bigint, used: RateUsed): string {
  const { from, to, rate, effective, isInverse } = used;
  const pair = isInverse ? `÷ ${rate} (${to} to ${from}` : `× ${rate} (${from} to ${to}`;
  const result = formatMinor(converted(amountMinor, used), to);
  return `${formatMinor(amountMinor, from)} ${from} ${pair} of ${effective}) = ${result} ${to}`;
}
