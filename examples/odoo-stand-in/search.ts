// Domains: `["field", "operator", value]` leaves, with `|`, `&` and `!` before their operands; plain leaves are and-ed.

import { type Environment, modelOf } from './environment.ts';
import { valueError } from './exception.ts';
import type { Row, Value } from './row.ts';

type Leaf = readonly [field: string, operator: string, value: unknown];
type Test = (row: Row) => boolean;

export type Window = { readonly order?: string; readonly limit?: number; readonly offset?: number };

export function searchRecords(env: Environment, model: string, domain: readonly unknown[], window: Window = {}): Row[] {
  const test = testFrom(env, model, domain);
  const isHidden = hidesInactive(env, model, domain);
  const rows = candidates(env, model, domain).filter((row) => test(row) && !(isHidden && row.active === false));
  const sorted = sortedBy(rows, window.order ?? 'id asc');
  const start = window.offset ?? 0;
  return sorted.slice(start, window.limit ? start + window.limit : undefined);
}

// Records that are not active are left out unless they are asked for.
function hidesInactive(env: Environment, model: string, domain: readonly unknown[]): boolean {
  const asked = domain.some((leaf) => Array.isArray(leaf) && leaf[0] === 'active');
  return modelOf(env, model).fields.active !== undefined && !asked && env.context.active_test !== false;
}

function candidates(env: Environment, model: string, domain: readonly unknown[]): Row[] {
  const indexed = domain.includes('|')
    ? undefined
    : (domain as Leaf[]).find(
        ([field, operator]) => operator === '=' && field === 'res_id' && model === 'ir.attachment',
      );
  return indexed === undefined
    ? env.transaction.all(model)
    : env.transaction.by(model, indexed[0], indexed[2] as Value);
}

function testFrom(env: Environment, model: string, domain: readonly unknown[]): Test {
  const stack: Test[] = [];
  const pop = () => stack.pop() ?? (() => true);
  for (const part of domain.toReversed()) {
    if (part === '!') {
      const inner = pop();
      stack.push((row) => !inner(row));
    } else if (part === '|' || part === '&') {
      const [left, right] = [pop(), pop()];
      stack.push(part === '|' ? (row) => left(row) || right(row) : (row) => left(row) && right(row));
    } else stack.push(leafTest(env, model, part as Leaf));
  }
  return (row) => stack.every((test) => test(row));
}

function leafTest(env: Environment, model: string, leaf: Leaf): Test {
  const [field, operator, value] = leaf;
  const [link = '', ...beyond] = field.split('.');
  if (beyond.length > 0) return linkedTest(env, model, link, [beyond.join('.'), operator, value]);
  if (field !== 'id' && modelOf(env, model).fields[field] === undefined) {
    throw valueError(`Invalid field ${model}.${field} in leaf ('${field}', '${operator}', ${JSON.stringify(value)})`);
  }
  const compare = (test: (found: Value, wanted: Value) => boolean): Test => {
    return (row) => test(row[field] ?? false, value as Value);
  };
  switch (operator) {
    case '=':
      return compare((found, wanted) => found === wanted);
    case '!=':
      return compare((found, wanted) => found !== wanted);
    case '>':
      return compare((found, wanted) => found > wanted);
    case '>=':
      return compare((found, wanted) => found >= wanted);
    case '<':
      return compare((found, wanted) => found < wanted);
    case '<=':
      return compare((found, wanted) => found <= wanted);
    case 'in':
      return (row) => (value as Value[]).includes(row[field] ?? false);
    case 'not in':
      return (row) => !(value as Value[]).includes(row[field] ?? false);
    case '=like':
      return likeTest(field, String(value), 'u');
    case '=ilike':
      return likeTest(field, String(value), 'iu');
    case 'ilike':
      return likeTest(field, `%${String(value)}%`, 'iu');
    default:
      throw valueError(`Invalid operator ${operator}`);
  }
}

// `partner_id.name`: true of what points to a record of which the rest is true.
function linkedTest(env: Environment, model: string, link: string, [field, operator, value]: Leaf): Test {
  const known = modelOf(env, model).fields[link];
  if (known?.type !== 'many2one' || known.relation === undefined) {
    throw valueError(
      `Invalid field ${model}.${link} in leaf ('${link}.${field}', '${operator}', ${JSON.stringify(value)})`,
    );
  }
  const { relation } = known;
  const test = leafTest(env, relation, [field, operator, value]);
  return (row) => {
    const id = row[link];
    const target = typeof id === 'number' ? env.transaction.get(relation, id) : undefined;
    return target !== undefined && test(target);
  };
}

function likeTest(field: string, pattern: string, flags: string): Test {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const expression = new RegExp(`^${source}$`, `s${flags}`);
  return (row) => typeof row[field] === 'string' && expression.test(row[field]);
}

function sortedBy(rows: readonly Row[], order: string): Row[] {
  const keys = order.split(',').map((part) => part.trim().split(/\s+/));
  return rows.toSorted((a, b) => {
    for (const [field = 'id', direction] of keys) {
      const [left, right] = [a[field] ?? false, b[field] ?? false];
      if (left !== right) return left < right === (direction?.toLowerCase() !== 'desc') ? -1 : 1;
    }
    return 0;
  });
}
