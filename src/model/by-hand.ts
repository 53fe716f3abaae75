// The number that a credit note gets here which a person made in the ERP against a document of ours.

/** `record`: the ERP's own permanent name of the note. Never like one of ours, which end in `-` and a count after a shipment. */
export function numberByHand(document: string, record: string): string {
  return `${document}/credit-${record}`;
}
