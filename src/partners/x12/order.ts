// What 850 and 940 have in common: an order of a customer, line by line, at a price.

import { faultAt, type X12Fault, type X12Segment, type X12Transaction } from '../../formats/x12/index.ts';
import { elementFault, type PartyView } from '../../formats/x12/transactions/index.ts';
import type { EventData } from '../../model/event.ts';
import { formatIn, type Instant, localDateIn } from '../../model/time.ts';
import { agreedCurrency, currencyFrom, readDecimal } from './amounts.ts';
import { countryFrom } from './codes/countries.ts';
import { customerFault, customerFrom } from './customer.ts';
import { eventId, freeText, isIdentifier, type Meaning, refusal, tooManyRows, type X12Context } from './meaning.ts';
import { dayFrom, instantAt } from './times.ts';

type Order = EventData<'order.placed'>;

/** N1 parties that may name the customer, in this order. */
const CUSTOMER_ROLES = ['BY', 'BT'];
/** Product ids by which we know our own goods, the best first: ours, then the buyer's, then trade numbers. */
const SKU_QUALIFIERS = ['VN', 'SK', 'BP', 'CB', 'IN', 'UP', 'EN', 'UK', 'UI', 'UA'];

/** What a transaction says of an order, as written. */
export type WrittenOrder = {
  readonly segment: X12Segment;
  readonly order: string;
  /** The element of `segment` that has the number. */
  readonly orderElement: number;
  readonly parties: readonly PartyView[];
  /** When it was placed; `undefined`: when it was sent. */
  readonly day: string;
  readonly dayElement: number;
  readonly currency: string;
  readonly lines: readonly WrittenLine[];
};

export type WrittenLine = {
  readonly segment: X12Segment;
  readonly number: number;
  readonly quantity: string;
  readonly quantityElement: number;
  readonly unit: string;
  readonly price: { readonly segment: X12Segment; readonly element: number; readonly text: string };
  readonly products: readonly { readonly qualifier: string; readonly id: string }[];
  readonly description: string;
};

export function meaningOfOrder(written: WrittenOrder, transaction: X12Transaction, context: X12Context): Meaning {
  const { segment, order, parties, lines } = written;
  if (!isIdentifier(order)) return refusal([elementFault('element-too-long', segment, written.orderElement)]);
  const customer = customerFrom(parties, CUSTOMER_ROLES, context);
  if (customer === undefined) return refusal([customerFault(transaction, parties, CUSTOMER_ROLES)]);
  const placedAt = placedAtOf(written, context);
  if (typeof placedAt !== 'number') return refusal([placedAt]);
  const agreed = agreedCurrency(context.rules, 'sell', customer, localDateIn(context.zone, placedAt));
  const currency = currencyFrom(written.currency, agreed, { segment, from: 'CUR' });
  const read = lines.map(lineFrom);
  const broken = [
    ...tooManyRows(lines.map((line) => line.segment)),
    ...doubledLines(lines),
    ...read.flatMap((line) => (line.ok ? [] : [line.fault])),
  ];
  if (typeof currency !== 'string') return refusal([currency, ...broken]);
  if (broken.length > 0) return refusal(broken);
  const data: Order = {
    order,
    customer,
    lines: read.flatMap((line) => (line.ok ? [line.line] : [])),
    shipTo: shipToFrom(parties),
    currency,
    placedAt: formatIn(context.zone, placedAt),
  };
  const { source, reportedText: time } = context;
  const event = { id: eventId(context, segment), source, type: 'order.placed' as const, time, data };
  return { said: [{ event, names: [], teaches: [], subject: order }], faults: [] };
}

function placedAtOf({ segment, day: text, dayElement }: WrittenOrder, context: X12Context): Instant | X12Fault {
  if (text === '') return context.reportedAt;
  const day = dayFrom(text);
  if (day === undefined) return elementFault('element-date-invalid', segment, dayElement, { found: text });
  return instantAt(day, { kind: 'local' }, context.zone);
}

type ReadLine = { ok: true; line: Order['lines'][number] } | { ok: false; fault: X12Fault };

function lineFrom({ segment, number, price, products, unit, description, ...written }: WrittenLine): ReadLine {
  const quantity = readDecimal(segment, written.quantityElement, written.quantity);
  if (!quantity.ok) return quantity;
  const unitPrice = readDecimal(price.segment, price.element, price.text);
  if (!unitPrice.ok) return unitPrice;
  if (quantity.text.startsWith('-')) {
    const found = { found: written.quantity };
    return { ok: false, fault: elementFault('element-number-invalid', segment, written.quantityElement, found) };
  }
  const sku = SKU_QUALIFIERS.map((qualifier) => products.find((each) => each.qualifier === qualifier)?.id ?? '').find(
    isIdentifier,
  );
  return {
    ok: true,
    line: {
      line: number,
      ...(sku === undefined ? {} : { sku }),
      ...(description === '' ? {} : { description: freeText(description) }),
      quantity: quantity.text,
      ...(isIdentifier(unit) ? { unit } : {}),
      unitPrice: unitPrice.text,
    },
  };
}

// Which of the two is meant by what is shipped later, nobody could say.
function doubledLines(lines: readonly WrittenLine[]): X12Fault[] {
  const seen = new Set<number>();
  return lines.flatMap(({ segment: { id: segment, offset, index: segmentIndex }, number }) => {
    const isNew = !seen.has(number);
    seen.add(number);
    if (isNew) return [];
    return [faultAt('content-refused', { segment, offset, segmentIndex }, { found: `line ${number} is there twice` })];
  });
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
