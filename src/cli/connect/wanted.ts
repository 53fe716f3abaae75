// Which Odoo is meant: flags first, then the environment, then the mapping file; what nobody says is asked for.

import { readKeptKey } from '../../connectors/odoo/connect/key-file.ts';
import type { OdooMapping } from '../../connectors/odoo/connect/mapping-file.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import { UserError } from '../user-error.ts';
import type { Asker } from './asker.ts';

export type NamingOptions = Partial<Record<'url' | 'database' | 'user' | 'company', string>>;

type Environment = Readonly<Record<string, string | undefined>>;

export type Wanted = {
  readonly settings: OdooSettings;
  /** It was typed in, so nothing but the key file would remember it. */
  readonly keyWasTyped: boolean;
};

/** Throws `UserError` for what is missing and cannot be asked for. */
export async function wantedOdoo(
  options: NamingOptions,
  env: Environment,
  mapping: OdooMapping | undefined,
  keyFile: string,
  asker: Asker | undefined,
): Promise<Wanted> {
  const said = async (flag: keyof NamingOptions, variable: string, written: string | undefined, question: string) => {
    const known = options[flag] || env[variable] || written;
    return known || (await asker?.ask(question)) || lacking(`--${flag}`, variable);
  };
  const url = await said('url', 'ODOO_URL', mapping?.url, 'Address of Odoo, such as https://erp.example.com');
  const database = await said('database', 'ODOO_DB', mapping?.database, 'Database');
  const user = options.user || env.ODOO_USER || mapping?.user || (await asker?.ask('Login of the API user'));
  const known = env.ODOO_KEY || readKeptKey(keyFile)?.key;
  const key = known || (await asker?.askSecret('API key')) || lacking('the API key', 'ODOO_KEY');
  const company = companyIdFrom(options.company ?? env.ODOO_COMPANY) ?? mapping?.company;
  // A mapping of another database has nothing to say here.
  const isSame = mapping?.database === database && mapping.url === url;
  const settings = { ...(isSame ? mapping : {}), url, database, key, keyFile };
  return {
    settings: { ...settings, ...(user ? { user } : {}), ...(company === undefined ? {} : { company }) },
    keyWasTyped: known === undefined,
  };
}

function companyIdFrom(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError({ what: 'not a company id', where: text, mend: 'give the number that is shown before its name' });
}

function lacking(what: string, variable: string): never {
  throw new UserError({ what: 'something is not said', where: what, mend: `give it, or set ${variable}` });
}
