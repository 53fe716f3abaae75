// What those who explain share: where they look, and exceptions and effects as an explanation shows them.
import type { ClientBase } from 'pg';
import { decide } from '../../domain/decide.ts';
import type { Decision } from '../../model/decision.ts';
import type { ExceptionKind } from '../../model/exception.ts';
import type { Fact } from '../../model/fact.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Instant } from '../../model/time.ts';
import { type EffectView, listEffects } from '../../store/read/effects.ts';
import { type ExceptionFilter, type ExceptionView, listExceptions } from '../../store/read/exceptions.ts';
import { EXCEPTION_GUIDE } from '../exception-guide.ts';
import type { ExplainedEffect } from '../explanation/document.ts';
import type { ExplainedException } from '../explanation/exception.ts';

export type Asked = {
  readonly client: ClientBase;
  readonly tenant: string;
  readonly rules: RuleBook;
  readonly now: Instant;
};

function lifeOf({ subject: _, correlation: __, ...life }: EffectView): ExplainedEffect {
  return life;
}

/** By what they are for; some twenty of each at most. */
export async function effectsOf(
  { client, tenant }: Asked,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ExplainedEffect[]>> {
  if (subjects.length === 0) return new Map();
  const effects = await listEffects(client, tenant, { subjects }, { limit: 20 * subjects.length });
  const bySubject = Map.groupBy(effects, ({ subject }) => subject);
  return new Map([...bySubject].map(([subject, own]) => [subject, own.map(lifeOf)]));
}

/** The oldest first; of more than `most` the newest. */
export async function exceptionsOf(
  { client, tenant }: Asked,
  filter: ExceptionFilter,
  most = MOST_EXCEPTIONS,
): Promise<ExplainedException[]> {
  if (most === 0) return [];
  return (await listExceptions(client, tenant, filter, { limit: most }))
    .slice(0, most)
    .map(explainedException)
    .reverse();
}

/** Of one thing. */
export const MOST_EXCEPTIONS = 200;

/** What the facts of a shipment say by themselves, whatever was ordered and billed. */
export function seenIn({ rules, now }: Asked, shipment: string, facts: readonly Fact[]): Decision | undefined {
  return decide({ shipment, facts, documents: [], orders: [], standing: {} }, rules, now);
}

// Who works on it, and what hangs on it for us, is not told along: customers ask why, too.
export function explainedException(exception: ExceptionView): ExplainedException {
  const { assignee: _, stake: __, customer: ___, waived: ____, ...told } = exception;
  return { ...told, ...EXCEPTION_GUIDE[exception.kind as ExceptionKind] };
}
