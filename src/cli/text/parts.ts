// Pieces that explanations of several things have in common.

import type { ExplainedEffect } from '../../insight/explanation/document.ts';
import type { ExplainedException } from '../../insight/explanation/exception.ts';
import { aligned } from './aligned.ts';

/** What has not come off yet, and why. */
export function effectTroubles(effects: readonly ExplainedEffect[]): string[] {
  return effects
    .filter((effect) => effect.state !== 'confirmed')
    .map(({ key, state: at, attempts, reason, nextAt }) => {
      const next = nextAt === undefined ? '' : `, next try ${nextAt}`;
      return `    ${key}: ${at} after ${attempts} attempts${next}${reason === undefined ? '' : `: ${reason}`}`;
    });
}

export function exceptionLines(exceptions: readonly ExplainedException[]): string[] {
  return exceptions.flatMap(({ kind, subject, detail, owner, state, openedAt, dueAt, closedAt, mend }) => {
    const since = state === 'open' ? `open since ${openedAt}, due ${dueAt}` : `closed ${closedAt ?? ''}`;
    return [
      `${kind} ${subject}: ${since}, owner ${owner}`,
      `    ${detail}`,
      ...(state === 'open' ? [`    ${mend}`] : []),
    ];
  });
}

export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line.trimEnd()}`)];
}

export function table(rows: readonly (readonly string[])[]): string[] {
  return aligned(rows);
}
