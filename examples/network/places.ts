// The people and places of the sample network: Lakeland Supply of Joliet, a mid-market distributor, and those around it.

export type Place = {
  readonly name: string;
  readonly city: string;
  readonly region: string;
  readonly postal: string;
  readonly timezone: string;
  /** X12 zone code of its local time. */
  readonly zoneCode: 'CT' | 'ET' | 'PT' | 'MT';
  /** From the Joliet distribution centre. */
  readonly distanceMiles: number;
};

export const JOLIET: Place = {
  name: 'Lakeland DC 4',
  city: 'Joliet',
  region: 'IL',
  postal: '60432',
  timezone: 'America/Chicago',
  zoneCode: 'CT',
  distanceMiles: 0,
};

const place = (
  name: string,
  city: string,
  region: string,
  postal: string,
  zone: 'CT' | 'ET' | 'PT' | 'MT',
  distanceMiles: number,
): Place => ({ name, city, region, postal, timezone: ZONES[zone], zoneCode: zone, distanceMiles });

const ZONES = {
  CT: 'America/Chicago',
  ET: 'America/New_York',
  PT: 'America/Los_Angeles',
  MT: 'America/Denver',
} as const;

/** Where each customer takes delivery. */
export const CONSIGNEES: Readonly<Record<'hawthorn' | 'peachstate' | 'grandriver' | 'cascadia', readonly Place[]>> = {
  hawthorn: [
    place('Hawthorn Store 12', 'Gary', 'IN', '46402', 'CT', 41),
    place('Hawthorn Store 31', 'Columbus', 'OH', '43215', 'ET', 342),
    place('Hawthorn Store 7', 'Grand Rapids', 'MI', '49503', 'ET', 203),
    place('Hawthorn Store 22', 'Madison', 'WI', '53703', 'CT', 157),
    place('Hawthorn Store 40', 'Des Moines', 'IA', '50309', 'CT', 301),
  ],
  peachstate: [
    place('Peach State Yard 1', 'Atlanta', 'GA', '30303', 'ET', 718),
    place('Peach State Yard 4', 'Nashville', 'TN', '37203', 'CT', 471),
    place('Peach State Yard 6', 'Birmingham', 'AL', '35203', 'CT', 664),
  ],
  grandriver: [
    place('Grand River Market 3', 'Milwaukee', 'WI', '53202', 'CT', 124),
    place('Grand River Market 9', 'St. Louis', 'MO', '63103', 'CT', 262),
    place('Grand River Market 15', 'Indianapolis', 'IN', '46204', 'ET', 187),
  ],
  cascadia: [
    place('Cascadia Returns Desk', 'Seattle', 'WA', '98104', 'PT', 2063),
    place('Cascadia Portland', 'Portland', 'OR', '97205', 'PT', 2118),
    place('Cascadia Boise', 'Boise', 'ID', '83702', 'MT', 1692),
  ],
};

export type CustomerId = keyof typeof CONSIGNEES;
