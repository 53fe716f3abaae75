// Payments, registered on their invoices there.

/** What a customer paid on one invoice, to be registered on it there or, when it is not so any more, undone. */
export type PaymentAct = {
  readonly act: 'register' | 'undo';
  /** Permanent, of this part of the payment. */
  readonly key: string;
  /** Key of the invoice that it settles, wholly or in part. */
  readonly invoice: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** `YYYY-MM-DD`. */
  readonly receivedOn: string;
  /** Code of the journal it is booked in. */
  readonly journal: string;
  /** For people: the payment's own number and who paid. */
  readonly reference: string;
  /** What other payments of this invoice were confirmed as: those are spoken for. */
  readonly others: readonly string[];
  /** Was it confirmed once? To undo what never was, nothing is done. */
  readonly wasConfirmed: boolean;
};
