// 850 → an order (contract parts 2 and 3).

import type { X12Fault, X12Transaction } from '../../formats/x12/index.ts';
import {
  elementFault,
  type OrderLineView,
  type PartyView,
  viewPurchaseOrder,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent, EventData } from '../../model/event.ts';
import { formatIn, localDateIn } from '../../model/time.ts';
import { agreedCurrency, currencyFrom, readDecimal } from './amounts.ts';
import { countryFrom } from './codes/countries.ts';
import { customerFault, customerFrom } from './customer.ts';
import { eventId, freeText, isIdentifier, type Meaning, refusal, tooManyRows, type X12Context } from './meaning.ts';
import { dayFrom, instantAt } from './times.ts';

type Order = EventData<'order.placed'>;

/** BEG01: original, change as a whole, replacement, confirmation. A cancelled order has no canonical event yet. */
const PURPOSES: ReadonlySet<string> = new Set(['00', '04', '05', '06']);
/** N1 parties that may name the customer, in this order. */
const CUSTOMER_ROLES = ['BY', 'BT'];
/** Product ids (PO106 on) by which we know our own goods, the best first: ours, then the buyer's, then trade numbers. */
const SKU_QUALIFIERS = ['VN', 'SK', 'BP', 'CB', 'IN', 'UP', 'EN', 'UK', 'UI', 'UA'];

export function meaningOfPurchaseOrder(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewPurchaseOrder(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  if (!PURPOSES.has(view.purpose)) {
    return refusal([elementFault('element-code-unknown', view.segment, 1, { found: view.purpose })]);
  }
  if (!isIdentifier(view.order)) return refusal([elementFault('element-too-long', view.segment, 3)]);
  const customer = customerFrom(view.parties, CUSTOMER_ROLES, context);
  if (customer === undefined) return refusal([customerFault(transaction, view.parties, CUSTOMER_ROLES)]);
  const day = view.date === '' ? undefined : dayFrom(view.date);
  if (view.date !== '' && day === undefined) {
    return refusal([elementFault('element-date-invalid', view.segment, 5, { found: view.date })]);
  }
  const placedAt = day === undefined ? context.reportedAt : instantAt(day, { kind: 'local' }, context.zone);
  const agreed = agreedCurrency(context.rules, 'sell', customer, localDateIn(context.zone, placedAt));
  const currency = currencyFrom(view.currency, agreed, { segment: view.segment, from: 'CUR' });
  const lines = view.lines.map((line, index) => lineFrom(line, index));
  const broken = [
    ...tooManyRows(view.lines.map(({ segment }) => segment)),
    ...lines.flatMap((line) => (line.ok ? [] : [line.fault])),
  ];
  if (typeof currency !== 'string') return refusal([currency, ...broken]);
  if (broken.length > 0) return refusal(broken);
  const event: CanonicalEvent = {
    id: eventId(context, view.segment),
    source: context.source,
    type: 'order.placed',
    time: context.reportedText,
    data: {
      order: view.order,
      customer,
      lines: lines.flatMap((line) => (line.ok ? [line.line] : [])),
      shipTo: shipToFrom(view.parties),
      currency,
      placedAt: formatIn(context.zone, placedAt),
    },
  };
  return { said: [{ event, names: [], teaches: [], subject: view.order }], faults: [] };
}

type ReadLine = { ok: true; line: Order['lines'][number] } | { ok: false; fault: X12Fault };

// Lines that are not numbered are numbered as they stand.
function lineFrom(view: OrderLineView, index: number): ReadLine {
  const quantity = readDecimal(view.segment, 2, view.quantity);
  if (!quantity.ok) return quantity;
  const unitPrice = readDecimal(view.segment, 4, view.price);
  if (!unitPrice.ok) return unitPrice;
  if (quantity.text.startsWith('-')) {
    return { ok: false, fault: elementFault('element-number-invalid', view.segment, 2, { found: view.quantity }) };
  }
  const sku = SKU_QUALIFIERS.map(
    (qualifier) => view.products.find((each) => each.qualifier === qualifier)?.id ?? '',
  ).find(isIdentifier);
  return {
    ok: true,
    line: {
      line: lineNumberFrom(view.line) ?? index + 1,
      ...(sku === undefined ? {} : { sku }),
      ...(view.description === '' ? {} : { description: freeText(view.description) }),
      quantity: quantity.text,
      ...(isIdentifier(view.unit) ? { unit: view.unit } : {}),
      unitPrice: unitPrice.text,
    },
  };
}

/** `0010` → 10; `undefined` where a line is not named by a number. */
export function lineNumberFrom(written: string): number | undefined {
  return /^\d{1,9}$/.test(written) ? Number(written) : undefined;
}

function shipToFrom(parties: readonly PartyView[]): NonNullable<Order['shipTo']> {
  const party = parties.find(({ role }) => role === 'ST') ?? parties.find(({ place }) => place !== undefined);
  const { name = '', place } = party ?? {};
  const country = place === undefined || place.country === '' ? undefined : countryFrom(place.country);
  return {
    ...(name === '' ? {} : { name: freeText(name) }),
    ...(place === undefined || place.city === '' ? {} : { city: freeText(place.city) }),
    ...(place !== undefined && /^[A-Za-z0-9]{1,3}$/.test(place.region) ? { region: place.region } : {}),
    ...(place !== undefined && isIdentifier(place.postal) ? { postal: place.postal } : {}),
    // N4 without a country is in the United States, as in a 204.
    ...(place === undefined ? {} : { country: country ?? 'US' }),
  };
}
