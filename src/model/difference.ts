// What differs between two values of JSON, place by place, as a person reads it. Parts of a list that have a name of their own
// (a lane's id, an accessorial's code) are compared with their namesakes, so that a part put in between shows as one part.

export type Difference = {
  /** `lanes[ftl-il-ga].linehaul.rate` */
  readonly path: string;
  /** Missing: it was added. */
  readonly before?: unknown;
  /** Missing: it was taken away. */
  readonly after?: unknown;
};

const NAMES = ['id', 'code', 'line', 'index', 'stage', 'from', 'effective', 'value'] as const;

/** In the order of the places; nothing where both say the same. */
export function differencesBetween(before: unknown, after: unknown, path = ''): Difference[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, after }];
  if (after === undefined) return [{ path, before }];
  if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, path);
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differencesBetween(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return before === after ? [] : [{ path, before, after }];
}

function betweenLists(before: readonly unknown[], after: readonly unknown[], path: string): Difference[] {
  const name = NAMES.find((each) => areNamedBy(before, each) && areNamedBy(after, each));
  if (name === undefined) {
    if (![...before, ...after].some(isRecord)) {
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
    }
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      differencesBetween(before[index], after[index], `${path}[${index + 1}]`),
    );
  }
  const byName = (list: readonly unknown[]) => new Map(list.map((part) => [nameIn(part, name), part]));
  const was = byName(before);
  const is = byName(after);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((each) =>
    differencesBetween(was.get(each), is.get(each), `${path}[${each}]`),
  );
}

/** Every part has one, and no two the same. */
function areNamedBy(list: readonly unknown[], name: string): boolean {
  const names = list.map((part) => nameIn(part, name));
  return !names.includes(undefined) && new Set(names).size === names.length;
}

function nameIn(part: unknown, name: string): string | undefined {
  const value = isRecord(part) ? part[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
