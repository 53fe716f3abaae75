// 940 → an order, where it says what the goods cost (contract parts 2 and 3; docs/decisions/0008).

import { faultAt, type X12Fault, type X12Transaction } from '../../formats/x12/index.ts';
import { elementFault, type ShippingLineView, viewShippingOrder } from '../../formats/x12/transactions/index.ts';
import { type Meaning, refusal, type X12Context } from './meaning.ts';
import { lineNumberFrom, meaningOfOrder, type WrittenLine } from './order.ts';

/** W0501: original and replacement. A cancelled order has no canonical event yet. */
const STATUSES: ReadonlySet<string> = new Set(['N', 'R']);

export function meaningOfShippingOrder(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewShippingOrder(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { segment, status, order, parties, lines: views } = read.view;
  if (!STATUSES.has(status)) return refusal([elementFault('element-code-unknown', segment, 1, { found: status })]);
  const lines = views.flatMap((view, index) => lineOf(view, index) ?? []);
  const unpriced = views.find(({ price }) => price === undefined);
  if (unpriced !== undefined) return refusal([priceless(unpriced)]);
  const written = { segment, order, orderElement: 2, parties, day: '', dayElement: 0, currency: '', lines };
  return meaningOfOrder(written, transaction, context);
}

// Lines that are not numbered are numbered as they stand.
function lineOf({ price, line, ...view }: ShippingLineView, index: number): WrittenLine | undefined {
  if (price === undefined) return undefined;
  const number = lineNumberFrom(line) ?? index + 1;
  return { ...view, number, quantityElement: 1, price: { ...price, element: 2 } };
}

function priceless({ segment: { id: segment, offset, index: segmentIndex } }: ShippingLineView): X12Fault {
  return faultAt('unit-price-missing', { segment, offset, segmentIndex });
}
