// The Odoo that the hub is connected to: what the environment says, what `lading connect odoo` wrote down, and the key that
// it keeps. The environment goes before the file, but for a key that a rotation has replaced.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKeptKey } from '../connectors/odoo/connect/key-file.ts';
import { mappingFrom, type OdooMapping } from '../connectors/odoo/connect/mapping-file.ts';
import type { PaymentJournal } from '../connectors/odoo/connect/payment-journals.ts';
import type { OdooSettings } from '../connectors/odoo/settings.ts';
import type { RuleBook } from '../model/rules.ts';
import { checkAddress } from './hub-environment.ts';
import { UserError } from './user-error.ts';

type Environment = Readonly<Record<string, string | undefined>> & { readonly LADING_DATA: string };

export function mappingFileIn(env: Environment): string {
  return env.ODOO_MAPPING || join(env.LADING_DATA, 'odoo.json');
}

/** Where payments are to be registered, by `entities.json`. */
export function paymentJournalsOf(rules: RuleBook | undefined): PaymentJournal[] {
  return [...(rules?.entities.values() ?? [])].flatMap(({ id: legalEntity, erp }) => {
    const code = erp?.journals?.payments;
    return code === undefined
      ? []
      : [{ legalEntity, code, ...(erp?.company === undefined ? {} : { company: erp.company }) }];
  });
}

export function odooKeyFileIn({ LADING_DATA: dataDir }: Environment): string {
  return join(dataDir, 'odoo-key.json');
}

/** `undefined` when there is no such file. Throws `UserError` when it cannot be used. */
export function readMapping(path: string): OdooMapping | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UserError({ what: `the mapping file cannot be read (${code})`, where: path, mend: 'make it readable' });
  }
  const mapping = mappingFrom(text);
  if (typeof mapping !== 'string') return mapping;
  const mend = 'correct it there, or remove it and run `lading connect odoo` again';
  throw new UserError({ what: `the mapping file ${mapping}`, where: path, mend });
}

/** The Odoo that is named, if one is. Throws `UserError` when only a part of it is, or two are. */
export function odooInForce(env: Environment): OdooSettings | undefined {
  const file = mappingFileIn(env);
  const keyFile = odooKeyFileIn(env);
  const mapping = readMapping(file);
  const kept = readKeptKey(keyFile);
  const url = env.ODOO_URL || mapping?.url;
  const database = env.ODOO_DB || mapping?.database;
  const user = env.ODOO_USER || mapping?.user;
  const key = env.ODOO_KEY || (mapping === undefined && !env.ODOO_URL ? undefined : kept?.key);
  if (!url && !database && !key) return undefined;
  const wanted = { ODOO_URL: url, ODOO_DB: database, ODOO_KEY: key };
  if (!url || !database || !key) {
    const missing = Object.entries(wanted).filter(([, value]) => !value);
    const names = missing.map(([name]) => name).join(' and ');
    const mend = `set ${names} too, or run \`lading connect odoo\``;
    throw new UserError({ what: 'the ERP is only named in part', where: 'environment', mend });
  }
  checkAddress(url);
  checkSameOdoo({ url, database }, mapping, file);
  return { ...mapping, url, database, ...(user ? { user } : {}), key, keyFile };
}

// Database ids mean nothing in another database, and something else there.
function checkSameOdoo(named: { url: string; database: string }, mapping: OdooMapping | undefined, file: string): void {
  const bare = (url: string) => url.replace(/\/+$/, '');
  const isOther = (theirs: string | undefined, ours: string) => theirs !== undefined && bare(theirs) !== bare(ours);
  if (!isOther(mapping?.url, named.url) && !isOther(mapping?.database, named.database)) return;
  throw new UserError({
    what: `the mapping is for ${mapping?.database} at ${mapping?.url}, the environment names ${named.database} at ${named.url}`,
    where: file,
    mend: 'name the same Odoo in both; or move the file away and run `lading connect odoo`',
  });
}
