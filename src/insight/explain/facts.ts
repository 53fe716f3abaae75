// Every fact of a shipment, in the order it is said to have happened: what, when, by whom, and how late it was told. Pure.

import type { Fact } from '../../model/fact.ts';
import { formatInstant, type Instant } from '../../model/time.ts';
import type { ExplainedFact } from '../explanation/shipment.ts';

type Known = {
  readonly facts: readonly Fact[];
  readonly unheard: ReadonlySet<string>;
  /** Ids of the milestones that are believed. */
  readonly believed: ReadonlySet<string>;
  /** By event: where it came from, and when the hub had it. */
  readonly sourceOf: (
    fact: Fact,
  ) => Pick<ExplainedFact, 'sender' | 'senderName' | 'reportedAt' | 'event' | 'message' | 'recordedAt'>;
};

export function explainFacts({ facts, unheard, believed, sourceOf }: Known): ExplainedFact[] {
  return facts
    .map((fact) => {
      const at = happenedAt(fact);
      const source = sourceOf(fact);
      const late = at === undefined ? undefined : latenessMinutes(at, source.recordedAt ?? source.reportedAt);
      return {
        kind: fact.kind,
        what: nameOf(fact),
        ...(at === undefined ? {} : { at: formatInstant(at) }),
        ...(late === undefined ? {} : { lateMinutes: late }),
        standing: standingOf(fact, unheard, believed),
        ...source,
      };
    })
    .sort((a, b) => compareText(a.at ?? a.reportedAt, b.at ?? b.reportedAt) || Number(a.event) - Number(b.event));
}

function standingOf(
  fact: Fact,
  unheard: ReadonlySet<string>,
  believed: ReadonlySet<string>,
): ExplainedFact['standing'] {
  if (unheard.has(fact.id)) return 'not heard';
  return fact.kind === 'milestone' && !believed.has(fact.id) ? 'corrected' : 'believed';
}

// A plan and a document are about no moment of their own: they hold from when they were told.
function happenedAt(fact: Fact): Instant | undefined {
  return 'occurredAt' in fact ? fact.occurredAt : undefined;
}

function nameOf(fact: Fact): string {
  switch (fact.kind) {
    case 'milestone':
      return fact.milestone;
    case 'document':
      return `document ${fact.document}`;
    case 'charge':
      return `charge ${fact.code} reported`;
    case 'appointment':
      return `${fact.end} appointment moved to ${formatInstant(fact.from)}`;
    case 'returned':
      return 'goods returned';
    case 'link':
      return 'number linked to it';
    case 'short':
      return 'shortage at delivery';
    default:
      return fact.kind;
  }
}

/** Whole minutes between what happened and the hub's knowing it; never less than zero, for clocks differ. */
function latenessMinutes(at: Instant, knownAt: string): number {
  return Math.max(0, Math.floor((Date.parse(knownAt) - at) / 60_000));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
