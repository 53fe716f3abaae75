// What each element of the segments of EDIFACT that carry freight and its money is for, in our own words, for people who look
// at a message.
//
// `|` parts elements, `:` the components of one; `·` is one that is left without a name. The segments are those of the UN/EDIFACT
// directories D.96A to D.01B (IFTMIN, IFTSTA, IFCSUM, DESADV, ORDERS, INVOIC and the container messages), the envelope that of ISO 9735.

const PARTY =
  'Its part in it|Its code:List:Agency|Name and address:·:·:·:·|Name:More of it:·:·:·|Street:More of it:·|Town|State|Postal code|Country';
const CODED = 'Code:List:Agency:In words';

const SEGMENTS: Readonly<Record<string, readonly [title: string, elements: string]>> = {
  UNA: ['The separators of this file', 'Component, element, decimal mark, release, reserved, end of segment'],
  UNB: [
    'Interchange begins',
    'Characters it is written in:Syntax version|Sender:Kind of id:Routing|Receiver:Kind of id:Routing|Date, YYMMDD:Time|Control number|Password:·|Kind of messages|Priority|Acknowledgement wanted|Agreement|1: a test',
  ],
  UNG: [
    'Group begins',
    'Kind of messages|Sender:Kind of id|Receiver:Kind of id|Date:Time|Control number|Agency|Version:Release',
  ],
  UNH: [
    'Message begins',
    'Its number|Message:Version:Release:Agency:Association’s code|Common reference|Part:First or last',
  ],
  UNS: ['Parts of the message', 'D heading ends, S summary begins'],
  UNT: ['Message ends', 'How many segments it has, UNH and UNT too|Its number, as in UNH'],
  UNE: ['Group ends', 'How many messages it has|Control number, as in UNG'],
  UNZ: ['Interchange ends', 'How many messages or groups it has|Control number, as in UNB'],
  UCI: [
    'Which interchange is answered',
    'Control number|Sender:Kind of id|Receiver:Kind of id|4 rejected, 7 accepted, 8 received|What is wrong|Segment|Element:Component',
  ],
  UCM: [
    'Which message is answered',
    'Its number|Message:Version:Release:Agency|4 rejected, 7 accepted|What is wrong|Segment|Element:Component',
  ],
  UCS: ['A segment in error', 'Position in the message|What is wrong'],
  UCD: ['An element in error', 'What is wrong|Element:Component'],
  BGM: ['What message this is', 'Document:List:Agency:In words|Its number:Version:Revision|What it does|Answer wanted'],
  DTM: ['A date or time', 'Which:When:Written as'],
  RFF: ['A reference', 'Kind of number:Its number:Line:Version'],
  TSR: ['Transport service', 'Contract and carriage:List:Agency|Service:List:Agency|Priority|Nature of the cargo'],
  CUX: ['Currency', 'Which:Currency:What for|Which:Currency:What for|Rate'],
  PAT: ['Payment terms', 'Kind|Terms:List:Agency:In words:·|From:Day:Period:How many'],
  PAI: ['How it is paid', 'Conditions:Guarantee:Means:List:Agency:Channel'],
  FII: ['Account', 'Whose|Account:Holder:Holder:Currency|Bank:List:Agency:·:·:·:Name:Place|Country'],
  PCD: ['Percentage', 'Which:Percent:Of what'],
  TOD: ['Terms of delivery', 'What they are for|Who pays the freight|Terms:List:Agency:In words:·'],
  FTX: ['Text', 'What it is about|What it is for|Code:List:Agency|Text:Text:Text:Text:Text|Language'],
  CNT: ['A control total', 'Of what:Value:Unit'],
  NAD: ['A party', PARTY],
  LOC: [
    'A place',
    'Its part in it|Code:List:Agency:Name|Further place:List:Agency:Name|Further place:List:Agency:Name',
  ],
  CTA: ['A person or department', 'Role|Code:Name'],
  COM: ['How to reach it', 'Number or address:Kind'],
  DOC: ['A document', 'Document:List:Agency:In words|Its number:Status:Source'],
  TDT: [
    'How it is carried',
    `Stage|Voyage, flight or trip|Mode:In words|Means:In words|Carrier:List:Agency:Name|Direction|·|${CODED}:Nationality|Ownership`,
  ],
  STS: ['What happened', `Kind of status:List:Agency|${CODED}|Why:List:Agency:In words|Why:List:Agency:In words`],
  CNI: ['A consignment', 'Its number in this message|Reference:Status|Load sequence'],
  GID: ['Goods', 'Item|Packages:Kind:·:·:In words|Packages:Kind:·:·:In words'],
  GDS: ['Nature of the goods', 'Cargo:List:Agency'],
  HAN: ['How to handle it', CODED],
  TMP: ['Temperature', 'Which|Degrees:Unit'],
  RNG: ['Range', 'Kind|Unit:Least:Most'],
  DGS: ['Dangerous goods', 'Rules|Class:Page:Version|UN number:Flashpoint|Flashpoint:Unit|Packing group'],
  MEA: ['A measure', 'What for|What is measured:·:·:In words|Unit:Value:Least:Most'],
  DIM: ['Dimensions', 'Which|Unit:Length:Width:Height'],
  PCI: ['Marks', 'Who marks|Marks:Marks:Marks:Marks:Marks'],
  GIN: ['Identity numbers', 'Kind|From:To|From:To'],
  GIR: ['Related numbers', 'Set|Number:Kind|Number:Kind'],
  PAC: ['Packages', 'How many|Level:·:·|Kind:List:Agency:In words'],
  CPS: ['Level of packing', 'Its number|The level above|What level'],
  EQD: [
    'Equipment',
    'What|Its number:List:Agency|Size and type:List:Agency:In words|Who gives it|Status|Full or empty',
  ],
  EQN: ['How many units of equipment', 'How many'],
  SGP: ['Split of the goods', 'Equipment:List:Agency|Packages'],
  SEL: ['Seal', 'Number|Who sealed it'],
  TMD: ['Movement', 'Kind of movement'],
  LIN: ['A line', 'Line|What to do|Product:Kind of code:List:Agency|Below line:·|Level'],
  PIA: ['More ids of the product', 'What for|Product:Kind of code|Product:Kind of code|Product:Kind of code'],
  IMD: ['Description of the goods', 'How|Characteristic|Code:List:Agency:In words:More of it'],
  QTY: ['A quantity', 'Which:How many:Unit'],
  QVR: ['Difference in quantity', 'How many:Which|Why'],
  PRI: ['A price', 'Which:Price:Kind:Basis:Per how many:Unit'],
  MOA: ['An amount', 'Which:Amount:Currency:·:Status'],
  TAX: ['Tax', 'What for|Tax:List:Agency:In words|Account|Base|Details:·:·:Rate|Category'],
  ALC: [
    'Allowance or charge',
    'A allowance, C charge|Its number|Settlement|Step|Service:List:Agency:In words:More of it',
  ],
  ALI: ['More about the line', 'Country of origin|Duty|Special condition'],
  APR: ['Price group', 'Trade class|Multiplier'],
  INP: ['Instruction', 'Parties:·|Instruction:List:Agency:In words|Status'],
  SCC: ['Delivery schedule', 'Firmness|·|Frequency:·'],
  ERC: ['An error', 'Code:List:Agency'],
};

export type EdifactNames = {
  readonly title: string;
  /** Of element and component, both from 1; `undefined` where we have no name. */
  readonly nameOf: (element: number, component: number) => string | undefined;
};

const NAMES: ReadonlyMap<string, EdifactNames> = new Map(
  Object.entries(SEGMENTS).map(([id, [title, written]]) => {
    const elements = written.split('|').map((element) => element.split(':'));
    const nameOf = (element: number, component: number) => {
      const name = elements[element - 1]?.[component - 1];
      return name === undefined || name === '·' ? undefined : name;
    };
    return [id, { title, nameOf }];
  }),
);

/** `undefined`: a segment that we have no words for. */
export function namesOfEdifact(segment: string): EdifactNames | undefined {
  return NAMES.get(segment);
}

/** CTA02 names a person, COM01 reaches one. */
export function isPersonalInEdifact(segment: string, element: number): boolean {
  return (segment === 'CTA' && element === 2) || (segment === 'COM' && element === 1);
}
