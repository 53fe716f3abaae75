// What a test says in order to ask the domain: facts, agreements, rules, in few words and without I/O.
//
// Everything has a plain default (Acme's full truckload from Joliet to Atlanta, 240 miles, carried by Swift Mile), so that a
// case names only what it is about. An id is made from what the fact says, unless the case gives one.

import type { Decision, Side, Standing } from '../../model/decision.ts';
import type { BillingDocument, KnownDocument } from '../../model/document.ts';
import type {
  AppointmentFact,
  ChargeFact,
  DocumentFact,
  EntryFact,
  Fact,
  MilestoneFact,
  PlanFact,
  RulingFact,
} from '../../model/fact.ts';
import type { Milestone } from '../../model/milestone.ts';
import { formatMinor } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Accessorial, Agreement, Lane, Linehaul } from '../../model/setup/agreement.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Order, ShipmentPlan, Stop } from '../../model/shipment.ts';
import { instantOf } from '../../model/time.ts';
import { type DecideOptions, decide } from '../decide.ts';
import { type RuleVersion, ruleBookFrom, type StoredFuelPrice } from '../rules.ts';

/** RFC 3339 with an offset. */
type Time = string;

export const JOLIET: Stop = {
  sequence: 1,
  kind: 'pickup',
  city: 'Joliet',
  region: 'IL',
  postal: '60432',
  country: 'US',
  timezone: 'America/Chicago',
};
export const ATLANTA: Stop = {
  sequence: 2,
  kind: 'delivery',
  city: 'Atlanta',
  region: 'GA',
  postal: '30303',
  country: 'US',
  timezone: 'America/New_York',
};

/** The shipment S-1 as planned. */
export function planned(changes: Partial<ShipmentPlan> = {}): ShipmentPlan {
  return {
    shipment: 'S-1',
    customer: 'acme',
    carrier: 'swft',
    mode: 'FTL',
    stops: [{ ...JOLIET, appointment: { from: '2026-03-04T09:00:00-06:00' } }, ATLANTA],
    distanceMiles: '240',
    ...changes,
  };
}

type Provenance = { id?: string; sender?: string; reported?: Time };

function said(identity: string, { id, sender = 'tms', reported }: Provenance, otherwise: Time) {
  const at = reported ?? otherwise;
  return { id: id ?? `${sender}/${identity}/${at}`, sender, reportedAt: instantOf(at) };
}

export function plan(changes: Partial<ShipmentPlan> = {}, by: Provenance = {}): PlanFact {
  return { ...said('plan', by, '2026-03-03T12:00:00Z'), kind: 'plan', plan: planned(changes) };
}

type Where = Pick<MilestoneFact, 'stop' | 'stopHint' | 'city' | 'country' | 'localTime' | 'teaches'>;

export function milestone(what: Milestone, at: Time, more: Provenance & Where = {}): MilestoneFact {
  const { id, sender, reported, ...where } = more;
  const identity = [what, at, where.stop, where.city].join('.');
  return {
    ...said(identity, { id, sender, reported }, at),
    kind: 'milestone',
    milestone: what,
    occurredAt: instantOf(at),
    ...where,
  };
}

export function appointment(end: 'pickup' | 'delivery', from: Time, more: Provenance & Where = {}): AppointmentFact {
  const { id, sender, reported, ...where } = more;
  const by = said(`appointment.${end}.${from}`, { id, sender, reported }, '2026-03-03T18:00:00Z');
  return { ...by, kind: 'appointment', end, from: instantOf(from), ...where };
}

export function document(kind: DocumentFact['document'], at: Time, by: Provenance = {}): DocumentFact {
  return { ...said(kind, by, at), kind: 'document', document: kind };
}

export function charge(
  code: string,
  more: Provenance & Partial<Pick<ChargeFact, 'quantity' | 'side'>> = {},
): ChargeFact {
  const { id, sender, reported, quantity, side = 'both' } = more;
  const by = said(`${code}.${quantity}`, { id, sender, reported }, '2026-03-05T12:00:00Z');
  return {
    ...by,
    kind: 'charge',
    code,
    side,
    occurredAt: by.reportedAt,
    ...(quantity === undefined ? {} : { quantity }),
  };
}

/** Picked up on the 4th of March 2026 at 10:00 in Joliet, delivered on the 5th at 10:00 in Atlanta. */
export const PICKED_UP = milestone('picked-up', '2026-03-04T10:00:00-06:00');
export const DELIVERED = milestone('delivered', '2026-03-05T10:00:00-05:00');
export const POD = document('pod', '2026-03-05T16:00:00Z');

export const PER_MILE: Linehaul = { basis: 'per-mile', rate: '2.00' };

export function lane(changes: Partial<Lane> = {}): Lane {
  return {
    id: 'us',
    mode: 'FTL',
    origin: { country: 'US' },
    destination: { country: 'US' },
    linehaul: PER_MILE,
    ...changes,
  };
}

/** Acme's selling agreement of 2026: 2.00 USD a mile. */
export function agreement(changes: Partial<Agreement> = {}): Agreement {
  return {
    id: 'acme-2026',
    side: 'sell',
    party: 'acme',
    currency: 'USD',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    lanes: [lane()],
    ...changes,
  };
}

export function selling(linehaul: Linehaul, ...accessorials: Accessorial[]): Agreement {
  return agreement({ lanes: [lane({ linehaul })], accessorials });
}

export const DETENTION: Accessorial = {
  code: 'DET',
  trigger: 'detention',
  stops: 'any',
  freeMinutes: 120,
  incrementMinutes: 15,
  rate: '18.75',
  maximum: '600.00',
};

const PARTNERS: readonly Partner[] = [
  { id: 'acme', name: 'Acme Tools', roles: ['customer'] },
  { id: 'bolt', name: 'Bolt Supply', roles: ['customer'] },
  { id: 'swft', name: 'Swift Mile Trucking', roles: ['carrier'], timezone: 'America/Chicago' },
  { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier'] },
  { id: 'tms', name: 'Our transport desk', roles: ['tms'] },
];

export type RulesGiven = {
  agreements?: readonly Agreement[];
  policy?: Omit<BillingPolicy, 'customer'>;
  partners?: readonly Partner[];
  fuel?: readonly StoredFuelPrice[];
};

/** An agreement named twice is its next version. */
export function rules({ agreements = [agreement()], policy, partners = [], fuel = [] }: RulesGiven = {}): RuleBook {
  const versions: RuleVersion[] = [];
  const add = (rule: Pick<RuleVersion, 'id' | 'kind' | 'content'>) => {
    const version = versions.filter(({ id, kind }) => id === rule.id && kind === rule.kind).length + 1;
    versions.push({ ...rule, version, importedAt: versions.length } as RuleVersion);
  };
  for (const content of [...PARTNERS, ...partners]) add({ id: content.id, kind: 'partner', content });
  for (const content of agreements) add({ id: content.id, kind: 'agreement', content });
  if (policy !== undefined) add({ id: 'acme', kind: 'policy', content: { customer: 'acme', ...policy } });
  return ruleBookFrom({ versions, fuelPrices: fuel });
}

type Asked = DecideOptions & {
  now?: Time;
  documents?: readonly KnownDocument[];
  orders?: readonly Order[];
  standing?: Standing;
};

export const NOON: Time = '2026-03-06T12:00:00Z';

/** What is decided over these facts; a shipment of which no plan was heard fails the test. */
export function decided(facts: readonly Fact[], book: RuleBook = rules(), asked: Asked = {}): Decision {
  const { now = NOON, documents = [], orders = [], standing = {}, ...options } = asked;
  const decision = decide({ shipment: 'S-1', facts, documents, orders, standing }, book, instantOf(now), options);
  if (decision === undefined) throw new Error('no plan was heard');
  return decision;
}

/** Documents as they are known when the shipment is decided the next time. */
export function known(documents: readonly BillingDocument[], inErp = true): KnownDocument[] {
  return documents.map(({ number, kind, customer, legalEntity, currency, lines }) => {
    return { number, kind, customer, legalEntity, currency, lines, inErp };
  });
}

/** What is rated on one side: `{ LHL: '480.00' }`. */
export function ratedOf({ rated }: Decision, side: Side = 'sell'): Record<string, string> {
  const ofSide = rated.filter((each) => each.side === side);
  return Object.fromEntries(ofSide.map((each) => [each.code, formatMinor(each.amountMinor, each.currency)]));
}

/** `['sell LHL invoiced 480.00']` */
export function rowsOf({ charges }: Decision): string[] {
  return charges.map(
    ({ side, code, state, amountMinor, currency }) => `${side} ${code} ${state} ${formatMinor(amountMinor, currency)}`,
  );
}

/** `['S-1-1 invoice LHL 480.00']` */
export function wordsOf(documents: readonly BillingDocument[]): string[] {
  return documents.map(({ number, kind, currency, lines }) =>
    [number, kind, ...lines.map((line) => `${line.code} ${formatMinor(line.amountMinor, currency)}`)].join(' ').trim(),
  );
}

export function kindsOf({ exceptions }: Decision): string[] {
  return exceptions.map(({ kind }) => kind).sort();
}

/** Entered by hand by Ann: `entry('credit', 'LHL', '50.00')`. */
export function entry(
  what: EntryFact['entry'],
  code: string,
  amount: string,
  more: Provenance & Partial<Pick<EntryFact, 'currency' | 'needsApproval'>> = {},
): EntryFact {
  const { currency = 'USD', needsApproval = false, id, sender = 'Ann', reported } = more;
  const by = said(`${what}.${code}.${amount}`, { id, sender, reported }, '2026-03-06T08:00:00Z');
  return { ...by, kind: 'entry', entry: what, code, currency, amount, reason: 'agreed by phone', needsApproval };
}

/** Bob's word on entries. */
export function ruling(verdict: RulingFact['ruling'], ...entries: readonly EntryFact[]): RulingFact {
  const ids = entries.map(({ id }) => id);
  const by = said(`${verdict}.${ids}`, { sender: 'Bob' }, '2026-03-06T09:00:00Z');
  return { ...by, kind: 'ruling', ruling: verdict, entries: ids };
}
