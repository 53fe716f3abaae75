// The heart of the house: what should be, from what was said. Pure: no I/O, no clock, no randomness.

import type { Decision, ShipmentInput } from '../model/decision.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Instant } from '../model/time.ts';

export type DecideOptions = {
  /** An approver releases what waits in `adjustment-approval` now. */
  readonly approve?: boolean;
};

/** `undefined` while no plan of the shipment was heard: then its facts are only kept. */
export function decide(
  _input: ShipmentInput,
  _rules: RuleBook,
  _now: Instant,
  _options: DecideOptions = {},
): Decision | undefined {
  throw new Error('being written');
}
