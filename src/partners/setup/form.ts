// A setup file against its schema, with messages that name the allowed values.

import { Accessorial } from '../../model/setup/agreement.ts';
import { SETUP_FILES } from '../../model/setup/index.ts';
import { type SchemaProblem, validate } from '../../model/validate.ts';
import type { SetupName, SetupProblem } from './problem.ts';

/** What breaks the form of one file, in the order of the file. Empty when the value may be used. */
export function formProblems(name: SetupName, file: string, value: unknown): SetupProblem[] {
  const checked = validate(SETUP_FILES[name], value);
  if (checked.ok) return [];
  const told = new Set<string>();
  const problems: SetupProblem[] = [];
  for (const problem of checked.problems.flatMap((found) => untangled(found, value))) {
    const entry: SetupProblem = { kind: 'setup', file, path: problem.path, message: helpful(problem, value) };
    const key = `${entry.path} ${entry.message}`;
    if (!told.has(key)) problems.push(entry);
    told.add(key);
  }
  return problems;
}

const ACCESSORIAL_PATH = /^\[(\d+)\]\.accessorials\[(\d+)\]/;

// An accessorial is one of several forms; which one is meant is told by its trigger, and only that one's faults help.
function untangled(problem: SchemaProblem, value: unknown): SchemaProblem[] {
  const match = ACCESSORIAL_PATH.exec(problem.path);
  if (match === null) return [problem];
  const accessorial = valueAt(value, match[0]) as { trigger?: unknown } | null;
  const forms = Accessorial.anyOf.map((schema) => ({ schema, trigger: schema.properties.trigger.const }));
  const meant = forms.find(({ trigger }) => trigger === accessorial?.trigger);
  if (meant === undefined) {
    const message = `is none of ${forms.map(({ trigger }) => trigger).join(', ')}`;
    return [{ kind: 'schema', path: `${match[0]}.trigger`, message }];
  }
  const checked = validate(meant.schema, accessorial);
  if (checked.ok) return [];
  return checked.problems.map((inner) => ({
    ...inner,
    path: inner.path === '' || inner.path.startsWith('[') ? `${match[0]}${inner.path}` : `${match[0]}.${inner.path}`,
  }));
}

function helpful({ path, message }: SchemaProblem, value: unknown): string {
  if (message !== 'must be string') return message;
  const found = valueAt(value, path);
  return typeof found === 'number' ? `is a number; put it in quotes: "${found}"` : 'must be a text in quotes';
}

/** `[0].lanes[2].id` → the value there; `undefined` when there is none. */
function valueAt(value: unknown, path: string): unknown {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
