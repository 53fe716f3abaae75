// Numbers in a UBL document → our references. Schemes of UNCL 1153 name what a number is; so do UBL's own places for it.
import type { UblReference } from '../../formats/ubl/index.ts';
import type { Reference } from '../../model/reference.ts';
import { identifier } from '../texts.ts';

const TYPE_BY_SCHEME: Readonly<Record<string, string>> = {
  // UBL's places
  consignment: 'pro',
  tracking: 'tracking',
  order: 'po',
  // UNCL 1153
  AAM: 'bol',
  AAS: 'bol',
  BM: 'bol',
  BN: 'booking',
  CN: 'pro',
  AAQ: 'container',
  EQ: 'container',
  ON: 'po',
  CU: 'customer-ref',
};
/** Our own number stands in these; a sender may put its bill of lading there too. */
const OWN: ReadonlySet<string> = new Set(['shipment', 'despatch', 'object', 'SRN']);
const MOST_REFERENCES = 50;

export type NamedShipment = { readonly shipment?: string; readonly references: readonly Reference[] };

/** Of a line, else of the whole document. The first that may be our own number is tried as that too. */
export function shipmentNamedBy(line: readonly UblReference[], document: readonly UblReference[]): NamedShipment {
  const own = namedIn(line);
  // An order does not tell which shipment is billed; what the document says beside it may.
  const isEnough = own.shipment !== undefined || own.references.some(({ type }) => type !== 'po');
  return isEnough ? own : namedIn([...line, ...document]);
}

function namedIn(named: readonly UblReference[]): NamedShipment {
  const known = named.flatMap(({ scheme, value: written }) => {
    const value = identifier(written);
    const type = identifier(scheme);
    return value === undefined || type === undefined ? [] : [{ type, value }];
  });
  const shipment = known.find(({ type }) => OWN.has(type))?.value;
  const references = new Map<string, Reference>();
  for (const { type: scheme, value } of known) {
    const type = OWN.has(scheme) ? 'bol' : (TYPE_BY_SCHEME[scheme] ?? scheme);
    if (references.size < MOST_REFERENCES) references.set(`${type} ${value}`, { type, value });
  }
  return { ...(shipment === undefined ? {} : { shipment }), references: [...references.values()] };
}
