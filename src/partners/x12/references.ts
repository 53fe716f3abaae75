// L11 and N9 segments → references, and the names by which a shipment is looked for.

import type { ReferenceView } from '../../formats/x12/transactions/index.ts';
import { LEARNED_REFERENCE_TYPES, type Reference } from '../../model/reference.ts';
import type { ShipmentName } from '../translation.ts';
import {
  DISTANCE_QUALIFIER,
  REFERENCE_TYPE_BY_QUALIFIER,
  SHIPMENT_QUALIFIERS,
  STOP_SEQUENCE_QUALIFIER,
} from './codes/references.ts';
import { isIdentifier } from './meaning.ts';

/** The schema's limit; a plan may list many orders. */
const MAX_REFERENCES = 1_000;
/** Of one status or one billed line: each of them carries its own copy. */
export const MAX_REFERENCES_EACH = 50;
// Neither names a shipment: stop 2 of one is as good as stop 2 of another.
const NO_NAMES: ReadonlySet<string> = new Set([STOP_SEQUENCE_QUALIFIER, DISTANCE_QUALIFIER]);
const NONE: readonly Reference[] = [];

/** Each number once, in order; qualifiers without a meaning of ours are kept as given. */
export function referencesFrom(
  views: readonly ReferenceView[],
  first: readonly Reference[] = NONE,
  limit = MAX_REFERENCES,
): readonly Reference[] {
  if (views.length === 0) return first;
  const references = [...first];
  for (const { qualifier, value } of views) {
    if (references.length >= limit) break;
    if (NO_NAMES.has(qualifier) || !isIdentifier(qualifier) || !isIdentifier(value)) continue;
    const type = REFERENCE_TYPE_BY_QUALIFIER.get(qualifier) ?? qualifier;
    const known = references.some((each) => each.type === type && each.value === value);
    if (!known) references.push({ type, value });
  }
  return references;
}

/**
 * In the order to try: the number in the shipment's place as our own id and as a bill of lading, then numbers whose
 * qualifier says they may be the shipment's id, then all references.
 */
export function namesFrom(
  shipmentId: string,
  views: readonly ReferenceView[],
  references: readonly Reference[],
): ShipmentName[] {
  return [...ownNamesFrom(shipmentId, views), ...references];
}

/** Those of them that may be the shipment's own id. */
export function ownNamesFrom(shipmentId: string, views: readonly ReferenceView[]): ShipmentName[] {
  const names: ShipmentName[] = [];
  if (isIdentifier(shipmentId)) {
    names.push({ type: 'shipment', value: shipmentId }, { type: 'bol', value: shipmentId });
  }
  for (const { qualifier, value } of views) {
    if (names.length >= MAX_REFERENCES_EACH) break;
    if (SHIPMENT_QUALIFIERS.has(qualifier) && isIdentifier(value)) names.push({ type: 'shipment', value });
  }
  return names;
}

export function learnedFrom(references: readonly Reference[]): readonly Reference[] {
  const learned = references.filter(({ type }) => LEARNED_REFERENCE_TYPES.has(type));
  return learned.length === 0 ? NONE : learned;
}
