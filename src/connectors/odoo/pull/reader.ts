// How records are searched for and read: what this server has of the fields we know, archived records included.
import type { Odoo } from '../odoo.ts';
import { OPTIONAL_FIELDS } from './watches.ts';

export type Row = Readonly<Record<string, unknown>> & { readonly id: number };
/** `plain`: links as bare ids. Working out their labels is most of what reading costs Odoo. */
export type Window = { readonly order: string; readonly limit: number; readonly plain?: true };
/** What this server has of the models we read; asked for once. */
export type Reader = {
  readonly odoo: Odoo;
  readonly search: (
    model: string,
    domain: readonly unknown[],
    fields: readonly string[],
    window: Window,
  ) => Promise<Row[]>;
  /** What never changes, such as a currency's name; kept for as long as the session is open. */
  readonly lasting: Map<string, Row>;
  /** Of the fields, those that this server has. */
  readonly present: (model: string, fields: readonly string[]) => Promise<readonly string[]>;
};

// Archived records are hidden from a search that does not ask, and are not deleted.
export const CONTEXT = { active_test: false };

export function readerOf(odoo: Odoo): Reader {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  const fieldsOf = (model: string) => {
    const asked = known.get(model) ?? knownFields(odoo, model);
    known.set(model, asked);
    return asked.catch((error) => {
      known.delete(model);
      throw error;
    });
  };
  return {
    odoo,
    lasting: new Map(),
    search: async (model, domain, fields, { plain, ...window }) => {
      const args = { domain, fields, ...window, ...(plain === undefined ? {} : { load: 'ids' }) };
      return (await odoo.call({ model, method: 'search_read', args, context: CONTEXT })) as Row[];
    },
    present: async (model, fields) => {
      const has = await fieldsOf(model);
      return fields.filter((field) => has.has(field) || !OPTIONAL_FIELDS.has(field));
    },
  };
}

async function knownFields(odoo: Odoo, model: string): Promise<ReadonlySet<string>> {
  const args = { attributes: ['type'] };
  return new Set(Object.keys((await odoo.call({ model, method: 'fields_get', args })) as object));
}

/** A many2one as the API shows it: `[id, "label"]`, a bare id where it was asked so, or `false`. */
export function idOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return Array.isArray(value) && typeof value[0] === 'number' ? value[0] : undefined;
}
