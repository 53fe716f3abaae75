// Documents made ready to go, in parcels whose attachments fit into memory together.
//
// A batch may be hundreds of invoices, each with scans of some megabytes: they are read when their parcel goes, and
// forgotten after it.
import type { WantedDocument } from '../../connectors/contract.ts';
import { hear } from '../../domain/shipment/hearing.ts';
import {
  attachmentSizes,
  type DeliverableDocument,
  factsOfShipments,
  keptAttachments,
} from '../../store/deliverable-documents.ts';
import { entitiesOfBills } from './bill-entities.ts';
import type { DeliverContext } from './context.ts';
import { type Proof, proofsFor, proofsIn, type Shipments, wantedDocument } from './wanted.ts';

const PARCEL_BYTES = 32 * 1024 * 1024;

type Carried = { readonly document: DeliverableDocument };
export type Parcel<Task extends Carried> = {
  readonly parcel: readonly Task[];
  /** One for each, in the same order. */
  readonly wanted: readonly WantedDocument[];
};

/** All tasks, in the order given. */
export async function* parcels<Task extends Carried>(
  context: Pick<DeliverContext, 'store' | 'rules'>,
  tasks: readonly Task[],
): AsyncGenerator<Parcel<Task>> {
  if (tasks.length === 0) return;
  const { store } = context;
  const { partners, entities } = await context.rules.current(store);
  const entityOfBill = await entitiesOfBills(
    context,
    tasks.map(({ document }) => document),
  );
  const shipments = await heardOf(
    context,
    tasks.flatMap(({ document }) => document.shipments),
  );
  const hashes = new Set([...shipments.values()].flatMap(({ facts }) => proofsIn(facts)));
  const bytes = await attachmentSizes(store, store.tenant, [...hashes]);
  const laden = tasks.map((task) => ({ task, proofs: proofsFor(task.document, shipments, bytes) }));
  for (const parcel of parcelled(laden, bytes)) {
    const contents = new Set(parcel.flatMap(({ proofs }) => proofs.map(({ content }) => content)));
    const attachments = await keptAttachments(store, store.tenant, [...contents]);
    yield {
      parcel: parcel.map(({ task }) => task),
      wanted: parcel.map(({ task, proofs }) => {
        const { number, customer, legalEntity = entityOfBill.get(number) } = task.document;
        const entity = entities.get(legalEntity ?? '');
        const background = { partner: partners.get(customer), entity, shipments, proofs, attachments };
        return wantedDocument({ ...task.document, legalEntity }, background);
      }),
    };
  }
}

/** What was heard of each of these shipments. */
export async function heardOf(
  { store, rules }: Pick<DeliverContext, 'store' | 'rules'>,
  shipments: readonly string[],
): Promise<Shipments> {
  const facts = await factsOfShipments(store, store.tenant, [...new Set(shipments)]);
  const book = await rules.current(store);
  const heard = [...facts].map(([shipment, said]) => [shipment, hear(said, book)] as const);
  return new Map(heard.flatMap(([shipment, known]) => (known === undefined ? [] : [[shipment, known]])));
}

type Laden = { readonly proofs: readonly Proof[] };

function parcelled<Item extends Laden>(items: readonly Item[], bytes: ReadonlyMap<string, number>): Item[][] {
  const all: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const needed = item.proofs.reduce((sum, { content }) => sum + (bytes.get(content) ?? 0), 0);
    const last = all.at(-1);
    if (last === undefined || needed > room) {
      all.push([item]);
      room = PARCEL_BYTES - needed;
    } else {
      last.push(item);
      room -= needed;
    }
  }
  return all;
}
