// What is missing in Odoo and may be made from here: products for charge codes, automations that tell of changes.
import { type Administrator, asAdministrator } from '../../connectors/odoo/connect/administrator.ts';
import {
  type ChargeCode,
  createAutomations,
  createProducts,
  setCompanionHook,
} from '../../connectors/odoo/connect/create.ts';
import type { Look } from '../../connectors/odoo/connect/look.ts';
import type { Door } from '../../connectors/odoo/doors/door.ts';
import { OdooError } from '../../connectors/odoo/doors/failure.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import { CHARGE_NAMES } from '../../domain/billing/description.ts';
import { UserError } from '../user-error.ts';
import type { Asker } from './asker.ts';
import { odooProblem } from './problem.ts';

export type Made = {
  /** Charge codes that have a product now. */
  readonly products: readonly string[];
  /** Models whose changes are told now; `no-automation`: this Odoo has no automation rules. */
  readonly webhooks: readonly string[] | 'no-automation' | 'companion';
};

export type Making = {
  readonly settings: OdooSettings;
  readonly look: Look;
  readonly codes: readonly string[];
  /** Where Odoo is to tell of changes; none: nothing is told. */
  readonly hookUrl: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly asker: Asker | undefined;
};

/** Throws `UserError`. Asking again doubles nothing. */
export async function makeMissing({ settings, look, codes, hookUrl, env, asker }: Making): Promise<Made> {
  const { version, surveyed } = look;
  const missing = codes.filter((code) => surveyed?.survey.products.has(code) === false);
  if (version === undefined || (missing.length === 0 && hookUrl === undefined)) return { products: [], webhooks: [] };
  const person = await administratorFrom(env, asker);
  try {
    return await asAdministrator(settings, { now: Date.now }, person, async (call) => {
      if (missing.length > 0) await createProducts(call, version, settings, missing.map(named));
      const webhooks = await hooksFor(call, settings, hookUrl);
      return { products: missing, webhooks };
    });
  } catch (error) {
    throw error instanceof OdooError ? odooProblem(error, `${person.login} in ${settings.database}`) : error;
  }
}

async function hooksFor(call: Door, settings: OdooSettings, url: string | undefined): Promise<Made['webhooks']> {
  if (url === undefined) return [];
  return (await setCompanionHook(call, url)) ? 'companion' : createAutomations(call, settings, url);
}

const named = (code: string): ChargeCode => ({ code, name: CHARGE_NAMES[code] ?? `Accessorial ${code}` });

async function administratorFrom(env: Making['env'], asker: Asker | undefined): Promise<Administrator> {
  const login = env.ODOO_ADMIN_USER || (await asker?.ask('Login of an Odoo administrator, for this act only', 'admin'));
  if (login && env.ODOO_ADMIN_KEY) return { login, key: env.ODOO_ADMIN_KEY };
  const password = env.ODOO_ADMIN_PASSWORD || (login && (await asker?.askSecret('Their password')));
  if (login && password) return { login, password };
  throw new UserError({
    what: 'making records in Odoo takes an administrator',
    where: '--create',
    mend: 'set ODOO_ADMIN_USER and ODOO_ADMIN_PASSWORD (or ODOO_ADMIN_KEY); they are used for this and not kept',
  });
}
