// What is billed of freight that came back (`policies.json`, `onReturn`).
//
// A refusal is no end: the freight is delivered again or comes back, and until then it is billed as any other. Once it is back
// (status `returned`) no trigger will be reached any more, so the return itself makes it due.

import type { RatedCharge } from '../../model/decision.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Picture } from '../shipment/picture.ts';

/** The customer's rule, where it applies now; `undefined`: billed as any other. */
export function onReturnOf({ status, policy }: Pick<Picture, 'status' | 'policy'>): BillingPolicy['onReturn'] {
  return status === 'returned' ? policy.onReturn : undefined;
}

/** Goods that nobody has said to be back are not billed because their truck is: they wait for the trigger, or `goods.returned`. */
export function isDueByReturn(picture: Pick<Picture, 'status' | 'policy'>, charged: readonly RatedCharge[]): boolean {
  return onReturnOf(picture) !== undefined && charged.every(({ order }) => order === undefined);
}
