// What the commonest codes of EDIFACT say, in our own words; from the UN/EDIFACT code lists of D.96A to D.01B. A code that is not
// here is shown as it stands.

type Codes = Readonly<Record<string, string>>;

/** 1001 */
const DOCUMENTS: Codes = {
  23: 'status information',
  44: 'status report',
  220: 'order',
  335: 'booking request',
  351: 'despatch advice',
  380: 'commercial invoice',
  381: 'credit note',
  610: 'forwarding instruction',
};
/** 1225 */
const FUNCTIONS: Codes = { 1: 'cancels', 4: 'changes', 5: 'replaces', 7: 'duplicate', 9: 'original', 31: 'copy' };
/** 2005 */
const DATES: Codes = {
  2: 'delivery, as requested',
  3: 'invoice',
  4: 'order',
  7: 'effective',
  10: 'shipment, as requested',
  11: 'despatch',
  17: 'delivery, estimated',
  35: 'delivery, actual',
  63: 'delivery, latest',
  64: 'delivery, earliest',
  132: 'arrival, estimated',
  133: 'departure, estimated',
  137: 'the document itself',
  171: 'of the reference',
  178: 'arrival, actual',
  186: 'departure, actual',
  189: 'departure, scheduled',
  200: 'pickup',
  232: 'arrival, scheduled',
  334: 'when the status changed',
  358: 'delivery, estimated',
};
/** 2379 */
const WRITTEN_AS: Codes = {
  101: 'YYMMDD',
  102: 'CCYYMMDD',
  201: 'YYMMDDHHMM',
  203: 'CCYYMMDDHHMM',
  204: 'CCYYMMDDHHMMSS',
  303: 'CCYYMMDDHHMM and zone',
  718: 'CCYYMMDD to CCYYMMDD',
};
/** 3035 */
const PARTIES: Codes = {
  BY: 'buyer',
  CA: 'carrier',
  CN: 'consignee',
  CZ: 'consignor',
  DP: 'delivery party',
  FW: 'freight forwarder',
  IV: 'invoicee',
  MR: 'receiver of the message',
  MS: 'sender of the message',
  NI: 'to be notified',
  SE: 'seller',
  SF: 'ship from',
  SH: 'shipper',
  ST: 'ship to',
  SU: 'supplier',
  UC: 'ultimate consignee',
};
/** 3227 */
const PLACES: Codes = {
  5: 'departure',
  7: 'delivery',
  8: 'destination',
  9: 'loading',
  11: 'discharge',
  13: 'transhipment',
  88: 'receipt',
  175: 'where it happened',
};
/** 1153 */
const REFERENCES: Codes = {
  AAK: 'despatch advice',
  AAS: 'transport document',
  BM: 'bill of lading',
  BN: 'booking',
  CN: 'carrier’s number',
  CT: 'contract',
  CU: 'consignor’s number',
  DQ: 'delivery note',
  EQ: 'equipment',
  FF: 'forwarder’s number',
  IV: 'invoice',
  ON: 'order',
  SRN: 'shipment',
  VA: 'VAT number',
};
/** 8051 */
const STAGES: Codes = { 10: 'before the main carriage', 20: 'main carriage', 30: 'after the main carriage' };
/** 8067 */
const MODES: Codes = { 1: 'sea', 2: 'rail', 3: 'road', 4: 'air', 5: 'mail', 6: 'several', 8: 'inland water' };
/** 9011 */
const STATUSES: Codes = { 1: 'arrived', 13: 'picked up', 21: 'delivered', 24: 'departed', 31: 'in transit' };
/** 6063 */
const QUANTITIES: Codes = { 12: 'despatched', 21: 'ordered', 46: 'delivered', 47: 'invoiced', 48: 'received' };
/** 5025 */
const AMOUNTS: Codes = {
  8: 'allowance or charge',
  9: 'amount due',
  23: 'charge',
  77: 'invoice',
  79: 'all lines',
  86: 'message total',
  124: 'tax',
  125: 'taxable',
  203: 'line',
};
/** 8053 */
const EQUIPMENT: Codes = { CN: 'container', TE: 'trailer', SW: 'swap body', PL: 'platform' };

/** By segment, element and component. */
const LISTS: Readonly<Record<string, Codes>> = {
  'BGM 1 1': DOCUMENTS,
  'BGM 3 1': FUNCTIONS,
  'DTM 1 1': DATES,
  'DTM 1 3': WRITTEN_AS,
  'NAD 1 1': PARTIES,
  'LOC 1 1': PLACES,
  'RFF 1 1': REFERENCES,
  'TDT 1 1': STAGES,
  'TDT 3 1': MODES,
  'STS 2 1': STATUSES,
  'QTY 1 1': QUANTITIES,
  'MOA 1 1': AMOUNTS,
  'EQD 1 1': EQUIPMENT,
};

/** Element and component from 1; `undefined` where we have no words for the code. */
export function meaningInEdifact(
  segment: string,
  element: number,
  component: number,
  code: string,
): string | undefined {
  const codes = LISTS[`${segment} ${element} ${component}`];
  return codes !== undefined && Object.hasOwn(codes, code) ? codes[code] : undefined;
}
