// The numbers by which others name a shipment.

import { type Static, Type } from 'typebox';
import { Identifier } from './text.ts';

const REFERENCE_TYPES = [
  'bol',
  'pro',
  'po',
  'order',
  'container',
  'booking',
  'load',
  'tracking',
  'sscc',
  'customer-ref',
] as const;
export const ReferenceType = Type.Enum(REFERENCE_TYPES);
export type ReferenceType = Static<typeof ReferenceType>;

/** A type outside the list is kept as given (X12 qualifiers without a meaning of ours) and finds what carries the same. */
export const Reference = Type.Object({ type: Identifier, value: Identifier });
export type Reference = Static<typeof Reference>;

/** Given in a message that was placed by other means, these are remembered: from then on they find that shipment alone. */
export const LEARNED_REFERENCE_TYPES: ReadonlySet<string> = new Set(['pro', 'tracking', 'container', 'booking']);
