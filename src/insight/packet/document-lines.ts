// A billing document's lines computed anew: what the facts and rules of its decision give, less what was billed before. Pure.

import { manualIn, writeOffsIn } from '../../domain/billing/manual.ts';
import { leftOf, type Waived, waivedIn } from '../../domain/billing/waive.ts';
import { decide } from '../../domain/decide.ts';
import { taxOn } from '../../domain/tax/table-engine.ts';
import type { RatedCharge } from '../../model/decision.ts';
import { chargeKey } from '../../model/document.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import { type Instant, instantOf } from '../../model/time.ts';
import type { Basis, DocumentInPacket, LineFinding, LineInPacket, ShipmentInPacket } from './packet.ts';
import { rulesKnownAt } from './rules-in-packet.ts';
import { isLostAt, ordersThen, type Then, waysToSee } from './states.ts';

/** `known`: how many of the shipment's facts; all of them where it is not said. */
export function linesAnew(
  basis: Basis,
  rules: RuleBook,
  document: DocumentInPacket,
  shipment: ShipmentInPacket,
  known: number | undefined,
): LineFinding[] {
  const ways = waysToSee(basis, instantOf(document.decidedAt)).map((then) =>
    linesThen(basis, rules, document, shipment, { known, then }),
  );
  return ways.find((lines) => lines.every(({ standing }) => standing === 'follows')) ?? ways[0] ?? [];
}

function linesThen(
  basis: Basis,
  rules: RuleBook,
  document: DocumentInPacket,
  shipment: ShipmentInPacket,
  { known, then }: { readonly known: number | undefined; readonly then: Then },
): LineFinding[] {
  const facts = shipment.facts.slice(0, known);
  const { at } = then;
  const landed = shipment.standing.landed?.filter(({ arrivedAt }) => arrivedAt <= at);
  const standing = landed === undefined ? {} : { landed };
  const input = { shipment: shipment.shipment, facts, orders: ordersThen(shipment, then), documents: [], standing };
  const decision = decide(input, rulesKnownAt(rules, basis.rules, then), at);
  // Who is not the customer any more is charged nothing.
  const isTheirs = decision?.customer === document.customer;
  const rated = (isTheirs ? decision.rated : []).filter(
    ({ side, currency }) => side === 'sell' && currency === document.currency,
  );
  const earlier = basis.documents
    .slice(0, basis.documents.indexOf(document))
    .filter(({ customer }) => customer === document.customer);
  const writtenOff = writeOffsIn(manualIn(facts), rated);
  const isLost = isLostFor(basis, shipment, at);
  return document.lines
    .filter((line) => line.shipment === shipment.shipment)
    .map((line) => lineAnew(line, document, { rated, earlier, shipment, writtenOff, isLost }));
}

type Known = {
  readonly rated: readonly RatedCharge[];
  readonly earlier: readonly DocumentInPacket[];
  readonly shipment: ShipmentInPacket;
  readonly isLost: (line: LineInPacket) => boolean;
  readonly writtenOff: Waived;
};

function lineAnew(line: LineInPacket, document: DocumentInPacket, known: Known): LineFinding {
  const { currency, kind } = document;
  const { shipment, code, order, line: position } = line;
  const key = chargeKey(line);
  const charges = known.rated.filter((charge) => chargeKey(charge) === key);
  const signed = (minor: bigint) => (kind === 'credit-note' ? -minor : minor);
  // Of a charge that was taxed at several rates, the document has several lines.
  const others = document.lines.filter((each) => each !== line && isOf(each, shipment, key));
  const elsewhereMinor = others.reduce((sum, { amount }) => sum + signed(parseMinor(amount, currency) ?? 0n), 0n);
  const differenceMinor =
    charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) -
    billedBefore(line, currency, known) -
    (known.writtenOff.get(currency)?.get(key) ?? 0n) -
    elsewhereMinor;
  const claimedMinor = signed(parseMinor(line.amount, currency) ?? 0n);
  const refusedMinor = waivedIn(known.shipment.standing).get(currency)?.get(key) ?? 0n;
  const isLess = differenceMinor - leftOf(refusedMinor, differenceMinor) === claimedMinor;
  const follows = differenceMinor === claimedMinor || isLess;
  const [first] = charges;
  return {
    shipment,
    code,
    ...(order === undefined ? {} : { order, line: position }),
    ...(first?.agreement === undefined ? {} : { agreement: { ...first.agreement } }),
    ...(first?.lane === undefined ? {} : { lane: first.lane }),
    recomputed: formatMinor(signed(follows ? claimedMinor : differenceMinor), currency),
    ...(follows ? { standing: 'follows' as const } : unfollowed(line, known)),
  };
}

function isOf(each: LineInPacket, shipment: string, key: string): boolean {
  return each.shipment === shipment && chargeKey(each) === key;
}

function billedBefore(line: LineInPacket, currency: string, { earlier }: Known): bigint {
  const key = chargeKey(line);
  return earlier
    .filter((document) => document.currency === currency)
    .flatMap(({ kind, lines }) => lines.map((each) => ({ kind, each })))
    .filter(({ each }) => isOf(each, line.shipment, key))
    .reduce((sum, { kind, each }) => {
      const amountMinor = parseMinor(each.amount, currency) ?? 0n;
      return kind === 'credit-note' ? sum - amountMinor : sum + amountMinor;
    }, 0n);
}

function unfollowed(line: LineInPacket, { isLost }: Known): Pick<LineFinding, 'standing' | 'because'> {
  if (!isLost(line)) return { standing: 'differs' };
  const what = line.order === undefined ? 'the fuel price of then' : 'what its order came to then';
  return { standing: 'unknown', because: `${what} is not in this packet` };
}

// A hub that was updated knows what held before only since then.
function isLostFor({ rules }: Basis, { ordersHeld = [] }: ShipmentInPacket, at: Instant): Known['isLost'] {
  const weeks = rules.fuel.flatMap(({ held = [] }) => [...Map.groupBy(held, ({ effective }) => effective).values()]);
  const isWeekLost = weeks.some((states) => isLostAt(states, at));
  return ({ code, order }) => {
    const states = ordersHeld.filter((state) => state.order.order === order);
    return order === undefined ? code === 'FSC' && isWeekLost : isLostAt(states, at);
  };
}

/** Every line is its amount times the rate that was answered, and all of them together are the head. */
export function addsUp({ lines, currency, subtotal, tax, total }: DocumentInPacket): boolean {
  const minor = (amount: string) => parseMinor(amount, currency) ?? 0n;
  const sum = (amounts: readonly string[]) => amounts.reduce((all, amount) => all + minor(amount), 0n);
  return (
    sum(lines.map(({ amount }) => amount)) === minor(subtotal) &&
    sum(lines.map((line) => line.tax)) === minor(tax) &&
    minor(subtotal) + minor(tax) === minor(total) &&
    lines.every((line) => taxOn(minor(line.amount), line.taxRate, currency) === minor(line.tax)) &&
    lines.every(({ taxRate, taxedBy }) => taxedBy === undefined || taxedBy.rate === taxRate)
  );
}

const MOST_TRIED = 300;

/**
 * How many of a shipment's facts a document was decided on: those recorded by then, and where that does not give its
 * lines (facts may have waited for their shipment), the most that do. `undefined`: none does.
 */
export function knownThen(
  basis: Basis,
  rules: RuleBook,
  document: DocumentInPacket,
  shipment: ShipmentInPacket,
  recorded: number,
): number | undefined {
  const all = shipment.facts.length;
  const others = Array.from({ length: Math.min(all, MOST_TRIED) }, (_, less) => all - less);
  return [recorded, ...others].find((known) =>
    linesAnew(basis, rules, document, shipment, known).every(({ standing }) => standing === 'follows'),
  );
}
