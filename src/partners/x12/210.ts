// 210 → a carrier's freight bill, one line a charge (contract part 2).

import { faultAt, type X12Fault, type X12Transaction } from '../../formats/x12/index.ts';
import {
  type ChargeView,
  elementFault,
  type FreightInvoice210,
  type ReferenceView,
  viewFreightInvoice,
} from '../../formats/x12/transactions/index.ts';
import { decimal } from '../../model/decimal.ts';
import type { CanonicalEvent, CarrierInvoice } from '../../model/event.ts';
import type { Reference } from '../../model/reference.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { localDateIn } from '../../model/time.ts';
import { agreedCurrency, currencyFrom, impliedDecimalFrom, readDecimal } from './amounts.ts';
import { CHARGE_BY_CODE, PLAIN_FREIGHT } from './codes/charges.ts';
import { amountFaults, eventId, isIdentifier, type Meaning, refusal, tooManyRows, type X12Context } from './meaning.ts';
import { MAX_REFERENCES_EACH, referencesFrom } from './references.ts';
import { dayFrom } from './times.ts';

export function meaningOfFreightInvoice(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewFreightInvoice(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const billing = context.directory.byScac(view.scac) ?? (view.scac === '' ? context.sender : undefined);
  const carrier = billing?.id ?? view.scac;
  const day = dayFrom(view.date);
  if (day === undefined) {
    return refusal([elementFault('element-date-invalid', view.segment, 6, { found: view.date })]);
  }
  const issuedOn = localDateIn('UTC', day);
  const agreed = agreedCurrency(context.rules, 'buy', carrier, issuedOn);
  const currency = currencyFrom(view.currency, agreed, { segment: view.segment, from: 'C3' });
  const lines = linesFrom(view, billing ?? context.sender);
  const faults = [
    ...nameFaults(view, carrier),
    ...(typeof currency === 'string' ? [] : [currency]),
    ...lines.flatMap((line) => (line.ok ? [] : [line.fault])),
  ];
  const good = lines.flatMap((line) => (line.ok ? [line.line] : []));
  if (faults.length === 0) faults.push(...totalFaults(view, good));
  if (faults.length > 0 || typeof currency !== 'string') return refusal(faults);
  const event: CanonicalEvent = {
    id: eventId(context, view.segment),
    source: context.source,
    type: 'carrier.invoice',
    time: context.reportedText,
    data: { carrier, invoice: view.invoice, issuedOn, currency, lines: good },
  };
  const unbillable = amountFaults(event, view.segment);
  if (unbillable.length > 0) return refusal(unbillable);
  return { said: [{ event, names: [], teaches: [], subject: `${carrier}/${view.invoice}` }], faults: [] };
}

function nameFaults({ segment, invoice }: FreightInvoice210, carrier: string): X12Fault[] {
  const tooLong = (element: number, found: string) =>
    isIdentifier(found) ? [] : [elementFault('element-too-long', segment, element, { expected: '200', found })];
  return [...tooLong(2, invoice), ...tooLong(11, carrier)];
}

function contentRefused({ segment }: FreightInvoice210, reason: string, element?: number): X12Fault {
  const offset = element === undefined ? segment.offset : segment.elementOffset(element);
  const place = { segment: segment.id, offset, segmentIndex: segment.index };
  return faultAt('content-refused', element === undefined ? place : { ...place, element }, { found: reason });
}

type InvoiceLine = CarrierInvoice['lines'][number];
type ReadLine = { ok: true; line: InvoiceLine } | { ok: false; fault: X12Fault };

function linesFrom(view: FreightInvoice210, carrier: Partner): ReadLine[] {
  const head = referencesFrom(view.references, [], MAX_REFERENCES_EACH);
  // The charges of one loop have its references in common.
  const known = new Map<readonly ReferenceView[], readonly Reference[]>();
  // An L1 without a charge describes a rate; nothing is billed by it.
  const billed = view.charges.filter(({ charge }) => charge !== '');
  const [tooMany] = tooManyRows(billed.map(({ segment }) => segment));
  if (tooMany !== undefined) return [{ ok: false, fault: tooMany }];
  return billed.map((charge) => {
    const references = known.get(charge.references) ?? referencesFrom(charge.references, head, MAX_REFERENCES_EACH);
    known.set(charge.references, references);
    return lineFrom(charge, view, references, carrier);
  });
}

function lineFrom(
  { segment, charge, code }: ChargeView,
  view: FreightInvoice210,
  references: readonly Reference[],
  carrier: Partner,
): ReadLine {
  const amount = readDecimal(segment, 4, charge, impliedDecimalFrom);
  if (!amount.ok) return amount;
  const named = isIdentifier(view.shipmentId);
  if (!named && references.length === 0) {
    return { ok: false, fault: elementFault('element-missing', view.segment, 3) };
  }
  const line: InvoiceLine = { code: chargeCodeFrom(code, carrier), amount: amount.text };
  if (named) line.shipment = view.shipmentId;
  if (references.length > 0) line.references = references as Reference[];
  return { ok: true, line };
}

const LONGEST_CHARGE_CODE = 40;

function chargeCodeFrom(code: string, { chargeCodes }: Partner): string {
  if (code === '') return PLAIN_FREIGHT;
  return chargeCodes?.[code] ?? CHARGE_BY_CODE.get(code) ?? code.slice(0, LONGEST_CHARGE_CODE);
}

function totalFaults(view: FreightInvoice210, lines: readonly InvoiceLine[]): X12Fault[] {
  const total = readDecimal(view.segment, 7, view.total, impliedDecimalFrom);
  if (!total.ok) return [total.fault];
  const sum = lines.reduce((added, { amount }) => added.plus(decimal(amount)), decimal(0));
  if (sum.eq(decimal(total.text))) return [];
  return [contentRefused(view, `the total is ${total.text}, its lines add up to ${sum.toFixed(2)}`, 7)];
}
