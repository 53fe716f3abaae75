// What a shipment that nobody has ordered yet would cost: the same rating as ever, over one plan that is only thought of.

import type { RatedCharge } from '../../model/decision.ts';
import type { ChargeFact, Fact } from '../../model/fact.ts';
import { formatMinor } from '../../model/money.ts';
import type { Quote, QuoteRequest } from '../../model/quote.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Accessorial, Agreement } from '../../model/setup/agreement.ts';
import { type Instant, type LocalDate, localDateIn } from '../../model/time.ts';
import { unreachable } from '../../model/unreachable.ts';
import { agreementFor } from '../rating/agreement.ts';
import { rateSide } from '../rating/rate.ts';
import { agreementKey } from '../rules.ts';
import { type Picture, pictureOf } from '../shipment/picture.ts';
import { type TaxDesk, taxDeskOf } from '../tax/desk.ts';

/** Never fails: what cannot be rated or taxed is missing, and has its problem. */
export function quoteFor(request: QuoteRequest, inForce: RuleBook, now: Instant): Quote {
  const { customer, charges = [], ratingDate } = request;
  const rules = rulesAsked(request, inForce);
  const picture = imagined(request, rules, now);
  const today = picture.date ?? localDateIn(picture.journey.origin?.timezone ?? 'UTC', now);
  const date = ratingDate ?? (request.agreement === undefined ? today : dateUnder(rules, customer, today));
  const billsFreight = (picture.policy.bills ?? ['freight']).includes('freight');
  const rated = billsFreight
    ? rateSide({ ...picture, date, side: 'sell', party: customer })
    : { charges: [], problems: [NOT_BILLED] };
  const agreement = billsFreight ? agreementFor(rules, 'sell', customer, date) : undefined;
  const currency = agreement?.content.currency;
  const taxed = taxedLines(rated.charges, taxDeskOf(picture));
  const problems = [...rated.problems.map(({ kind, detail }) => ({ kind, detail })), ...taxed.problems];
  const asked = new Set(charges.map(({ code }) => code));
  return {
    customer,
    ...(picture.legalEntity === undefined ? {} : { legalEntity: picture.legalEntity }),
    ...(currency === undefined ? {} : { currency }),
    ratingDate: date,
    ...(agreement === undefined ? {} : { agreement: { id: agreement.content.id, version: agreement.version } }),
    lines: taxed.lines,
    ...totalsOf(rated.charges, taxed.taxMinor, currency ?? 'USD'),
    taxStage: 'estimate',
    isTaxDetermined: taxed.taxMinor !== undefined,
    isComplete: problems.length === 0,
    problems,
    notIncluded: notIncluded(agreement?.content, asked, picture),
  };
}

// The agreement's version that is asked for, and none beside it. One that is not there leaves the customer without any.
function rulesAsked({ customer, agreement }: QuoteRequest, rules: RuleBook): RuleBook {
  if (agreement === undefined) return rules;
  const key = agreementKey('sell', customer);
  const asked = (rules.agreements.get(key) ?? []).filter(
    ({ version, content }) => version === agreement.version && content.id === agreement.id,
  );
  return { ...rules, agreements: new Map([...rules.agreements, [key, asked]]) };
}

// A version that is over, or not yet begun, is asked about as of a day of its own.
function dateUnder(rules: RuleBook, customer: string, today: LocalDate): LocalDate {
  const [asked] = rules.agreements.get(agreementKey('sell', customer)) ?? [];
  if (asked === undefined) return today;
  const { validFrom, validTo = today } = asked.content;
  return today < validFrom ? validFrom : today > validTo ? validTo : today;
}

const NOT_BILLED = {
  kind: 'freight-not-billed' as const,
  detail: "The customer's policy bills goods alone: its freight is not charged.",
};

// A plan that nobody made. Its sender is the customer, who may speak for itself.
function imagined(request: QuoteRequest, rules: RuleBook, now: Instant): Picture {
  const { charges = [], legalEntity, ratingDate: _, agreement: __, ...plan } = request;
  const said = { sender: request.customer, reportedAt: now };
  const facts: Fact[] = [
    { ...said, id: 'plan', kind: 'plan', plan: { shipment: 'quote', ...plan } },
    ...charges.map(
      ({ code, quantity }, index): ChargeFact => ({
        ...said,
        id: `charge ${index + 1}`,
        kind: 'charge',
        code,
        side: 'sell',
        occurredAt: now,
        ...(quantity === undefined ? {} : { quantity }),
      }),
    ),
  ];
  const picture = pictureOf({ shipment: 'quote', facts, documents: [], orders: [], standing: {} }, rules);
  if (picture === undefined) throw new Error('a customer may always plan for itself');
  return legalEntity === undefined ? picture : { ...picture, legalEntity };
}

type Taxed = {
  readonly lines: Quote['lines'];
  /** `undefined`: some line's tax is undetermined. */
  readonly taxMinor: bigint | undefined;
  readonly problems: Quote['problems'];
};

function taxedLines(charges: readonly RatedCharge[], { engine, place }: TaxDesk): Taxed {
  const details = new Set<string>();
  let taxMinor = 0n;
  const lines = charges.map(({ code, lane, amountMinor, currency, taxCategory: category, derivation }) => {
    const answer = engine.estimate({ place, category, amountMinor, currency });
    const line = { code, ...(lane === undefined ? {} : { lane }), amount: formatMinor(amountMinor, currency) };
    if (answer.kind === 'undetermined') {
      details.add(answer.detail);
      return { ...line, derivation: [...derivation()] };
    }
    taxMinor += answer.taxMinor;
    const tax = formatMinor(answer.taxMinor, currency);
    return { ...line, tax, taxedBy: answer.record, derivation: [...derivation()] };
  });
  const problems = [...details].map((detail) => ({
    kind: 'tax-undetermined' as const,
    detail: `Tax is undetermined: ${detail}. The amounts are without it.`,
  }));
  return { lines, taxMinor: details.size === 0 ? taxMinor : undefined, problems };
}

function totalsOf(charges: readonly RatedCharge[], taxMinor: bigint | undefined, currency: string) {
  const subtotalMinor = charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const subtotal = formatMinor(subtotalMinor, currency);
  if (taxMinor === undefined) return { subtotal };
  return { subtotal, tax: formatMinor(taxMinor, currency), total: formatMinor(subtotalMinor + taxMinor, currency) };
}

function notIncluded(
  agreement: Agreement | undefined,
  asked: ReadonlySet<string>,
  { plan: { attributes = [] } }: Picture,
): string[] {
  if (agreement === undefined) return [];
  const words = (term: Accessorial) => inWords(term, agreement.currency);
  return (agreement.accessorials ?? [])
    .filter((term) => !(term.trigger === 'reported' && asked.has(term.code)))
    .filter((term) => !(term.trigger === 'attribute' && attributes.includes(term.attribute)))
    .map(words);
}

function inWords(term: Accessorial, currency: string): string {
  const price = `${term.code} ${term.rate} ${currency}`;
  switch (term.trigger) {
    case 'detention': {
      const where = term.stops === 'any' ? 'at any stop' : `at a ${term.stops}`;
      const most = term.maximum === undefined ? '' : `, at most ${term.maximum}`;
      return `${price} for each ${term.incrementMinutes} minutes ${where} beyond ${term.freeMinutes} free${most}`;
    }
    case 'reported':
      return `${price} where it is asked for`;
    case 'failed-delivery':
      return `${price} for each failed attempt to deliver`;
    case 'attribute':
      return `${price} where the shipment is ${term.attribute}`;
    case 'cancelled-after-dispatch':
      return `${price} in place of the way's price, if cancelled after dispatch`;
    default:
      return unreachable(term);
  }
}
