// The bytes of a document that was attached to a shipment, for those who may see it.

import { hear } from '../domain/shipment/hearing.ts';
import { attachmentOf } from '../store/attachments.ts';
import { memoryOfShipment } from '../store/read/knowledge.ts';
import type { ExplainContext, ExplainOptions } from './explain.ts';

export type ShipmentDocument = {
  readonly kind: string;
  readonly mediaType?: string;
  readonly content: Uint8Array;
};

/** `event`: the one that brought it. `undefined`: there is none that may be seen, or only its address is known. */
export async function shipmentDocument(
  { store, rules }: ExplainContext,
  shipment: string,
  event: string,
  { customer }: ExplainOptions,
): Promise<ShipmentDocument | undefined> {
  const memory = await memoryOfShipment(store, store.tenant, shipment);
  const fact = memory?.facts.find(({ id }) => id === event);
  if (memory === undefined || fact?.kind !== 'document' || fact.content === undefined) return undefined;
  if (customer !== undefined) {
    // What a stranger attached is kept, and is nothing that a customer should be shown.
    const heard = hear(memory.facts, await rules.current(store));
    if (heard?.plan.customer !== customer || heard.unheard.includes(event)) return undefined;
  }
  const kept = await attachmentOf(store, store.tenant, fact.content);
  if (kept === undefined) return undefined;
  const mediaType = fact.mediaType ?? kept.mediaType;
  return { kind: fact.document, content: kept.content, ...(mediaType === undefined ? {} : { mediaType }) };
}
