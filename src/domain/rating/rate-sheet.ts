// The sheet on which the charges of one side are gathered: each amount rounded by itself, those of one code added.

import type { Decimal } from '../../model/decimal.ts';
import type { RatedCharge, Side } from '../../model/decision.ts';
import { type Currency, formatMinor, toMinor } from '../../model/money.ts';
import type { Versioned } from '../../model/rules.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import type { Derivation } from './derivation.ts';

export type Entry = {
  readonly code: string;
  /** Before rounding, in major units. */
  readonly amount: Decimal;
  readonly derivation: Derivation;
  /** Ids of the facts it rests on. */
  readonly facts: readonly string[];
  readonly lane?: string;
};

/** With its amount rounded to the currency's minor unit. */
export type Rounded = Entry & { readonly amountMinor: bigint };

export class RateSheet {
  readonly #side: Side;
  readonly #agreement: Versioned<Agreement>;
  readonly #entries: Rounded[] = [];

  constructor(side: Side, agreement: Versioned<Agreement>) {
    this.#side = side;
    this.#agreement = agreement;
  }

  add(entry: Entry): void {
    this.#entries.push({ ...entry, amountMinor: roundedMinor(entry.amount, this.#agreement.content) });
  }

  addRounded(entry: Rounded): void {
    this.#entries.push(entry);
  }

  /** Ascending by code. A zero charge is not kept. */
  charges(): RatedCharge[] {
    const byCode = new Map<string, Rounded[]>();
    for (const entry of this.#entries) {
      const known = byCode.get(entry.code);
      if (known === undefined) byCode.set(entry.code, [entry]);
      else known.push(entry);
    }
    return [...byCode.values()]
      .map((entries) => this.#chargeOf(entries))
      .filter(({ amountMinor }) => amountMinor !== 0n)
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  #chargeOf(entries: readonly Rounded[]): RatedCharge {
    const { id, currency } = this.#agreement.content;
    const [{ code, amountMinor, lane, facts }, ...more] = entries as [Rounded, ...Rounded[]];
    return {
      side: this.#side,
      code,
      currency,
      amountMinor: more.reduce((sum, entry) => sum + entry.amountMinor, amountMinor),
      agreement: { id, version: this.#agreement.version },
      taxCategory: 'freight',
      lane: more.reduce((known, entry) => known ?? entry.lane, lane),
      derivation: () => entries.flatMap((entry) => [...entry.derivation(), inWords(entry.amountMinor, currency)]),
      facts: more.length === 0 ? facts : entries.flatMap((entry) => entry.facts),
    };
  }
}

/** By the agreement's rule, in minor units of its currency. */
export function roundedMinor(amount: Decimal, { currency, rounding = 'half-up' }: Agreement): bigint {
  return toMinor(amount, currency, rounding);
}

function inWords(amountMinor: bigint, currency: Currency): string {
  return `rounded ${formatMinor(amountMinor, currency)} ${currency}`;
}
