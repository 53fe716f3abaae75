// A scenario against a real Odoo: in companies made for this run, under a name space of its own, through a proxy that fails when
// the scenario says so.
import { randomBytes } from 'node:crypto';
import { startFaultProxy } from '../../../../examples/odoo-stand-in/proxy.ts';
import { openConnection } from '../../../connectors/odoo/doors/connection.ts';
import { OdooError } from '../../../connectors/odoo/doors/failure.ts';
import type { OdooSettings } from '../../../connectors/odoo/settings.ts';
import type { LegalEntity } from '../../../model/setup/entity.ts';
import type { Setup } from '../../../model/setup/index.ts';
import { UserError } from '../../user-error.ts';
import type { ErpDeps, OpenErp, ScenarioErp } from '../erp.ts';
import type { Scenario } from '../folder.ts';
import { type Accountant, allowCurrencies, makeBooks, makeCompany, makeSaleTaxes } from './company.ts';

type Odoo = Pick<OdooSettings, 'url' | 'database' | 'user' | 'key'>;

/** The user must be one who may make companies. Throws `UserError` when it is not, or when Odoo cannot be reached. */
export function liveOdoo(odoo: Odoo, scenario: Scenario, tell: (line: string) => void): OpenErp {
  return async (deps) => {
    const run = `${Date.now().toString(36)}${randomBytes(2).toString('hex')}`;
    const connection = openConnection(odoo, { now: Date.now });
    try {
      const { major } = await connection.version();
      const accountant = { call: connection.call, major };
      const name = `Lading ${scenario.name} ${run}`;
      const company = await makeCompany(accountant, name, 'USD');
      await allowCurrencies(accountant, company, currenciesIn(scenario));
      tell(`Odoo ${major}, ${odoo.url}, database ${odoo.database}: company "${name}" (${company})`);
      return await opened(
        { accountant, odoo, company, run, currencies: currenciesIn(scenario) },
        deps,
        connection.close,
      );
    } catch (error) {
      await connection.close();
      throw error instanceof OdooError ? unusable(error, odoo) : error;
    }
  };
}

type Place = {
  readonly accountant: Accountant;
  readonly odoo: Odoo;
  /** Of documents whose legal entity names none. */
  readonly company: number;
  readonly run: string;
  readonly currencies: ReadonlySet<string>;
};

async function opened(place: Place, { onCall }: ErpDeps, close: () => Promise<void>): Promise<ScenarioErp> {
  const { odoo, company, run } = place;
  const proxy = await startFaultProxy(odoo.url, { onCall });
  const companies = new Map<string, number>();
  const rates = new Set<string>();
  return {
    settings: { ...odoo, url: proxy.url, company, module: `lading_run_${run}` },
    setFault: proxy.setFault,
    prepare: async (setup) => {
      for (const { rate } of setup.taxes ?? []) rates.add(rate);
      const renamed: LegalEntity[] = [];
      for (const entity of setup.entities ?? []) renamed.push(await entityIn(place, companies, entity));
      for (const id of [company, ...companies.values()]) await makeSaleTaxes(place.accountant, id, rates);
      return setup.entities === undefined ? setup : ({ ...setup, entities: renamed } satisfies Setup);
    },
    stop: async () => {
      await proxy.stop();
      await close();
    },
  };
}

// Each company of the scenario is one of this run, and is called so.
async function entityIn(place: Place, companies: Map<string, number>, entity: LegalEntity): Promise<LegalEntity> {
  const { accountant, company, run, currencies } = place;
  const named = entity.erp?.company;
  if (named === undefined) {
    await makeBooks(accountant, company, entity);
    return entity;
  }
  const own = `${named} ${run}`;
  const id = companies.get(own) ?? (await makeCompany(accountant, own, entity.currency ?? 'USD'));
  companies.set(own, id);
  await allowCurrencies(accountant, id, currencies);
  await makeBooks(accountant, id, entity);
  return { ...entity, erp: { ...entity.erp, company: own } };
}

const CURRENCY = /"currency":"([A-Z]{3})"/g;

function currenciesIn({ setup, imports, steps }: Scenario): Set<string> {
  const text = JSON.stringify([setup, [...imports.values()], steps]);
  return new Set([...text.matchAll(CURRENCY)].map(([, code]) => code as string));
}

function unusable(error: OdooError, { url, database }: Odoo): UserError {
  return new UserError({
    what: `no company could be made in Odoo: ${error.message}`,
    where: `${database} at ${url}`,
    mend: 'set ODOO_USER and ODOO_KEY to an administrator (Settings, Accounting) of a database for trying',
  });
}
