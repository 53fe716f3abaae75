// Which shipment is meant by a name, as it stands at one moment of a pass.
//
// Pure bookkeeping over what was read: within a pass names come and go as plans and lessons are applied, and the next
// message of the same pass must see that, so that batching changes nothing.
import type { Instant } from '../model/time.ts';
import type { Name, ReferenceRow } from '../store/references.ts';

export type NameIndex = {
  readonly shipments: Set<string>;
  /** By name: the shipments that carry it, and when they were taught to. */
  readonly carriers: Map<string, Map<string, Instant | undefined>>;
};

export type Found = { readonly shipment: string; readonly by: Name };

export function emptyIndex(): NameIndex {
  return { shipments: new Set(), carriers: new Map() };
}

export function nameKey({ type, value }: Name): string {
  return `${type} ${value}`;
}

export function addName(index: NameIndex, { shipment, taughtAt, ...name }: ReferenceRow): void {
  const key = nameKey(name);
  const carriers = index.carriers.get(key);
  if (carriers === undefined) index.carriers.set(key, new Map([[shipment, taughtAt]]));
  else carriers.set(shipment, taughtAt);
}

export function removeName(index: NameIndex, { shipment, ...name }: ReferenceRow): void {
  index.carriers.get(nameKey(name))?.delete(shipment);
}

/** Tries the names in their order; a name finds only where exactly one shipment is meant. */
export function find(index: NameIndex, names: readonly Name[]): Found | undefined {
  for (const name of names) {
    // An id that is no shipment's own may have been said to mean another.
    const own = name.type === 'shipment' ? ownId(index, name.value) : undefined;
    const shipment = own ?? shipmentUnder(index, name);
    if (shipment !== undefined) return { shipment, by: name };
  }
  return undefined;
}

function ownId(index: NameIndex, shipment: string): string | undefined {
  return index.shipments.has(shipment) ? shipment : undefined;
}

/** The one shipment that carries the name; of several, the one that was taught to last. */
export function shipmentUnder(index: NameIndex, name: Name): string | undefined {
  const carriers = index.carriers.get(nameKey(name));
  if (carriers === undefined) return undefined;
  let taught: { shipment: string; at: Instant } | undefined;
  for (const [shipment, at] of carriers) {
    if (at === undefined) continue;
    if (taught === undefined || at > taught.at || (at === taught.at && shipment > taught.shipment)) {
      taught = { shipment, at };
    }
  }
  if (taught !== undefined) return taught.shipment;
  return carriers.size === 1 ? carriers.keys().next().value : undefined;
}

export function shipmentsUnder(index: NameIndex, name: Name): string[] {
  return [...(index.carriers.get(nameKey(name))?.keys() ?? [])];
}
