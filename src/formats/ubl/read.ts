// UBL bytes → what an invoice or credit note bills. One that lacks what every bill must have is refused with what is missing.
import { elementAt, elementsOf, readXml, textAt, type XmlElement } from '../xml/index.ts';
import type { UblCharge, UblDocument, UblKind, UblLine, UblParty, UblReference } from './document.ts';

export type UblRead =
  | { readonly ok: true; readonly document: UblDocument }
  | { readonly ok: false; readonly fault: UblFault };

/** `not-read`: another UBL document. `incomplete`: `id` is its number where it has one. */
export type UblFault = {
  readonly kind: 'not-xml' | 'not-read' | 'incomplete';
  readonly message: string;
  readonly id?: string;
};

const NAMESPACE = /^urn:oasis:names:specification:ubl:schema:xsd:(\w+)-2$/;
const LINE_OF = { Invoice: 'InvoiceLine', CreditNote: 'CreditNoteLine', FreightInvoice: 'InvoiceLine' } as const;
const MOST_FAULTS = 5;

/** Never throws for what is in the bytes. */
export function readUbl(bytes: Uint8Array): UblRead {
  const read = readXml(bytes);
  if (!read.ok) return { ok: false, fault: { kind: 'not-xml', message: read.fault.message } };
  // A business document header may stand around it.
  const root = [read.root, ...read.root.children].find(({ namespace }) => NAMESPACE.test(namespace));
  const kind = root?.name ?? '';
  if (root === undefined || !isKind(kind)) {
    const found = root === undefined ? `a ${read.root.name}` : `a UBL ${kind}`;
    return {
      ok: false,
      fault: { kind: 'not-read', message: `it is ${found}; read are Invoice, CreditNote and FreightInvoice` },
    };
  }
  return documentFrom(root, kind);
}

function isKind(name: string): name is UblKind {
  return name in LINE_OF;
}

function documentFrom(root: XmlElement, kind: UblKind): UblRead {
  const faults: string[] = [];
  const currency = currencyOf(root);
  if (currency === '') faults.push('DocumentCurrencyCode is missing');
  const document: UblDocument = {
    kind,
    id: needed(root, ['ID'], faults),
    typeCode: textAt(root, 'InvoiceTypeCode') ?? textAt(root, 'CreditNoteTypeCode') ?? '',
    issuedOn: needed(root, ['IssueDate'], faults).slice(0, 'YYYY-MM-DD'.length),
    currency,
    supplier: partyFrom(elementAt(root, 'AccountingSupplierParty', 'Party')),
    references: referencesIn(root),
    lines: elementsOf(root, LINE_OF[kind]).map((line, index) =>
      lineFrom(line, { path: `${LINE_OF[kind]}[${index + 1}]`, currency, faults }),
    ),
    charges: elementsOf(root, 'AllowanceCharge').map((charge, index) =>
      chargeFrom(charge, { path: `AllowanceCharge[${index + 1}]`, currency, faults }),
    ),
    ...totalIn(root, { path: 'LegalMonetaryTotal/TaxExclusiveAmount', currency, faults }),
  };
  if (document.lines.length === 0) faults.push(`there is no ${LINE_OF[kind]}`);
  if (faults.length === 0) return { ok: true, document };
  const { id } = document;
  const message = faults.slice(0, MOST_FAULTS).join('; ');
  return { ok: false, fault: { kind: 'incomplete', message, ...(id === '' ? {} : { id }) } };
}

// Before 2.1 it may be missing; then the amounts say it, and must all say the same.
function currencyOf(root: XmlElement): string {
  const [amount] = elementAt(root, 'LegalMonetaryTotal')?.children ?? [];
  return textAt(root, 'DocumentCurrencyCode') ?? amount?.attributes.get('currencyID') ?? '';
}

function totalIn(root: XmlElement, reading: Reading): Pick<UblDocument, 'taxExclusive'> {
  const total = elementAt(root, 'LegalMonetaryTotal', 'TaxExclusiveAmount');
  return total === undefined ? {} : { taxExclusive: amountIn(total, reading) };
}

function needed(element: XmlElement, path: readonly string[], faults: string[]): string {
  const text = textAt(element, ...path);
  if (text === undefined) faults.push(`${path.join('/')} is missing`);
  return text ?? '';
}

type Reading = { readonly path: string; readonly currency: string; readonly faults: string[] };

const XML_DECIMAL = /^[+-]?(\d{1,24}(\.\d{0,24})?|\.\d{1,24})$/;

/** In the form "-12.30"; `0` with a fault where it cannot be read or is of another currency. */
function amountIn(element: XmlElement | undefined, { path, currency, faults }: Reading): string {
  const text = element?.text.trim() ?? '';
  const given = element?.attributes.get('currencyID') ?? currency;
  if (element === undefined || text === '') faults.push(`${path} is missing`);
  else if (!XML_DECIMAL.test(text)) faults.push(`${path} is ${text.slice(0, 40)}, which is no amount`);
  else if (given !== currency)
    faults.push(`${path} is in ${given.slice(0, 10)}, the document in ${currency.slice(0, 10)}`);
  else
    return text
      .replace('+', '')
      .replace(/^(-?)\./, '$10.')
      .replace(/\.$/, '');
  return '0';
}

function lineFrom(line: XmlElement, reading: Reading): UblLine {
  const item = elementAt(line, 'Item');
  const names = [
    textAt(item, 'SellersItemIdentification', 'ID'),
    textAt(item, 'StandardItemIdentification', 'ID'),
    ...elementsOf(item, 'CommodityClassification').map((each) => textAt(each, 'ItemClassificationCode')),
    textAt(item, 'Name'),
    textAt(item, 'Description'),
  ];
  return {
    id: textAt(line, 'ID') ?? '',
    amount: amountIn(elementAt(line, 'LineExtensionAmount'), {
      ...reading,
      path: `${reading.path}/LineExtensionAmount`,
    }),
    names: names.filter((name) => name !== undefined),
    references: referencesIn(line),
  };
}

function chargeFrom(charge: XmlElement, reading: Reading): UblCharge {
  const names = [textAt(charge, 'AllowanceChargeReasonCode'), textAt(charge, 'AllowanceChargeReason')];
  return {
    isCharge: ['true', '1'].includes(textAt(charge, 'ChargeIndicator') ?? ''),
    amount: amountIn(elementAt(charge, 'Amount'), { ...reading, path: `${reading.path}/Amount` }),
    names: names.filter((name) => name !== undefined),
  };
}

function partyFrom(party: XmlElement | undefined): UblParty {
  const names = [textAt(party, 'PartyName', 'Name'), textAt(party, 'PartyLegalEntity', 'RegistrationName')];
  const ids = [
    textAt(party, 'EndpointID'),
    ...elementsOf(party, 'PartyIdentification').map((each) => textAt(each, 'ID')),
    ...elementsOf(party, 'PartyTaxScheme').map((each) => textAt(each, 'CompanyID')),
    textAt(party, 'PartyLegalEntity', 'CompanyID'),
  ];
  return { name: names.find((name) => name !== undefined) ?? '', ids: ids.filter((id) => id !== undefined) };
}

/** Where a number of the trade may stand, in the order to try; `scheme` by its own schemeID, else by the element. */
const PLACES: readonly { readonly path: readonly string[]; readonly scheme: string }[] = [
  { path: ['Shipment', 'ID'], scheme: 'shipment' },
  { path: ['Delivery', 'Shipment', 'ID'], scheme: 'shipment' },
  { path: ['Shipment', 'Consignment', 'ID'], scheme: 'consignment' },
  { path: ['Delivery', 'Shipment', 'Consignment', 'ID'], scheme: 'consignment' },
  { path: ['Delivery', 'TrackingID'], scheme: 'tracking' },
  { path: ['DespatchDocumentReference', 'ID'], scheme: 'despatch' },
  { path: ['DespatchLineReference', 'DocumentReference', 'ID'], scheme: 'despatch' },
  { path: ['DocumentReference', 'ID'], scheme: 'object' },
  { path: ['AdditionalDocumentReference', 'ID'], scheme: 'object' },
  { path: ['OrderReference', 'ID'], scheme: 'order' },
  { path: ['OrderLineReference', 'OrderReference', 'ID'], scheme: 'order' },
];
/** UNCL 1001: the document is the object that is billed (EN 16931 BT-18, BT-128); without it, a supporting paper. */
const BILLED_OBJECT = '130';

/** Peppol BIS 3 writes so where an order's number is asked for and there is none. */
const NOT_AVAILABLE = 'NA';

function referencesIn(element: XmlElement): UblReference[] {
  return PLACES.flatMap(({ path, scheme }) => {
    const [first = '', ...rest] = path;
    return elementsOf(element, first).flatMap((holder) => {
      const isPaper = scheme === 'object' && textAt(holder, 'DocumentTypeCode') !== BILLED_OBJECT;
      const id = elementAt(holder, ...rest);
      const value = id?.text.trim() ?? '';
      if (value === '' || value === NOT_AVAILABLE || (isPaper && !id?.attributes.has('schemeID'))) return [];
      return [{ scheme: id?.attributes.get('schemeID') ?? scheme, value }];
    });
  });
}
