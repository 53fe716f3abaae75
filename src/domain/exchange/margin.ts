// What a shipment leaves: its sell charges less its buy charges, in one currency.
//
// That is the currency of its legal entity's books, else the one that it is sold in. Each side's amounts of one currency are
// added and then converted once, at the rate of the rating date. The rates that were used are kept with the decision, and hold from
// its first document on: a rate that is corrected later changes no margin that was earned.

import type { RatedCharge, Side } from '../../model/decision.ts';
import type { OpenException } from '../../model/exception.ts';
import type { Margin, RateUsed } from '../../model/exchange.ts';
import { type Currency, formatMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { LocalDate } from '../../model/time.ts';
import { conversionInWords, converted, rateOn } from './convert.ts';

export type MarginQuestion = {
  readonly charges: readonly RatedCharge[];
  readonly legalEntity: string | undefined;
  /** The rating date. */
  readonly date: LocalDate | undefined;
  readonly rules: RuleBook;
  /** Rates of its earlier decision that hold on. */
  readonly kept?: readonly RateUsed[] | undefined;
};

export type MarginAnswer =
  | { readonly kind: 'margin'; readonly margin: Margin }
  /** Pairs without a rate. `isExpected`: the setup says that there should be one. */
  | { readonly kind: 'rate-missing'; readonly pairs: readonly string[]; readonly isExpected: boolean }
  /** Nothing is charged on either side, nothing has a date, or several currencies are sold in and none is the books'. */
  | { readonly kind: 'none' };

const NONE: MarginAnswer = { kind: 'none' };

/** Whether several currencies meet in it; where not, nothing need be converted. */
export function needsExchange(
  charges: readonly RatedCharge[],
  legalEntity: string | undefined,
  rules: RuleBook,
): boolean {
  const [first] = charges;
  if (first === undefined) return false;
  const target = booksCurrency(legalEntity, rules) ?? first.currency;
  return charges.some(({ currency }) => currency !== target);
}

export function marginOf(question: MarginQuestion): MarginAnswer {
  const { charges, legalEntity, rules } = question;
  const currency = booksCurrency(legalEntity, rules) ?? soldIn(charges);
  if (currency === undefined) return NONE;
  const rates = new Map<Currency, RateUsed>();
  const missing: string[] = [];
  for (const from of new Set(charges.map((charge) => charge.currency))) {
    if (from === currency) continue;
    const rate = rateFor(question, from, currency);
    if (rate === undefined) missing.push(`${from} to ${currency}`);
    else rates.set(from, rate);
  }
  if (missing.length > 0 && question.date === undefined) return NONE;
  if (missing.length > 0) {
    const isExpected = rules.exchange !== undefined || booksCurrency(legalEntity, rules) !== undefined;
    return { kind: 'rate-missing', pairs: missing.sort(), isExpected };
  }
  return { kind: 'margin', margin: marginIn(currency, charges, rates) };
}

function booksCurrency(legalEntity: string | undefined, { entities }: RuleBook): Currency | undefined {
  return legalEntity === undefined ? undefined : entities.get(legalEntity)?.currency;
}

function soldIn(charges: readonly RatedCharge[]): Currency | undefined {
  const currencies = new Set(charges.filter(({ side }) => side === 'sell').map(({ currency }) => currency));
  const [only] = currencies;
  return currencies.size === 1 ? only : undefined;
}

function rateFor({ kept, date, rules }: MarginQuestion, from: Currency, to: Currency): RateUsed | undefined {
  const known = kept?.find((rate) => rate.from === from && rate.to === to);
  return known ?? (date === undefined ? undefined : rateOn(rules, from, to, date));
}

function marginIn(currency: Currency, charges: readonly RatedCharge[], rates: ReadonlyMap<Currency, RateUsed>): Margin {
  const sides = (['sell', 'buy'] as const).map((side) => sideIn(side, currency, charges, rates));
  const [revenueMinor = 0n, costMinor = 0n] = sides.map(({ minor }) => minor);
  const words = (minor: bigint) => `${formatMinor(minor, currency)} ${currency}`;
  const marginMinor = revenueMinor - costMinor;
  return {
    currency,
    revenueMinor,
    costMinor,
    marginMinor,
    rates: [...rates.values()],
    derivation: () => [
      ...sides.flatMap(({ steps }) => steps()),
      `revenue ${words(revenueMinor)} − cost ${words(costMinor)} = margin ${words(marginMinor)}`,
    ],
  };
}

function sideIn(
  side: Side,
  currency: Currency,
  charges: readonly RatedCharge[],
  rates: ReadonlyMap<Currency, RateUsed>,
) {
  const sums = new Map<Currency, bigint>();
  for (const charge of charges) {
    if (charge.side === side) sums.set(charge.currency, (sums.get(charge.currency) ?? 0n) + charge.amountMinor);
  }
  const parts = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, minor]) => ({ minor, rate: rates.get(from) }));
  const name = side === 'sell' ? 'revenue' : 'cost';
  return {
    minor: parts.reduce((sum, { minor, rate }) => sum + (rate === undefined ? minor : converted(minor, rate)), 0n),
    steps: () =>
      parts.map(({ minor, rate }) =>
        rate === undefined
          ? `${name}: ${formatMinor(minor, currency)} ${currency}`
          : `${name}: ${conversionInWords(minor, rate)}`,
      ),
  };
}

/** Invoices do not wait for it. */
export function rateMissing(shipment: string, pairs: readonly string[], date: LocalDate): OpenException {
  return {
    kind: 'exchange-rate-missing',
    subject: shipment,
    detail: `No rate ${pairs.join(', ')} on or before ${date}, so the margin is not known. Add one to exchange.json.`,
  };
}
