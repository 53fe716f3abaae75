// X12 special charge codes (L108) → charge codes: contract part 2. A partner's own `chargeCodes` goes before; others stay.

export const CHARGE_BY_CODE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    LHL: '400',
    FSC: '405 FUE FSC',
    DET: 'DET 310',
    LFT: 'LFT LFD',
    RDL: 'RDL RED',
    RES: 'RES',
  }).flatMap(([charge, codes]) => codes.split(' ').map((code) => [code, charge] as const)),
);

/** An L1 without a special charge code is the freight itself. */
export const PLAIN_FREIGHT = 'LHL';
