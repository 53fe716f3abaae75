// A conversion from one currency into another, with the rate that it was made by.

import type { Currency } from './money.ts';
import type { LocalDate } from './time.ts';

/** The rate as the table has it; `isInverse`: it is of the pair the other way round, and was divided by. */
export type RateUsed = {
  readonly from: Currency;
  readonly to: Currency;
  readonly rate: string;
  readonly effective: LocalDate;
  readonly version?: number;
  readonly isInverse?: true;
};

/** What a shipment leaves: revenue less cost, before tax, minor units of one currency. */
export type Margin = {
  readonly currency: Currency;
  readonly revenueMinor: bigint;
  readonly costMinor: bigint;
  readonly marginMinor: bigint;
  /** One for each currency that was converted. */
  readonly rates: readonly RateUsed[];
  /** The arithmetic in words, a step a line. */
  readonly derivation: () => readonly string[];
};
