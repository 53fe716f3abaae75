// What a bill cost, as part of the value of the goods.
import type { Refusal, TroubleScope } from './trouble.ts';

/** What a bill cost, for a system that adds such costs to the value of the goods that they brought here. */
export type BillCosts = {
  /** Key of the bill or vendor credit. */
  readonly key: string;
  readonly lines: readonly {
    readonly shipment: string;
    /** As on the bill; says which of its lines it is. */
    readonly description: string;
    /** The shipment's own name and its references: by one of them the system may know the receipt. */
    readonly names: readonly string[];
  }[];
};

/**
 * `landed` also where it had been before. `none`: there is nothing to do. `person`: only a person can do it. `waits`: for a receipt
 * that may never come (goods that went out have none), for the end of one that is there, or for a person to post the bill.
 */
export type LandedResult = { readonly key: string } & (
  | { readonly outcome: 'landed' }
  | { readonly outcome: 'none' | 'person'; readonly reason: string }
  | { readonly outcome: 'waits'; readonly for: 'receipt' | 'end-of-receipt' | 'posting'; readonly reason: string }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'retry'; readonly scope: TroubleScope; readonly reason: string; readonly afterMs?: number }
);
