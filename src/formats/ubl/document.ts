// UBL 2.1 invoices and credit notes as plain data: what they bill, by whom, and which numbers they name.
//
// Texts are as written, without the blanks around them; the names of the elements stand in brackets. Source: OASIS UBL 2.1
// (Invoice, CreditNote, FreightInvoice), which Peppol BIS Billing 3 narrows to EN 16931.

export type UblKind = 'Invoice' | 'CreditNote' | 'FreightInvoice';

export type UblDocument = {
  readonly kind: UblKind;
  readonly id: string;
  /** UNCL 1001: `380` invoice, `381` credit note, `384` corrected invoice. Empty where there is none. */
  readonly typeCode: string;
  /** `YYYY-MM-DD` (IssueDate). */
  readonly issuedOn: string;
  /** ISO 4217 (DocumentCurrencyCode). */
  readonly currency: string;
  readonly supplier: UblParty;
  /** Of the whole document. */
  readonly references: readonly UblReference[];
  readonly lines: readonly UblLine[];
  /** Charges and allowances of the whole document; those of a line are in its amount already. */
  readonly charges: readonly UblCharge[];
  /** All lines and charges, less allowances, before tax, where it is said (LegalMonetaryTotal/TaxExclusiveAmount). */
  readonly taxExclusive?: string;
};

export type UblParty = {
  readonly name: string;
  /** Endpoint, identifications, tax and company numbers. */
  readonly ids: readonly string[];
};

/** `scheme`: what the number is, in the words of the sender (schemeID, UNCL 1153), or the element it stands in. */
export type UblReference = { readonly scheme: string; readonly value: string };

export type UblLine = {
  /** Its number in the document. */
  readonly id: string;
  /** Before tax, signed (LineExtensionAmount). */
  readonly amount: string;
  /** What is billed: item numbers and the name, the most particular first. */
  readonly names: readonly string[];
  readonly references: readonly UblReference[];
};

export type UblCharge = {
  /** False: an allowance, which reduces. */
  readonly isCharge: boolean;
  readonly amount: string;
  /** Reason code (UNCL 7161 or 5189) and reason. */
  readonly names: readonly string[];
};
