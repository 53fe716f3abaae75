// 945 and 856 → what was packed into a shipment: order, line and quantity, and the packages by their SSCC (part 3).

import { faultAt, type X12Fault, type X12Segment, type X12Transaction } from '../../formats/x12/index.ts';
import {
  elementFault,
  type LevelView,
  type PackedItem,
  type PackedLoop,
  type ReferenceView,
  type ShipNotice856,
  type ShippingAdvice945,
  viewShipNotice,
  viewShippingAdvice,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent, EventData } from '../../model/event.ts';
import type { Reference } from '../../model/reference.ts';
import type { ContentsRow } from '../../model/shipment.ts';
import { decimalFrom } from './amounts.ts';
import { eventId, hardened, isIdentifier, type Meaning, tooManyRows, type X12Context } from './meaning.ts';
import { momentOf, textOfMoment } from './moments.ts';
import { lineNumberFrom } from './order.ts';
import { learnedFrom, namesFrom, referencesFrom } from './references.ts';

/** N901 of a line's number in its order. */
const LINE_QUALIFIER = 'LI';
/** N901 and REF01 of an item's order, where it is another than the heading names. */
const ORDER_QUALIFIERS = ['PO', 'CO'];
/** G6201 and DTM01 of the day it was shipped. */
const SHIPPED = { G62: '11', DTM: '011' } as const;
/** BSN01 that takes a notice back: no canonical event says so. */
const CANCELLED = '01';

type Packed = {
  readonly segment: X12Segment;
  readonly shipmentId: string;
  readonly references: readonly ReferenceView[];
  readonly rows: readonly Row[];
  readonly packedAt: string;
  /** One a row. */
  readonly items: readonly X12Segment[];
};
/** One row of the contents, and the package it lies in. */
type Row = { readonly sscc: string; readonly row: ContentsRow };
type ReadRow = { ok: true; row: Row } | { ok: false; fault: X12Fault };

export function meaningOfShippingAdvice(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewShippingAdvice(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const rows = view.loops.flatMap((loop) => loop.items.map((item) => rowOfItem(item, loop, view)));
  const { segment, shipmentId, references } = view;
  const packedAt = adviceTime(view, context);
  const items = view.loops.flatMap((loop) => loop.items.map((item) => item.segment));
  return meaningOf({ segment, shipmentId, references, packedAt, items }, rows, 4, context);
}

export function meaningOfShipNotice(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewShipNotice(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const { segment, shipmentId, purpose } = view;
  if (purpose === CANCELLED) {
    return { said: [], faults: [hardened(elementFault('element-code-unknown', segment, 1, { found: purpose }))] };
  }
  const items = view.levels.filter(({ shipped }) => shipped !== undefined);
  const packageBelow = packagesBelow(view.levels);
  const rows = items.map((level, index) => rowOfLevel(level, index, packageBelow));
  const references = view.levels.filter(({ kind }) => kind === 'S').flatMap((level) => level.references);
  const packed = {
    segment,
    shipmentId,
    references,
    packedAt: noticeTime(view, context),
    items: items.map((each) => each.segment),
  };
  return meaningOf(packed, rows, 2, context);
}

function meaningOf(
  packed: Omit<Packed, 'rows'>,
  read: readonly ReadRow[],
  shipmentElement: number,
  context: X12Context,
): Meaning {
  const faults = [...tooManyRows(packed.items), ...read.flatMap((each) => (each.ok ? [] : [hardened(each.fault)]))];
  const references = referencesFrom(packed.references);
  if (!isIdentifier(packed.shipmentId) && references.length === 0) {
    faults.push(hardened(elementFault('element-missing', packed.segment, shipmentElement)));
  }
  if (faults.length > 0) return { said: [], faults };
  const rows = read.flatMap((each) => (each.ok ? [each.row] : []));
  const names = namesFrom(packed.shipmentId, packed.references, references);
  const event: CanonicalEvent = {
    id: eventId(context, packed.segment),
    source: context.source,
    type: 'shipment.packed',
    time: context.reportedText,
    data: dataOf({ ...packed, rows }, references),
  };
  const subject = names[0]?.value ?? context.path;
  return { said: [{ event, names, teaches: learnedFrom(references), subject }], faults: [] };
}

function dataOf(
  { shipmentId, packedAt, rows }: Packed,
  references: readonly Reference[],
): EventData<'shipment.packed'> {
  const packages = [...Map.groupBy(rows, ({ sscc }) => sscc)]
    .filter(([sscc]) => isIdentifier(sscc))
    .map(([sscc, inside]) => ({ sscc, contents: inside.map(({ row }) => row) }));
  return {
    ...(isIdentifier(shipmentId) ? { shipment: shipmentId } : {}),
    ...(references.length === 0 ? {} : { references: references as Reference[] }),
    contents: rows.map(({ row }) => row),
    packedAt,
    ...(packages.length === 0 ? {} : { packages }),
  };
}

function rowOfItem(item: PackedItem, loop: PackedLoop, { order, segment }: ShippingAdvice945): ReadRow {
  const quantity = quantityFrom(item.quantity);
  if (quantity === undefined) {
    return { ok: false, fault: elementFault('element-number-invalid', item.segment, 3, { found: item.quantity }) };
  }
  const own = orderIn(item.references) || orderIn(loop.references) || order;
  if (!isIdentifier(own)) return { ok: false, fault: elementFault('element-too-long', segment, 2) };
  const named = [item.references, loop.references].map((references) => lineNumberFrom(lineIn(references)));
  const line = named.find((number) => number !== undefined) ?? lineNumberFrom(loop.number);
  if (line === undefined) return { ok: false, fault: elementFault('element-missing', item.segment, 1) };
  return { ok: true, row: { sscc: loop.sscc, row: { order: own, line, quantity } } };
}

function lineIn(references: readonly ReferenceView[]): string {
  return references.find(({ qualifier }) => qualifier === LINE_QUALIFIER)?.value ?? '';
}

function orderIn(references: readonly ReferenceView[]): string {
  const named = ORDER_QUALIFIERS.map((wanted) => references.find(({ qualifier }) => qualifier === wanted)?.value);
  return named.find((value) => value !== undefined) ?? '';
}

// Items that are not numbered are numbered as they stand, as the lines of an order are.
function rowOfLevel(level: LevelView, index: number, packageBelow: ReadonlyMap<LevelView, string>): ReadRow {
  const { segment, quantity: written, line: assigned } = level.shipped as NonNullable<LevelView['shipped']>;
  const quantity = quantityFrom(written);
  if (quantity === undefined) {
    return { ok: false, fault: elementFault('element-number-invalid', segment, 2, { found: written }) };
  }
  // A shipment's own references are what finds it, and name no item's order.
  const order = nearest(level, (each) => each.order || (each.kind === 'S' ? '' : orderIn(each.references)));
  if (!isIdentifier(order)) return { ok: false, fault: orderMissing(level) };
  const line =
    lineNumberFrom(level.line) ?? lineNumberFrom(lineIn(level.references)) ?? lineNumberFrom(assigned) ?? index + 1;
  const sscc = nearest(level, (each) => each.sscc) || (packageBelow.get(level) ?? '');
  return { ok: true, row: { sscc, row: { order, line, quantity } } };
}

// Some put the package under the item.
function packagesBelow(levels: readonly LevelView[]): ReadonlyMap<LevelView, string> {
  const below = new Map<LevelView, string>();
  for (const { parent, sscc } of levels) {
    if (parent !== undefined && sscc !== '' && !below.has(parent)) below.set(parent, sscc);
  }
  return below;
}

/** The standard knows seven levels; a chain of thousands is garbage. */
const DEEPEST_LEVEL = 20;

function nearest(level: LevelView, of: (level: LevelView) => string): string {
  let each: LevelView | undefined = level;
  for (let depth = 0; each !== undefined && depth < DEEPEST_LEVEL; depth++) {
    if (of(each) !== '') return of(each);
    each = each.parent;
  }
  return '';
}

// Told at the HL under which PRF should stand.
function orderMissing({ parent, segment }: LevelView): X12Fault {
  const { offset, index } = parent?.segment ?? segment;
  return faultAt('segment-missing', { segment: 'PRF', offset, segmentIndex: index });
}

function quantityFrom(written: string): string | undefined {
  const quantity = decimalFrom(written);
  return quantity?.startsWith('-') ? undefined : quantity;
}

// The day it was shipped, else the document's own, else the group's; a template's CCYYMMDD is none of these.
function adviceTime({ moments, segment, date }: ShippingAdvice945, context: X12Context): string {
  const shipped = moments.filter(({ qualifier }) => qualifier === SHIPPED.G62);
  const own = { segment, date, time: '', zone: '' };
  return firstReadable([...shipped, own], context);
}

function noticeTime({ dates, segment, date, time }: ShipNotice856, context: X12Context): string {
  const shipped = dates.filter(({ qualifier }) => qualifier === SHIPPED.DTM);
  return firstReadable([...shipped, { segment, date, time, zone: '' }], context);
}

type Written = { segment: X12Segment; date: string; time: string; zone: string };

function firstReadable(moments: readonly Written[], context: X12Context): string {
  for (const written of moments) {
    const moment = momentOf(written, { date: 2, time: 3, zone: 4 });
    if (moment.ok) return textOfMoment(moment, context);
  }
  return context.reportedText;
}
