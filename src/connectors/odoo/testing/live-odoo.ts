// The real Odoo that the environment names, for tests that want one, and an eye on it past the connector.

import { openConnection } from '../doors/connection.ts';
import type { Door } from '../doors/door.ts';
import type { OdooSettings } from '../settings.ts';

const { ODOO_URL: url, ODOO_DB: database, ODOO_USER: user, ODOO_KEY: key, LADING_LIVE = '' } = process.env;

/** Missing when the environment names none, or does not ask for live tests. */
export const liveSettings: OdooSettings | undefined =
  LADING_LIVE.split(',').includes('odoo') && url && database && key
    ? { url, database, user, key, module: 'lading_live' }
    : undefined;

const { ODOO_ADMIN_USER: administrator, ODOO_ADMIN_KEY: administratorKey } = process.env;

/** An administrator there, for what the API user need not be able to do. */
export const liveAdministrator: OdooSettings | undefined =
  liveSettings === undefined || !administrator || !administratorKey
    ? undefined
    : { ...liveSettings, user: administrator, key: administratorKey };

/** For `test(…, { skip })`. */
export const withoutLive: string | false =
  liveSettings === undefined
    ? 'set LADING_LIVE=odoo and ODOO_URL, ODOO_DB, ODOO_USER, ODOO_KEY to run it against a real Odoo'
    : false;

export type Eye = {
  readonly call: Door;
  /** Does this Odoo have the companion module, so that less is said in more? */
  readonly hasCompanion: () => Promise<boolean>;
  /** Database ids of the documents of a key, by what Odoo shows a person and not by external id. */
  readonly movesOf: (key: string) => Promise<readonly number[]>;
  readonly filesOn: (moveIds: readonly number[]) => Promise<readonly { name: string; checksum: string }[]>;
  /** What the companion's tab of an order says of its shipments. */
  readonly tabOf: (orderId: number) => Promise<readonly Record<string, unknown>[]>;
  /** Names of the records that are so, at most a hundred. */
  readonly named: (model: string, domain: readonly unknown[]) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

const MOST = 100;

export function openEye(settings: OdooSettings): Eye {
  const { call, close, hasCompanion } = openConnection(settings, { now: Date.now });
  return {
    call,
    close,
    hasCompanion,
    movesOf: async (documentKey) => {
      const domain = [['invoice_origin', '=', `Lading ${documentKey}`]];
      const found = await call({
        model: 'account.move',
        method: 'search_read',
        args: { domain, fields: ['id'], limit: MOST },
      });
      return (found as { id: number }[]).map(({ id }) => id);
    },
    tabOf: async (orderId) => {
      const fields = ['name', 'tracking', 'billing', 'reason'];
      const args = { domain: [['order_id', '=', orderId]], fields, limit: MOST };
      const found = await call({ model: 'lading.shipment', method: 'search_read', args });
      return (found as Record<string, unknown>[]).map(({ id: _, ...shown }) => shown);
    },
    named: async (model, domain) => {
      const found = await call({ model, method: 'search_read', args: { domain, fields: ['name'], limit: MOST } });
      return (found as { name: string }[]).map(({ name }) => name);
    },
    filesOn: async (moveIds) => {
      const domain = [
        ['res_model', '=', 'account.move'],
        ['res_id', 'in', moveIds],
      ];
      const args = { domain, fields: ['name', 'checksum'], limit: MOST };
      const found = await call({ model: 'ir.attachment', method: 'search_read', args });
      return found as { name: string; checksum: string }[];
    },
  };
}
