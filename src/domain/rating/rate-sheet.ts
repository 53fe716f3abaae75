// The sheet on which the charges of one side are gathered: each amount rounded by itself, those of one code added.

import type { Decimal } from '../../model/decimal.ts';
import type { RatedCharge, Side } from '../../model/decision.ts';
import { formatMinor, toMajor, toMinor } from '../../model/money.ts';
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

type Rounded = Entry & { readonly amountMinor: bigint };

export class RateSheet {
  readonly #side: Side;
  readonly #agreement: Versioned<Agreement>;
  readonly #entries: Rounded[] = [];

  constructor(side: Side, agreement: Versioned<Agreement>) {
    this.#side = side;
    this.#agreement = agreement;
  }

  /** Returns the rounded amount, in major units. */
  add(entry: Entry): Decimal {
    const { currency, rounding = 'half-up' } = this.#agreement.content;
    const amountMinor = toMinor(entry.amount, currency, rounding);
    this.#entries.push({ ...entry, amountMinor });
    return toMajor(amountMinor, currency);
  }

  /** Ascending by code. A zero charge is not kept. */
  charges(): RatedCharge[] {
    const codes = [...new Set(this.#entries.map(({ code }) => code))].sort();
    return codes
      .map((code) => this.#chargeOf(this.#entries.filter((entry) => entry.code === code)))
      .filter(({ amountMinor }) => amountMinor !== 0n);
  }

  #chargeOf(entries: readonly Rounded[]): RatedCharge {
    const { id, currency } = this.#agreement.content;
    const [first] = entries as readonly [Rounded, ...Rounded[]];
    return {
      side: this.#side,
      code: first.code,
      currency,
      amountMinor: entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      agreement: { id, version: this.#agreement.version },
      lane: entries.find(({ lane }) => lane !== undefined)?.lane,
      derivation: () =>
        entries.flatMap(({ derivation, amountMinor }) => [
          ...derivation(),
          `rounded ${formatMinor(amountMinor, currency)} ${currency}`,
        ]),
      facts: entries.flatMap(({ facts }) => facts),
    };
  }
}
