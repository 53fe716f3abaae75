// What a dispute is about, and what is paid once it is settled.
//
// Only what was billed too high is disputed. Accepted by the carrier, or simply paid short, the bill goes on without it;
// written off, it goes on as it came.

import { type DisputeMove, type DisputeState, isUnsettled, type PayableLine } from '../../model/carrier-dispute.ts';
import type { ComparedLine } from '../../model/carrier-invoice.ts';
import { allocate } from '../../model/money.ts';

/** Minor units billed above what is expected, of the lines out of tolerance; never negative. */
export function disputedMinor(compared: readonly ComparedLine[]): bigint {
  return compared.reduce((sum, line) => sum + excessOf(line), 0n);
}

export type DisputeAsIs = {
  readonly state: DisputeState;
  readonly compared: readonly ComparedLine[];
  /** The bill is in the ERP in full, or on its way there: what was too much can only come back. */
  readonly hasBill: boolean;
};

export type Settlement =
  | {
      readonly ok: true;
      readonly recoveredMinor: bigint;
      /** What is paid now; `undefined`: nothing new is (it was sent, or is paid already). */
      readonly payable?: readonly PayableLine[];
    }
  | { readonly ok: false; readonly kind: 'settled' | 'paid-in-full' | 'amount'; readonly detail: string };

/** `recoveredMinor`: how much of it the carrier gives up, where that is not all. */
export function settle(dispute: DisputeAsIs, to: DisputeMove, recoveredMinor?: bigint): Settlement {
  const { state, compared, hasBill } = dispute;
  if (!isUnsettled(state)) {
    return { ok: false, kind: 'settled', detail: `it is ${state}, and stays so` };
  }
  if (recoveredMinor !== undefined && to !== 'accepted') {
    return { ok: false, kind: 'amount', detail: 'an amount is given only where the carrier accepts a part' };
  }
  if (to === 'sent') return { ok: true, recoveredMinor: 0n };
  const all = disputedMinor(compared);
  if (to === 'written-off') {
    return { ok: true, recoveredMinor: 0n, ...(hasBill ? {} : { payable: reduced(compared, 0n) }) };
  }
  if (to === 'short-paid' && hasBill) {
    const detail = 'its bill is in the ERP in full; when the carrier credits it, say accepted, else written-off';
    return { ok: false, kind: 'paid-in-full', detail };
  }
  const recovered = recoveredMinor ?? all;
  if (recovered < 0n || recovered > all) {
    return { ok: false, kind: 'amount', detail: 'more than is disputed, or less than nothing, cannot come back' };
  }
  return { ok: true, recoveredMinor: recovered, ...(hasBill ? {} : { payable: reduced(compared, recovered) }) };
}

function excessOf({ billedMinor, expectedMinor, isWithinTolerance }: ComparedLine): bigint {
  return isWithinTolerance || billedMinor <= expectedMinor ? 0n : billedMinor - expectedMinor;
}

// Spread over what is too high, in proportion.
function reduced(compared: readonly ComparedLine[], byMinor: bigint): PayableLine[] {
  const excesses = compared.map(excessOf);
  const parts = byMinor === 0n ? excesses.map(() => 0n) : allocate(byMinor, excesses);
  return compared.flatMap(({ shipment, code, billedMinor }, index) => {
    const amountMinor = billedMinor - (parts[index] ?? 0n);
    return amountMinor === 0n ? [] : [{ shipment, code, amountMinor }];
  });
}
