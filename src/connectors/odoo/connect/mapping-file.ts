// The mapping file, `odoo.json`: what in this Odoo each of our things is. Made by `lading connect odoo`, and a person's to
// change. Pure: proposals, differences, mergers.
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { OdooSettings } from '../settings.ts';
import type { Survey } from './survey.ts';

/** All settings but the key, which is no part of a file that people pass around. */
export const OdooMapping = Type.Partial(Type.Omit(OdooSettings, ['key', 'keyFile']), { additionalProperties: false });
export type OdooMapping = Static<typeof OdooMapping>;

/** What is in the file; a text says what is wrong with it and where. */
export function mappingFrom(text: string): OdooMapping | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is broken JSON (${(error as Error).message})`;
  }
  const [fault] = Value.Errors(OdooMapping, value);
  if (fault !== undefined) {
    const message = fault.message === 'schema is false' ? 'is no entry of a mapping' : fault.message;
    return `has a fault at ${fault.instancePath || 'its top'}: it ${message}`;
  }
  return value as OdooMapping;
}

export function mappingText(mapping: OdooMapping): string {
  return `${JSON.stringify(mapping, null, 2)}\n`;
}

/** What was found, said aloud: nothing is left to what Odoo would choose by itself. */
export function proposedMapping(
  settings: Pick<OdooSettings, 'url' | 'database' | 'module'>,
  companyId: number,
  { user, saleTaxes, products }: Survey,
): OdooMapping {
  // Of several taxes of one rate, the one that Odoo has had longest. A rate of nothing is no tax to us.
  const taxed = saleTaxes.filter(({ percent }) => percent !== 0).toReversed();
  const taxes = taxed.map(({ id, percent }) => [fractionOf(percent), id] as const);
  const { url, database, module } = settings;
  return {
    url,
    database,
    user: user.login,
    company: companyId,
    ...(module === undefined ? {} : { module }),
    products: Object.fromEntries([...products].map(([code, { id }]) => [code, id] as const).sort(byName)),
    taxes: Object.fromEntries(taxes.sort(byName)),
  };
}

const byName = ([a]: readonly [string, number], [b]: readonly [string, number]) => (a < b ? -1 : 1);

/** `8.25` → `0.0825`: shifted in the digits, for a rate is no binary fraction. */
function fractionOf(percent: number): string {
  const [whole = '', part = ''] = String(percent).split('.');
  const digits = whole.padStart(3, '0');
  const fraction = (digits.slice(-2) + part).replace(/0+$/, '');
  return Number(digits.slice(0, -2)) + (fraction === '' ? '' : `.${fraction}`);
}

/** An entry in which the file and what was found differ; `found` missing: it is in the file alone. */
export type Difference = { readonly entry: string; readonly kept: unknown; readonly found: unknown };

/** Entries that both have, with different values: what is only in the file is a person's, what is only found is added. */
export function differences(kept: OdooMapping, found: OdooMapping): readonly Difference[] {
  const [left, right] = [entriesOf(kept), entriesOf(found)];
  return [...left].flatMap(([entry, value]) => {
    const other = right.get(entry);
    return other === undefined || other === value ? [] : [{ entry, kept: value, found: other }];
  });
}

/** Both, entry by entry; where they differ, `kept` stays. */
export function merged(kept: OdooMapping, found: OdooMapping): OdooMapping {
  const both = Object.entries({ ...found, ...kept }).map(([name, value]) => {
    const other = (found as Record<string, unknown>)[name];
    return [name, isTable(value) && isTable(other) ? { ...other, ...value } : value];
  });
  return Object.fromEntries(both) as OdooMapping;
}

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** `products.FSC` → 12 */
function entriesOf(mapping: OdooMapping): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(mapping).flatMap(([name, value]): [string, unknown][] =>
      isTable(value) ? Object.entries(value).map(([key, each]) => [`${name}.${key}`, each]) : [[name, value]],
    ),
  );
}
