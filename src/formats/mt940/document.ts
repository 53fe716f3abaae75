// A customer statement (MT940) as plain data. The tags of the fields stand in brackets.

export type Mt940Statement = {
  /** The bank's name of the statement (20). */
  readonly reference: string;
  /** Account, as the bank writes it (25). */
  readonly account: string;
  /** Statement and page number (28C); empty where there is none. */
  readonly sequence: string;
  readonly opening: Mt940Balance;
  readonly closing: Mt940Balance;
  readonly lines: readonly Mt940Line[];
};

export type Mt940Direction = 'credit' | 'debit';

export type Mt940Balance = {
  /** A page in the middle of a statement opens and closes with interim balances (60M, 62M). */
  readonly isInterim: boolean;
  readonly direction: Mt940Direction;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Unsigned decimal in major units. */
  readonly amount: string;
};

export type Mt940Line = {
  /** Unsigned decimal in major units, in the currency of the balances. */
  readonly amount: string;
  /** Which way the money went: the reversal of a credit is a debit. */
  readonly direction: Mt940Direction;
  readonly isReversal: boolean;
  /** Announced, not booked (EC, ED). */
  readonly isExpected: boolean;
  /** `YYYY-MM-DD`; empty where it is no day. */
  readonly valueOn: string;
  /** `YYYY-MM-DD`; empty where it is not told. */
  readonly bookedOn: string;
  /** Such as `NTRF` transfer, `NINT` interest, `NRTI` returned item. */
  readonly type: string;
  /** The owner's; `NONREF` is given as empty. */
  readonly reference: string;
  /** The bank's (after `//`). */
  readonly bankReference: string;
  /** Supplementary details on the line after. */
  readonly details: string;
  readonly information: Mt940Information;
};

/** What the bank wrote about a line (86). */
export type Mt940Information = {
  /** The German banks' business transaction code, such as `166`; empty where there is none. */
  readonly code: string;
  /** What the payer wrote, without marks; the whole field where it has no structure that we know. */
  readonly text: string;
  /** The payer's end-to-end reference; empty where there is none. */
  readonly endToEndId: string;
  readonly counterpartName: string;
  /** IBAN or account number. */
  readonly counterpartAccount: string;
};

export type ReadMt940 =
  | { readonly ok: true; readonly statement: Mt940Statement }
  /** `reference` is empty where there is none. */
  | { readonly ok: false; readonly reference: string; readonly faults: readonly string[] };
