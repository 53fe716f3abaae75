// One way to check any value against a schema, and to say in one line what is wrong with it and where.

import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { PATTERN_WORDS } from './text.ts';

export type SchemaProblem = { readonly kind: 'schema'; readonly path: string; readonly message: string };
export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: SchemaProblem[] };

type Validator = ReturnType<typeof Compile>;
const VALIDATORS = new WeakMap<TSchema, Validator>();

// Compiled when first used: a command that validates one kind does not pay for all.
function validatorOf(schema: TSchema): Validator {
  let validator = VALIDATORS.get(schema);
  if (validator === undefined) {
    validator = Compile(schema);
    VALIDATORS.set(schema, validator);
  }
  return validator;
}

/** At most ten problems: the rest of a thoroughly broken value says nothing new. */
export function validate<S extends TSchema>(schema: S, value: unknown): Validated<Static<S>> {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return { ok: true, value: value as Static<S> };
  // An unknown key is reported twice, once without its name.
  const errors = [...validator.Errors(value)].filter(({ keyword }) => keyword !== 'boolean');
  const problems = errors.slice(0, 10).map((error) => problemFrom(error));
  return { ok: false, problems };
}

type SchemaError = { keyword: string; instancePath: string; params: object; message: string };

function problemFrom(error: SchemaError): SchemaProblem {
  return { kind: 'schema', path: dotted(error.instancePath), message: sentenceFor(error) };
}

/** `/stops/0/country` → `stops[0].country` */
function dotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), '');
}

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  'date-time': 'is not an RFC 3339 time with an offset, such as 2026-03-04T08:00:00-06:00',
  date: 'is not a date, such as 2026-03-04',
  'iana-zone': 'is not an IANA time zone, such as America/Chicago',
  'iso-4217': 'is not an ISO 4217 currency, such as USD',
};

function sentenceFor(error: SchemaError): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return `is missing ${listed(params.requiredProperties)}`;
    case 'additionalProperties':
      return `has the unknown key ${listed(params.additionalProperties)}`;
    case 'enum':
      return `is none of ${listed(params.allowedValues)}`;
    case 'const':
      return `is not ${JSON.stringify(params.allowedValue)}`;
    case 'format':
      return FORMAT_WORDS[String(params.format)] ?? error.message;
    case 'pattern':
      return PATTERN_WORDS.get(String(params.pattern)) ?? `does not have the form ${params.pattern}`;
    default:
      return error.message;
  }
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(', ') : String(values);
}

/** `data.occurredAt: is missing`: the problems as one line. */
export function describeProblems(problems: readonly SchemaProblem[]): string {
  return problems.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; ');
}
