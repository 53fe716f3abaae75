// A cash report (BAI2) as plain data. Amounts are whole numbers in the currency's minor unit, as written; codes are BAI's.

export type Bai2File = {
  readonly sender: string;
  readonly receiver: string;
  /** `YYYY-MM-DD`. */
  readonly createdOn: string;
  /** The sender's number of the file. */
  readonly fileId: string;
  readonly groups: readonly Bai2Group[];
};

export type Bai2Group = {
  /** The bank that holds the accounts. */
  readonly originator: string;
  /** 1 update, 2 deletion, 3 correction, 4 test. */
  readonly status: string;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** 1 and 3: an interim report; 2 and 4: a final one; empty: not told. */
  readonly modifier: string;
  /** ISO 4217; empty: that of the account, else US dollars. */
  readonly currency: string;
  readonly accounts: readonly Bai2Account[];
};

export type Bai2Account = {
  readonly account: string;
  readonly currency: string;
  /** By type: 010 opening ledger, 015 closing ledger, 100 credits, 400 debits, … */
  readonly summaries: ReadonlyMap<string, bigint>;
  readonly transactions: readonly Bai2Transaction[];
};

export type Bai2Transaction = {
  /** 100 to 399: a credit, 400 to 699: a debit; others move no money. */
  readonly type: string;
  readonly amountMinor: bigint;
  readonly bankReference: string;
  readonly customerReference: string;
  readonly text: string;
};

export type Bai2Read = { readonly ok: true; readonly file: Bai2File } | { readonly ok: false; readonly fault: string };
