// The codes of a 204 that we act on: purpose (B2A01), transport method (MS304), stop reason (S502), dates (G6201).

/** B2A01 → plan (original, change, replacement) or cancellation. */
export const TENDER_PURPOSES: ReadonlyMap<string, 'plan' | 'cancel'> = new Map([
  ['00', 'plan'],
  ['04', 'plan'],
  ['05', 'plan'],
  ['01', 'cancel'],
]);

/** MS304 or AT501 → mode; others stand as given. */
export const MODE_BY_METHOD: ReadonlyMap<string, string> = new Map([
  ['LT', 'LTL'],
  ['M', 'FTL'],
  ['J', 'FTL'],
  ['A', 'AIR'],
  ['S', 'OCEAN'],
  ['R', 'RAIL'],
  ['X', 'INTERMODAL'],
]);

export const STOP_KIND_BY_REASON: ReadonlyMap<string, 'pickup' | 'delivery'> = new Map([
  ['CL', 'pickup'],
  ['LD', 'pickup'],
  ['PL', 'pickup'],
  ['CU', 'delivery'],
  ['UL', 'delivery'],
  ['PU', 'delivery'],
]);

/** Date qualifiers that open and close an appointment at each kind of stop. */
export const APPOINTMENT_DATES = {
  pickup: { from: new Set(['37', '10', '69']), to: new Set(['38']) },
  delivery: { from: new Set(['53', '02', '70']), to: new Set(['54']) },
} as const;

/** B104 of a 990. */
export const TENDER_RESPONSES: ReadonlyMap<string, 'tender-accepted' | 'tender-declined'> = new Map([
  ['A', 'tender-accepted'],
  ['D', 'tender-declined'],
]);

/** N711 of a container, whose number is a reference. */
export const CONTAINER_EQUIPMENT = 'CN';
