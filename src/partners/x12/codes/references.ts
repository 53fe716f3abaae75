// X12 reference qualifiers (L11, N9) → reference types: contract part 2. Others are kept as given.

import type { ReferenceType } from '../../../model/reference.ts';

const QUALIFIERS: Readonly<Partial<Record<ReferenceType, string>>> = {
  bol: 'BM MB',
  pro: 'CN PRO 2I',
  po: 'PO',
  // Also tried as the shipment's own id: SHIPMENT_QUALIFIERS.
  'customer-ref': 'SI SID CR',
  container: 'OC',
  booking: 'BN',
  load: 'LO',
};

export const REFERENCE_TYPE_BY_QUALIFIER: ReadonlyMap<string, ReferenceType> = new Map(
  Object.entries(QUALIFIERS).flatMap(([type, codes]) =>
    codes.split(' ').map((code) => [code, type as ReferenceType] as const),
  ),
);

/** Name the shipment where one is so named. */
export const SHIPMENT_QUALIFIERS: ReadonlySet<string> = new Set(['SI', 'SID', 'CR']);

export const STOP_SEQUENCE_QUALIFIER = 'QN';
export const DISTANCE_QUALIFIER = 'DIS';
