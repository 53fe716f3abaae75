// Columns of a set-based statement as PostgreSQL array literals.
//
// The driver writes arrays element by element through two regular expressions each, which is a tenth of a worker's
// time. Most of our texts need no escaping, and one look tells.

const NEEDS_ESCAPE = /["\\]/;

/** `{"a","b",NULL}`; undefined and null become NULL. */
export function textArray(values: readonly (string | null | undefined)[]): string {
  let literal = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) literal += ',';
    if (value === undefined || value === null) literal += 'NULL';
    else literal += NEEDS_ESCAPE.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
  }
  return `${literal}}`;
}

/** Of numbers, booleans and digits: nothing in them needs quotes. */
export function plainArray(values: readonly (number | bigint | boolean | string | null | undefined)[]): string {
  let literal = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) literal += ',';
    literal += value === undefined || value === null ? 'NULL' : String(value);
  }
  return `${literal}}`;
}
