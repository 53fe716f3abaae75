// Duty and customs lines that a carrier or customs agent billed of a shipment: costs on the goods, at what they came to.

import type { Currency } from './money.ts';
import type { Instant } from './time.ts';

export type LandedLine = {
  /** Who billed it, and under which number. */
  readonly carrier: string;
  readonly invoice: string;
  readonly code: string;
  readonly currency: Currency;
  /** Minor units as decimal text; below zero where it was given back. */
  readonly amountMinor: string;
  readonly arrivedAt: Instant;
};
