// lading connect odoo: the way to an Odoo, tried and written down.
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findingLine } from '../../connectors/odoo/connect/finding.ts';
import { digestOf, keepKey, readKeptKey } from '../../connectors/odoo/connect/key-file.ts';
import { isReady, type Look, lookAtOdoo } from '../../connectors/odoo/connect/look.ts';
import {
  type Difference,
  differences,
  mappingText,
  merged,
  type OdooMapping,
  proposedMapping,
} from '../../connectors/odoo/connect/mapping-file.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import { CHARGE_NAMES } from '../../domain/billing/description.ts';
import type { RuleBook } from '../../model/rules.ts';
import { type CommandContext, defineCommand, type OptionValues } from '../command.ts';
import { type Asker, askerAt } from '../connect/asker.ts';
import { type Made, makeMissing } from '../connect/making.ts';
import { rotate } from '../connect/rotation.ts';
import { wantedOdoo } from '../connect/wanted.ts';
import { mappingFileIn, odooKeyFileIn, paymentJournalsOf, readMapping } from '../odoo-setup.ts';
import { rulesOfDatabase } from '../rules-at-hand.ts';
import { UserError } from '../user-error.ts';

const options = {
  url: { type: 'string', value: 'URL', about: 'the address of Odoo (else ODOO_URL)' },
  database: { type: 'string', value: 'NAME', about: 'its database (else ODOO_DB)' },
  user: { type: 'string', value: 'LOGIN', about: 'the API user (else ODOO_USER)' },
  company: {
    type: 'string',
    value: 'ID',
    about: 'the company to book in, where there are several (else ODOO_COMPANY)',
  },
  charge: { type: 'string', value: 'CODE', multiple: true, about: 'a further charge code that is billed' },
  create: { type: 'boolean', about: 'makes what is missing: a product for each charge code' },
  'hook-url': { type: 'string', value: 'URL', about: 'with --create: where Odoo tells the hub of changes' },
  overwrite: { type: 'boolean', about: 'where the mapping file and Odoo differ, takes what was found' },
  rotate: { type: 'boolean', about: 'replaces the API key by a new one' },
  'keep-old': { type: 'boolean', about: 'with --rotate: leaves the old key in force' },
  json: { type: 'boolean', about: 'everything as one JSON value, and no questions' },
} as const;

type Options = OptionValues<typeof options>;

export const command = defineCommand({
  name: 'connect',
  summary: 'tries the way to an Odoo, finds what to book with, and writes it down',
  usage: 'odoo [--url URL] [--database NAME] [--user LOGIN] [--company ID] [--create] [--rotate] [--json]',
  help: `At a terminal it asks for what is not said. The key comes from ODOO_KEY or is asked for, never from the command line.

--create takes an administrator: ODOO_ADMIN_USER with ODOO_ADMIN_PASSWORD or ODOO_ADMIN_KEY, used for this and not kept.
--rotate takes ODOO_PASSWORD, the API user's password, and lets Odoo make the key; or ODOO_NEW_KEY, one that you made.

The mapping is kept in LADING_DATA/odoo.json (else where ODOO_MAPPING says), the key beside it. What a person wrote into the
mapping stays; what differs from Odoo is shown. Exit code 1: something is missing; each line says how to mend it.`,
  positionals: { name: 'odoo', min: 1, max: 1 },
  options,
  async run(context) {
    const { args, options: given, env, signal, stdout } = context;
    if (args[0] !== 'odoo') {
      throw new UserError({ what: 'unknown system', where: args[0] ?? '', mend: 'usage: lading connect odoo' });
    }
    const asker = askerAt(signal, !given.json);
    const [file, keyFile] = [mappingFileIn(env), odooKeyFileIn(env)];
    const mapping = readMapping(file);
    const { settings, keyWasTyped } = await wantedOdoo(given, env, mapping, keyFile, asker);
    if (given.rotate) {
      const keepsOld = given['keep-old'];
      return rotate({ settings, keyFile, keepsOld, env, asker, json: given.json, stdout });
    }
    const connected = await connect(context, settings, asker);
    if (connected.mapping !== undefined) {
      if (keyWasTyped) rememberKey(keyFile, settings.key);
      Object.assign(connected, await write(file, mapping, connected.mapping, given.overwrite));
    }
    return tell(context, connected, file);
  },
});

type Connected = {
  look: Look;
  made: Made;
  mapping?: OdooMapping;
  isWritten: boolean;
  differences: readonly Difference[];
};

async function connect(
  context: CommandContext<Options>,
  settings: OdooSettings,
  asker: Asker | undefined,
): Promise<Connected> {
  const { options: given, env } = context;
  const rules = await rulesOfDatabase(env);
  const codes = chargeCodes(rules, given.charge);
  const needs = { codes, paymentJournals: paymentJournalsOf(rules) };
  const deps = { now: Date.now };
  let chosen = settings;
  let look = await lookAtOdoo(chosen, deps, needs);
  const lacksCompany = look.findings.find(({ check, state }) => check === 'company' && state === 'missing');
  if (lacksCompany !== undefined && asker !== undefined) {
    chosen = { ...settings, company: Number(await asker.ask(`Company: ${lacksCompany.mend}`)) || undefined };
    look = await lookAtOdoo(chosen, deps, needs);
  }
  let made: Made = { products: [], webhooks: [] };
  const missesProduct = codes.some((code) => look.surveyed?.survey.products.has(code) === false);
  const mayCreate =
    given.create || (missesProduct && (await asker?.confirm('Make products for charge codes without one?')));
  if (mayCreate && look.surveyed !== undefined) {
    made = await makeMissing({ settings: chosen, look, codes, hookUrl: given['hook-url'], env, asker });
    if (made.products.length > 0) look = await lookAtOdoo(chosen, deps, needs);
  }
  const { surveyed } = look;
  const mapping = surveyed && proposedMapping(chosen, surveyed.companyId, surveyed.survey);
  return { look, made, mapping, isWritten: false, differences: [] };
}

/** Those of the standard, those of the agreements that the hub has, and those that are named. */
function chargeCodes(rules: RuleBook | undefined, named: readonly string[]): string[] {
  const agreed = [...(rules?.agreements.values() ?? [])].flatMap((versions) =>
    versions.flatMap(({ content }) => (content.accessorials ?? []).map(({ code }) => code)),
  );
  return [...new Set([...Object.keys(CHARGE_NAMES), ...agreed, ...named])];
}

function rememberKey(keyFile: string, key: string): void {
  const kept = readKeptKey(keyFile);
  const replaced = kept === undefined ? [] : [...kept.replaced, digestOf(kept.key)];
  keepKey(keyFile, { key, replaced: replaced.filter((digest) => digest !== digestOf(key)) });
}

// A person's entries stay. What differs is returned, to be shown; it is written only when that is asked for, and a mapping of
// another database is left alone altogether.
async function write(
  file: string,
  kept: OdooMapping | undefined,
  found: OdooMapping,
  overwrites: boolean,
): Promise<Pick<Connected, 'isWritten' | 'differences'>> {
  const differing = kept === undefined ? [] : differences(kept, found);
  const isOther = differing.some(({ entry }) => entry === 'url' || entry === 'database');
  if (isOther && !overwrites) return { isWritten: false, differences: differing };
  const base = isOther ? {} : (kept ?? {});
  const written = overwrites ? merged(found, base) : merged(base, found);
  await mkdir(dirname(file), { recursive: true });
  writeFileSync(file, mappingText(written));
  return { isWritten: true, differences: overwrites ? [] : differing };
}

function tell({ options: given, stdout }: CommandContext<Options>, connected: Connected, file: string): number {
  const { look, made, mapping, isWritten, differences: differing } = connected;
  const ok = isReady(look) && isWritten;
  if (given.json) {
    const { survey } = look.surveyed ?? {};
    const found = survey && { ...survey, products: Object.fromEntries(survey.products) };
    const told = { ok, findings: look.findings, found, made, mapping, isWritten, differences: differing, file };
    stdout.line(JSON.stringify(told, null, 2));
    return ok ? 0 : 1;
  }
  const marks = { ok: 'ok  ', missing: 'MEND', advice: 'note' } as const;
  for (const finding of look.findings) stdout.line(`${marks[finding.state]}  ${findingLine(finding)}`);
  stdout.lines(foundLines(look));
  if (made.products.length > 0) stdout.line(`made  products for ${made.products.join(', ')}`);
  if (made.webhooks === 'no-automation') stdout.line('note  this Odoo has no automation rules: changes are asked for');
  else if (made.webhooks === 'companion') stdout.line('set   the companion module pushes changes, signed');
  else if (made.webhooks.length > 0) stdout.line(`made  automations on ${made.webhooks.join(', ')}`);
  for (const { entry, kept, found } of differing) {
    stdout.line(
      `diff  ${entry}: ${kept} in the file, ${found} found; the file stays (--overwrite takes what was found)`,
    );
  }
  stdout.line(!isWritten ? 'Nothing is written.' : `Written to ${file}. "lading up" connects to it.`);
  return ok ? 0 : 1;
}

const byCode = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

function foundLines({ surveyed }: Look): string[] {
  if (surveyed === undefined) return [];
  const { journals, saleTaxes, incomes, products, currencies } = surveyed.survey;
  const listed = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
  const coded = ({ id, code, name }: { id: number; code: string; name: string }) => `${id} ${code} ${name}`;
  return [
    `      journals: ${listed(journals.map(coded))}`,
    `      sale taxes: ${listed(saleTaxes.map(({ id, name }) => `${id} ${name}`))}`,
    `      income accounts: ${listed(incomes.map(coded))}`,
    `      products: ${listed([...products].sort(byCode).map(([code, { id, name }]) => `${code} → ${id} ${name}`))}`,
    `      foreign currencies: ${listed(currencies.map(({ code, hasRate }) => (hasRate ? code : `${code} (no rate)`)))}`,
  ];
}
