// Credit notes that people make in the ERP against documents of ours: what they credit, and the number that they get here.
import type { DocumentLine } from './document.ts';
import type { Currency } from './money.ts';

/** A posted document of ours, as far as a note against it goes. */
export type CreditedDocument = {
  readonly number: string;
  readonly customer: string;
  readonly legalEntity?: string;
  readonly currency: Currency;
  readonly shipments: readonly string[];
  readonly lines: readonly Omit<DocumentLine, 'derivation' | 'taxedBy'>[];
};

/** `record`: the ERP's own permanent name of the note. Never like one of ours, which end in `-` and a count after a shipment. */
export function numberByHand(document: string, record: string): string {
  return `${document}/credit-${record}`;
}
