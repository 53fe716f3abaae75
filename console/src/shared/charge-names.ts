// Charge codes in words, where they are the trade's own; an agreement may have others.
const NAMES: Readonly<Record<string, string>> = {
  GDS: 'Goods',
  LHL: 'Linehaul',
  FSC: 'Fuel surcharge',
  DET: 'Detention',
  LFT: 'Liftgate',
  RDL: 'Redelivery',
  RES: 'Residential delivery',
  TNU: 'Truck ordered, not used',
  DTY: 'Duty',
};

export function chargeName(code: string): string {
  return NAMES[code] ?? code;
}

const FIRST = ['GDS', 'LHL', 'FSC'];

/** Goods, linehaul, fuel, then what is added to them: the order in which people read a bill. */
export function inReadingOrder<Line extends { readonly code: string }>(lines: readonly Line[]): Line[] {
  const rank = ({ code }: Line) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  return [...lines].sort((a, b) => rank(a) - rank(b));
}

/** What a line's own description says beyond its shipment and the name of its charge. */
export function beyondName(description: string, { code, shipment }: { code: string; shipment: string }): string {
  const own = description.startsWith(`${shipment} `) ? description.slice(shipment.length + 1) : description;
  const name = chargeName(code);
  if (!own.toLowerCase().startsWith(name.toLowerCase())) return own;
  return own.slice(name.length).replace(/^[\s,:]+/, '');
}

export const CHARGE_CODES: readonly string[] = Object.keys(NAMES).filter((code) => code !== 'GDS');
