// Charge codes in words, where they are the trade's own; an agreement may have others.
const NAMES: Readonly<Record<string, string>> = {
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

export const CHARGE_CODES: readonly string[] = Object.keys(NAMES);
