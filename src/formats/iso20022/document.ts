// Bank statements (camt.053), account reports (camt.052) and debit and credit notifications (camt.054) as plain data.
//
// Texts are as written, without the blanks around them: what a reference or a code means is said elsewhere. The names of
// the elements stand in brackets. Source: ISO 20022 Message Definition Reports, Bank-to-Customer Cash Management.

export type BankMessageKind = 'camt.052' | 'camt.053' | 'camt.054';

export type BankFile = {
  readonly kind: BankMessageKind;
  /** Of the message definition, such as `"08"`. */
  readonly version: string;
  readonly messageId: string;
  /** RFC 3339, with or without an offset, as written (CreDtTm). */
  readonly createdAt: string;
  /** Statements that were read, and those that cannot be, in order. */
  readonly statements: readonly ReadStatement[];
};

export type ReadStatement =
  | { readonly ok: true; readonly statement: BankStatement }
  /** `id` is empty where there is none. */
  | { readonly ok: false; readonly id: string; readonly faults: readonly string[] };

export type BankStatement = {
  /** Of the statement, report or notification (Id). */
  readonly id: string;
  /** IBAN, or the bank's own number; empty where there is none. */
  readonly account: string;
  readonly balances: readonly Balance[];
  readonly entries: readonly BankEntry[];
};

/** An unsigned decimal in major units and its ISO 4217 code. */
export type BankAmount = { readonly amount: string; readonly currency: string };
export type Direction = 'credit' | 'debit';

export type Balance = BankAmount & {
  /** Such as `OPBD` opening booked, `CLBD` closing booked, `PRCD` previous closing, `ITBD` interim (Tp). */
  readonly type: string;
  readonly direction: Direction;
};

export type BankEntry = BankAmount & {
  readonly direction: Direction;
  /** It takes back an earlier entry of the other direction (RvslInd). */
  readonly isReversal: boolean;
  /** `BOOK`, `PDNG` or `INFO` (Sts). */
  readonly status: string;
  /** `YYYY-MM-DD` (BookgDt); empty where there is none. */
  readonly bookedOn: string;
  /** `YYYY-MM-DD` (ValDt). */
  readonly valueOn: string;
  /** The bank's reference (AcctSvcrRef); empty where there is none. */
  readonly reference: string;
  /** Of the bank transaction code, such as `PMNT` payments (BkTxCd/Domn/Cd). */
  readonly domain: string;
  /** What the bank writes beside it (AddtlNtryInf). */
  readonly note: string;
  /** The payments inside (TxDtls); a batch has several, an entry that is not told in detail none. */
  readonly transactions: readonly BankTransaction[];
};

export type BankTransaction = {
  /** The bank's own reference (Refs/AcctSvcrRef). */
  readonly reference: string;
  /** The payer's (Refs/EndToEndId). */
  readonly endToEndId: string;
  /** Further numbers: instruction, transaction, clearing, UETR. */
  readonly otherIds: readonly string[];
  /** `undefined`: that of the entry. */
  readonly amount?: BankAmount;
  /** It is a payment that came back, with the reason (RtrInf). */
  readonly isReturn: boolean;
  /** Who paid, and for whom it was paid (Dbtr, UltmtDbtr), as far as told. */
  readonly payers: readonly BankParty[];
  readonly unstructured: readonly string[];
  readonly structured: readonly StructuredRemittance[];
};

export type BankParty = {
  readonly name: string;
  /** Of its organisation, and of the account it paid from. */
  readonly ids: readonly string[];
};

export type StructuredRemittance = {
  /** Numbers of the documents paid (RfrdDocInf/Nb). */
  readonly documents: readonly string[];
  /** What the creditor asked to be quoted (CdtrRefInf/Ref). */
  readonly creditorReference: string;
  /** How much of the payment it is for (RmtdAmt). */
  readonly remitted?: BankAmount;
  readonly notes: readonly string[];
};
