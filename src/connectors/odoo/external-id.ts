// Our permanent names for records in Odoo: external ids, unique by an index of Odoo's own database.
//
// A business key may hold any character, an external id's second part no dot, so all but letters, digits and
// `-` are written as `_hex_`. That is reversible, so what Odoo holds can be named by our keys again.

export type ExternalIds = {
  readonly module: string;
  readonly document: (key: string) => string;
  /** `checksum`: hexadecimal, of the content. */
  readonly file: (key: string, checksum: string) => string;
  readonly customer: (customerId: string) => string;
  /** An entry or item of a journal, by what it is of. */
  readonly journal: (parts: readonly string[]) => string;
  /** Of a charge code. */
  readonly product: (code: string) => string;
  /** The note that tells an order's news on one of its records. */
  readonly note: (newsKey: string, model: string, id: number) => string;
  /** The transfer that stands for a shipment's part of an order. */
  readonly transfer: (shipment: string, orderId: number) => string;
  /** The landed cost of a shipment's lines on a bill. */
  readonly landedCost: (bill: string, shipment: string) => string;
  /** A part of a payment that settles one invoice. */
  readonly payment: (key: string) => string;
  /** The key of a document's full external id; `undefined` when it is not one of ours. */
  readonly keyOf: (externalId: string) => string | undefined;
};

export function externalIdsOf(module: string): ExternalIds {
  const documents = `${module}.doc_`;
  return {
    module,
    document: (key) => documents + escaped(key),
    file: (key, checksum) => `${module}.file_${checksum}_${escaped(key)}`,
    note: (newsKey, model, id) => `${module}.note_${model.replace('.', '-')}_${id}_${escaped(newsKey)}`,
    transfer: (shipment, orderId) => `${module}.transfer_${orderId}_${escaped(shipment)}`,
    landedCost: (bill, shipment) => `${module}.landed_${escaped(bill)}__${escaped(shipment)}`,
    payment: (key) => `${module}.${escaped(key)}`,
    customer: (customerId) => `${module}.partner_${escaped(customerId)}`,
    journal: (parts) => `${module}.journal_${parts.map(escaped).join('__')}`,
    product: (code) => `${module}.product_${escaped(code)}`,
    keyOf: (externalId) =>
      externalId.startsWith(documents) ? unescaped(externalId.slice(documents.length)) : undefined,
  };
}

function escaped(key: string): string {
  return key.replace(/[^A-Za-z0-9-]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}_`);
}

function unescaped(name: string): string {
  return name.replace(/_([0-9a-f]+)_/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
