// 850 → an order (contract parts 2 and 3).

import type { X12Transaction } from '../../formats/x12/index.ts';
import { elementFault, type OrderLineView, viewPurchaseOrder } from '../../formats/x12/transactions/index.ts';
import { type Meaning, refusal, type X12Context } from './meaning.ts';
import { lineNumberFrom, meaningOfOrder, type WrittenLine } from './order.ts';

/** BEG01: original, change as a whole, replacement, confirmation. A cancelled order has no canonical event yet. */
const PURPOSES: ReadonlySet<string> = new Set(['00', '04', '05', '06']);

export function meaningOfPurchaseOrder(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewPurchaseOrder(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { purpose, segment, order, parties, currency, date: day, lines } = read.view;
  if (!PURPOSES.has(purpose)) {
    return refusal([elementFault('element-code-unknown', segment, 1, { found: purpose })]);
  }
  const written = { segment, order, orderElement: 3, parties, day, dayElement: 5, currency, lines: lines.map(lineOf) };
  return meaningOfOrder(written, transaction, context);
}

// Lines that are not numbered are numbered as they stand.
function lineOf({ segment, line, price, ...view }: OrderLineView, index: number): WrittenLine {
  const number = lineNumberFrom(line) ?? index + 1;
  return { ...view, segment, number, quantityElement: 2, price: { segment, element: 4, text: price } };
}
