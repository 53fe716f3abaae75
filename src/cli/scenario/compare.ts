// An outcome held against what was expected of it: what differs, and where, one line each.
//
// Only the keys that the expectation has are compared. Rows of a list are matched by what names them, so that one row
// missing is one difference and not a difference in every row behind it.
import { MINUTE_MS, parseInstant } from '../../model/time.ts';

export type Difference = { readonly path: string; readonly expected: unknown; readonly got: unknown };

/** What names a row of each list; rows of other lists are matched by position. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  shipments: ['shipment'],
  charges: ['shipment', 'side', 'code', 'currency', 'state'],
  invoices: ['number'],
  carrierInvoices: ['carrier', 'invoice', 'verdict'],
  exceptions: ['kind', 'subject', 'state'],
  orders: ['order', 'customer'],
};

/** Empty when the outcome is as expected. */
export function differences(expected: unknown, got: unknown): Difference[] {
  return compare('', expected, got);
}

function compare(path: string, expected: unknown, got: unknown): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) return compareLists(path, expected, got);
  if (isObject(expected) && isObject(got)) {
    return Object.entries(expected).flatMap(([key, value]) => compare(path ? `${path}.${key}` : key, value, got[key]));
  }
  return isSame(path, expected, got) ? [] : [{ path, expected, got }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A time not known may be null or missing; when the ERP posted may differ by a minute.
function isSame(path: string, expected: unknown, got: unknown): boolean {
  if (expected === null && got === undefined) return true;
  if (path.endsWith('.postedAt') && typeof expected === 'string' && typeof got === 'string') {
    return Math.abs((parseInstant(expected) ?? Number.NaN) - (parseInstant(got) ?? Number.NaN)) <= MINUTE_MS;
  }
  return expected === got;
}

function compareLists(path: string, expected: readonly unknown[], got: readonly unknown[]): Difference[] {
  const nameOf = rowNamer(path, [...expected, ...got]);
  const gotByName = new Map(got.map((row, index) => [nameOf(row, index), row]));
  const expectedNames = expected.map(nameOf);
  const wanted = new Set(expectedNames);
  const found = expected.flatMap((row, index) => {
    const name = expectedNames[index] as string;
    return compare(`${path}[${name}]`, row, gotByName.get(name));
  });
  const surplus = got.flatMap((row, index) => {
    const name = nameOf(row, index);
    return wanted.has(name) ? [] : [{ path: `${path}[${name}]`, expected: undefined, got: row }];
  });
  const differing = [...found, ...surplus];
  if (differing.length > 0) return differing;
  const gotNames = got.map(nameOf);
  if (expectedNames.every((name, index) => name === gotNames[index])) return [];
  return [{ path: `${path} (order)`, expected: expectedNames, got: gotNames }];
}

// By position where the rows are not named, or where names are not unique.
function rowNamer(path: string, rows: readonly unknown[]): (row: unknown, index: number) => string {
  const keys = NAMED_BY[path];
  const byPosition = (_row: unknown, index: number) => String(index);
  if (keys === undefined || !rows.every(isObject)) return byPosition;
  return (row) => keys.map((key) => (row as Record<string, unknown>)[key] ?? '').join(' ');
}

const MOST_LINES = 60;

/** The differences for a reader, one block each; long lists are cut. */
export function describeDifferences(list: readonly Difference[]): string[] {
  const lines = list
    .slice(0, MOST_LINES)
    .map(({ path, expected, got }) => `${path}\n  expected ${shown(expected)}\n  got      ${shown(got)}`);
  if (list.length > MOST_LINES) lines.push(`and ${list.length - MOST_LINES} more`);
  return lines;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
