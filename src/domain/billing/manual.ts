// What people enter by hand: further charges, credits of a part, and write-offs of what is not to be billed.
//
// An entry beyond its author's limit counts from the moment an approver says yes, and not before. Sums are bounded by what is
// charged only after all are added, so that the order in which they were said does not matter.

import type { RatedCharge } from '../../model/decision.ts';
import type { EntryFact, Fact } from '../../model/fact.ts';
import { type Currency, formatMinor, parseMinor } from '../../model/money.ts';
import type { Waived } from './waive.ts';

export type Manual = {
  /** In force, by time. */
  readonly entries: readonly EntryFact[];
  /** An approver's word is needed. */
  readonly waiting: readonly EntryFact[];
};

const NONE: Manual = { entries: [], waiting: [] };

export function manualIn(facts: readonly Fact[]): Manual {
  if (!facts.some(({ kind }) => kind === 'entry')) return NONE;
  const rulings = rulingsIn(facts);
  const all = facts.filter((fact) => fact.kind === 'entry').sort(inTurn);
  return {
    entries: all.filter(({ id, needsApproval }) => !needsApproval || rulings.get(id) === 'approved'),
    waiting: all.filter(({ id, needsApproval }) => needsApproval && !rulings.has(id)),
  };
}

// Of two at one time, what they say decides, so that arrival order does not.
function inTurn(a: EntryFact, b: EntryFact): number {
  if (a.reportedAt !== b.reportedAt) return a.reportedAt - b.reportedAt;
  const [one, other] = [a, b].map(({ entry, code, amount, currency, sender, reason, id }) =>
    [entry, code, amount, currency, sender, reason, id].join('\u0000'),
  ) as [string, string];
  return one < other ? -1 : 1;
}

/** By entry. Of two words on one, the refusal holds, whichever came first. */
export function rulingsIn(facts: readonly Fact[]): Map<string, 'approved' | 'refused'> {
  const rulings = new Map<string, 'approved' | 'refused'>();
  for (const fact of facts) {
    if (fact.kind !== 'ruling') continue;
    for (const id of fact.entries) if (rulings.get(id) !== 'refused') rulings.set(id, fact.ruling);
  }
  return rulings;
}

export function amountOf({ amount, currency }: EntryFact): bigint {
  return parseMinor(amount, currency) ?? 0n;
}

/** The freight charges with what was added and credited by hand. A credit never goes below nothing. */
export function withManual(rated: readonly RatedCharge[], { entries }: Manual): readonly RatedCharge[] {
  if (entries.length === 0) return rated;
  const changes = Map.groupBy(
    entries.filter(({ entry }) => entry !== 'write-off'),
    ({ currency, code }) => `${currency} ${code}`,
  );
  if (changes.size === 0) return rated;
  const charges = rated.map((charge) => {
    const key = `${charge.currency} ${charge.code}`;
    const own = charge.order === undefined ? changes.get(key) : undefined;
    if (own === undefined) return charge;
    changes.delete(key);
    return changed(charge, own);
  });
  for (const own of changes.values()) charges.push(changed(nothingRated(own[0] as EntryFact), own));
  return charges.filter(({ amountMinor }) => amountMinor !== 0n);
}

function nothingRated({ code, currency }: EntryFact): RatedCharge {
  const nothing = { amountMinor: 0n, taxCategory: 'freight', derivation: () => [], facts: [] };
  return { side: 'sell', code, currency, ...nothing };
}

function changed(charge: RatedCharge, entries: readonly EntryFact[]): RatedCharge {
  const sum = entries.reduce((total, each) => total + signedOf(each), charge.amountMinor);
  return {
    ...charge,
    amountMinor: sum > 0n ? sum : 0n,
    derivation: () => [...charge.derivation(), ...entries.map(inWords)],
    facts: [...charge.facts, ...entries.map(({ id }) => id)],
  };
}

function signedOf(entry: EntryFact): bigint {
  return entry.entry === 'charge' ? amountOf(entry) : -amountOf(entry);
}

// For the customer too: who entered it is for ours alone.
function inWords(entry: EntryFact): string {
  const act = entry.entry === 'charge' ? 'charged' : 'credited';
  return `${act} by hand ${formatMinor(amountOf(entry), entry.currency)} ${entry.currency}: ${entry.reason}`;
}

/** What was written off: of a charge never more than it comes to. */
export function writeOffsIn({ entries }: Manual, charged: readonly RatedCharge[]): Waived {
  const writeOffs = entries.filter(({ entry }) => entry === 'write-off');
  const waived = new Map<Currency, Map<string, bigint>>();
  for (const own of Map.groupBy(writeOffs, ({ currency, code }) => `${currency} ${code}`).values()) {
    const { currency, code } = own[0] as EntryFact;
    const charges = waived.get(currency) ?? new Map<string, bigint>();
    waived.set(currency, charges);
    const mostMinor = charged.find((each) => each.currency === currency && each.code === code)?.amountMinor ?? 0n;
    const sum = own.reduce((total, each) => total + amountOf(each), 0n);
    charges.set(code, sum < mostMinor ? sum : mostMinor);
  }
  return waived;
}
