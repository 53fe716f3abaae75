// What each element of the segments that we read is for, in our own words, for people who look at a message.
//
// A segment's names are in the order of its elements; `·` is one that is left without a name. The sets themselves are
// described by ASC X12; what we make of an element is in the translators beside this file.

const SEGMENTS: Readonly<Record<string, readonly [title: string, elements: string]>> = {
  ISA: [
    'Interchange begins',
    'Authorization kind|Authorization|Password kind|Password|Sender id kind|Sender id|Receiver id kind|Receiver id|Date, YYMMDD|Time, HHMM|Repetition separator or standards id|Release of the envelope|Control number|Acknowledgement wanted|Usage: P production, T test|Component separator',
  ],
  IEA: ['Interchange ends', 'How many groups it has|Control number, as in ISA13'],
  GS: [
    'Group begins',
    'Kind of transactions|Sender|Receiver|Date|Time|Control number|Agency: X is ASC X12|Release of the transactions',
  ],
  GE: ['Group ends', 'How many transactions it has|Control number, as in GS06'],
  ST: ['Transaction begins', 'Transaction set|Control number|Implementation'],
  SE: ['Transaction ends', 'How many segments it has, ST and SE too|Control number, as in ST02'],
  AK1: ['Which group is answered', 'Kind of transactions|Control number of the group|Release'],
  AK2: ['Which transaction is answered', 'Transaction set|Control number of the transaction|Implementation'],
  AK3: ['A segment in error', 'Segment|Its position in the transaction|Loop|What is wrong with it'],
  AK4: [
    'An element in error',
    'Position in the segment|Number of the element|What is wrong with it|The value that was sent',
  ],
  AK5: ['The transaction is', 'A accepted, E accepted with errors, R rejected|Why|Why|Why|Why|Why'],
  AK9: [
    'The group is',
    'A accepted, E with errors, P in part, R rejected|Transactions it says it has|Received|Accepted|Why|Why',
  ],
  IK3: ['A segment in error', 'Segment|Its position in the transaction|Loop|What is wrong with it'],
  IK4: [
    'An element in error',
    'Position in the segment|Number of the element|What is wrong with it|The value that was sent',
  ],
  IK5: ['The transaction is', 'A accepted, E accepted with errors, R rejected|Why|Why'],
  CTX: ['Where the error is', 'Context|Segment|Position|Loop|Element'],
  TA1: ['The interchange is', 'Control number|Date|Time|A accepted, E with errors, R rejected|Why'],
  B1: ['Answer to a tender', 'Carrier, SCAC|Shipment or load|Date|A accepted, D declined, E cancelled|Why'],
  B2: ['Tender', '·|Carrier, SCAC|·|Shipment|·|Who pays the freight'],
  B2A: ['What the tender does', '00 new, 01 cancelled, 04 changed, 05 replaced|Application'],
  B3: [
    'Freight invoice',
    '·|Invoice number|Shipment or bill of lading|Who pays the freight|Weight unit|Invoice date|Net amount due|Correction|Delivery date|What the date is|Carrier, SCAC|·|Payment terms',
  ],
  B3A: ['Kind of invoice', 'Kind|How many'],
  B10: ['Shipment status', 'Carrier’s own number (PRO)|Shipment or bill of lading|Carrier, SCAC|·|·|Kind of number'],
  BEG: ['Order', '00 new, 01 cancelled, 04 changed|Kind of order|Order number|Release|Order date'],
  BPR: [
    'Payment',
    'How it is handled|Amount|C credit, D debit|Method|Format|Bank id kind|Payer’s bank|Account kind|Payer’s account|Payer|·|Bank id kind|Payee’s bank|Account kind|Payee’s account|Date',
  ],
  BSN: ['Ship notice', 'Purpose|Shipment|Date|Time|Order of its levels'],
  W05: ['Shipping order', 'N new, F cancelled, R changed|Order|Purchase order|Link'],
  W06: ['Shipping advice', 'Kind|Order|Date|Shipment|Agent’s number|Purchase order'],
  W01: ['A line of goods', 'How many|Unit|Product code|Code kind|Product id|Code kind|Product id'],
  W04: ['Description of the goods', 'Quantity|Unit|Code|Code kind|Product'],
  W12: ['What of a line was shipped', 'Status|Ordered|Shipped|Short by|Unit|Product code|Code kind|Product id'],
  W27: ['Carrier', 'Mode|Carrier, SCAC|Routing|Who pays the freight|Equipment initial|Equipment number'],
  W03: ['What was shipped in all', 'Units|Weight|Weight unit|Volume|Volume unit'],
  W76: ['What was ordered in all', 'Units|Weight|Weight unit|Volume|Volume unit'],
  LX: ['Line or group number', 'Number'],
  L11: ['A reference', 'Its number|Kind of number|Text'],
  N9: ['A reference', 'Kind of number|Its number|Text|Date|Time'],
  REF: ['A reference', 'Kind of number|Its number|Text'],
  TRN: ['Trace number', 'Kind|Number|Who gave it|Further'],
  MS1: ['Where it is', 'City|State or province|Country|Longitude|Latitude'],
  MS2: ['Equipment', 'Owner, SCAC|Equipment number|Kind of equipment'],
  MS3: ['Carrier and mode', 'Carrier, SCAC|Position in the route|City|Mode'],
  AT7: ['What happened', 'Status|Why|Appointment|Why|Date|Time|Time zone'],
  AT8: ['Weight and pieces', 'Kind of weight|Unit|Weight|Pieces|Handling units|Volume unit|Volume'],
  AT5: ['How to carry it', 'Instruction|Instruction|Text'],
  S5: ['A stop', 'Number of the stop|Why: loads, unloads|Weight|Weight unit|Pieces|Unit'],
  G62: ['A date', 'Which date|Date|Which time|Time|Time zone'],
  DTM: ['A date', 'Which date|Date|Time|Time zone'],
  G61: ['A person', 'Role|Name|Kind of number|Number'],
  PER: ['A person', 'Role|Name|Kind of number|Number|Kind of number|Number|Kind of number|Number'],
  N1: ['A party', 'Its part in it|Name|Kind of code|Code'],
  N2: ['More of its name', 'Name|Name'],
  N3: ['Street', 'Street|Street'],
  N4: ['Town', 'City|State or province|Postal code|Country|Kind of place|Place'],
  N7: ['Equipment', 'Owner’s initial|Number|Weight|Weight kind|Tare|·|Dunnage|Volume|Volume unit|Ownership|Kind'],
  C3: ['Currency', 'Currency|Rate'],
  CUR: ['Currency', 'Whose|Currency|Rate'],
  ITD: ['Payment terms', 'Kind|From|Percent|By|Days|Net by|Net days'],
  L0: [
    'Weight and pieces of a line',
    'Line|Billed quantity|Its unit|Weight|Kind of weight|Volume|Volume unit|Pieces|Kind of piece',
  ],
  L1: ['A charge', 'Line|Rate|Rated per|Amount|Advance|Prepaid amount|Rate class|Special charge'],
  L3: ['Totals', 'Weight|Kind of weight|Rate|Rated per|Charges|Advances|Prepaid|·|Volume|Volume unit|Pieces'],
  L5: ['Description', 'Line|Description|Commodity code|Kind of code|Packaging'],
  L7: ['Tariff', 'Line|Tariff agency|Tariff number'],
  R3: ['Route', 'Carrier, SCAC|Position in the route|City|Mode|Standard point|Invoice'],
  OID: ['Order in the shipment', 'Reference|Purchase order|Number|Unit|Quantity|Weight unit|Weight'],
  PO1: ['An order line', 'Line|Quantity|Unit|Unit price|Price basis|Kind of code|Product|Kind of code|Product'],
  PID: ['Description', 'Kind|·|Agency|Code|Description'],
  CTT: ['Totals of the transaction', 'How many lines|Sum of quantities'],
  LIN: ['Product', 'Line|Kind of code|Product|Kind of code|Product'],
  SN1: ['How many were shipped', 'Line|Shipped|Unit|Shipped to date|Ordered|Unit'],
  SLN: ['Part of a line', 'Line|·|·|Quantity|Unit'],
  HL: ['A level', 'Its number|The level above|What it is: S shipment, O order, P pack, I item|Has levels below'],
  MAN: ['Marks', 'Kind|Marks and numbers'],
  TD1: ['Packaging', 'Kind|How many|·|·|·|Kind of weight|Weight|Unit'],
  TD5: ['Routing', '·|Kind of code|Carrier|Mode|Routing'],
  PRF: ['The order it belongs to', 'Order|Release|·|Date'],
  ENT: ['An entity', 'Number|Its part|Kind of code|Code'],
  RMR: ['What is paid', 'Kind of number|Number|How|Paid|Invoiced|Discount'],
  ADX: ['Adjustment', 'Amount|Why|Kind of number|Number'],
  NTE: ['A note', 'What it is about|Text'],
  K1: ['A note', 'Text|Text'],
  Q7: ['Exception at the stop', 'What was wrong|How many|Unit'],
  POD: ['Proof of delivery', 'Date|Time|Signed by'],
};

export type SegmentNames = { readonly title: string; readonly elements: readonly (string | undefined)[] };

const NAMES: ReadonlyMap<string, SegmentNames> = new Map(
  Object.entries(SEGMENTS).map(([id, [title, elements]]) => [
    id,
    { title, elements: elements.split('|').map((name) => (name === '·' ? undefined : name)) },
  ]),
);

/** `undefined`: a segment that we do not read. */
export function namesOfSegment(id: string): SegmentNames | undefined {
  return NAMES.get(id);
}

/** Elements that name or reach a person, by segment. */
const PERSONAL: ReadonlyMap<string, ReadonlySet<number>> = new Map([
  ['PER', new Set([2, 4, 6, 8])],
  ['G61', new Set([2, 4])],
  ['POD', new Set([3])],
]);

export function isPersonal(segment: string, element: number): boolean {
  return PERSONAL.get(segment)?.has(element) ?? false;
}
