// A shipment's facts as they lie in its row: one JSON array a fact, joined by commas, so that a new fact is appended
// without touching the others.
//
// Every event reads its shipment's facts, so each byte here is paid thousands of times a second. An array without keys
// takes some half of the object's room. Fields are only ever added at the end.

import type { Fact } from '../model/fact.ts';
import type { Reference } from '../model/reference.ts';
import { unreachable } from '../model/unreachable.ts';

type Row = unknown[];

/** One fact as text, without the comma that parts it from the next. */
export function encodeFact(fact: Fact): string {
  const row = rowFrom(fact);
  let length = row.length;
  while (row[length - 1] === undefined) length--;
  row.length = length;
  return JSON.stringify(row);
}

/** The facts of a row, in the order they were appended. Throws on what `encodeFact` never wrote. */
export function decodeFacts(text: string): Fact[] {
  if (text === '') return [];
  return (JSON.parse(`[${text}]`) as Row[]).map(factFrom);
}

function rowFrom(fact: Fact): Row {
  const teaches = fact.teaches?.flatMap(({ type, value }) => [type, value]);
  const head = (letter: string, ...rest: Row): Row => [letter, fact.id, fact.sender, fact.reportedAt, teaches, ...rest];
  switch (fact.kind) {
    case 'plan':
      return head('p', fact.plan);
    case 'milestone': {
      const { milestone, occurredAt, stop, stopHint, city, country, localTime, reason, eta } = fact;
      return head('m', milestone, occurredAt, stop, city, country, localTime, stopHint, reason, eta);
    }
    case 'appointment': {
      const { end, from, stop, stopHint, city, country, localTime } = fact;
      return head('a', end, from, stop, city, country, localTime, stopHint);
    }
    case 'document':
      return head('d', fact.document, fact.content, fact.mediaType, fact.url, fact.signedBy);
    case 'charge':
      return head('c', fact.code, fact.side, fact.occurredAt, fact.quantity);
    case 'entry':
      return head('e', fact.entry, fact.code, fact.currency, fact.amount, fact.reason, fact.needsApproval);
    case 'ruling':
      return head('v', fact.ruling, fact.entries, fact.reason);
    case 'link':
      return head('l');
    case 'packed':
    case 'returned':
      return head(fact.kind === 'packed' ? 'k' : 'r', fact.occurredAt, fact.contents);
    case 'short':
      return head('s', fact.occurredAt, fact.shortages);
    default:
      return unreachable(fact);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: rows are what rowFrom wrote
function factFrom(row: any[]): Fact {
  const [letter, id, sender, reportedAt, teaches, a, b, c, d, e, f, g, h, i] = row;
  const said = { id, sender, reportedAt, ...(teaches ? { teaches: referencesFrom(teaches) } : {}) };
  switch (letter) {
    case 'p':
      return { ...said, kind: 'plan', plan: a };
    case 'm':
      return given(
        { ...said, kind: 'milestone', milestone: a, occurredAt: b },
        { stop: c, city: d, country: e, localTime: f, stopHint: g, reason: h, eta: i },
      );
    case 'a':
      return given(
        { ...said, kind: 'appointment', end: a, from: b },
        { stop: c, city: d, country: e, localTime: f, stopHint: g },
      );
    case 'd':
      return given({ ...said, kind: 'document', document: a }, { content: b, mediaType: c, url: d, signedBy: e });
    case 'c':
      return given({ ...said, kind: 'charge', code: a, side: b, occurredAt: c }, { quantity: d });
    case 'e':
      return { ...said, kind: 'entry', entry: a, code: b, currency: c, amount: d, reason: e, needsApproval: f };
    case 'v':
      return given({ ...said, kind: 'ruling', ruling: a, entries: b }, { reason: c });
    case 'l':
      return { ...said, kind: 'link' };
    case 'k':
      return { ...said, kind: 'packed', occurredAt: a, contents: b };
    case 'r':
      return { ...said, kind: 'returned', occurredAt: a, contents: b };
    case 's':
      return { ...said, kind: 'short', occurredAt: a, shortages: b };
    default:
      throw new Error(`not a fact of ours: ${letter}`);
  }
}

// What was absent stays absent: JSON makes null of it inside an array.
function given<T extends Fact>(fact: T, optional: Record<string, unknown>): T {
  for (const key in optional) {
    const value = optional[key];
    if (value !== undefined && value !== null) (fact as Record<string, unknown>)[key] = value;
  }
  return fact;
}

function referencesFrom(flat: string[]): Reference[] {
  const references: Reference[] = [];
  for (let i = 0; i < flat.length; i += 2) references.push({ type: flat[i] as string, value: flat[i + 1] as string });
  return references;
}
