// What a carrier's invoice was found to be (contract section 3, "Carrier invoices").

export const CARRIER_VERDICTS = ['approved', 'disputed', 'duplicate', 'unmatched'] as const;
export type CarrierVerdict = (typeof CARRIER_VERDICTS)[number];

/** What an invoice bills of one shipment and code, in all, beside what is expected. */
export type ComparedLine = {
  readonly shipment: string;
  readonly code: string;
  readonly billedMinor: bigint;
  readonly expectedMinor: bigint;
  readonly isWithinTolerance: boolean;
};
