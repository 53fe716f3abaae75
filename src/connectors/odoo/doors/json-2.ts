// JSON-2 (`/json/2/<model>/<method>`), the door of Odoo 19 and later.
//
// The status misleads (an unknown field is a 500, a refused `load` a 200), so only the exception's name counts.
// Without a name the answer is not Odoo's: a proxy's, or "no database is selected" as a page.

import type { OdooSettings } from '../settings.ts';
import type { Door } from './door.ts';
import { OdooError } from './failure.ts';
import { withoutSecret } from './json-rpc.ts';
import type { Wire } from './wire.ts';

/** The key itself says who we are; it is tried by the first call. */
export function openJson2(wire: Wire, { database, key }: OdooSettings): Door {
  const headers = { authorization: `bearer ${key}`, 'x-odoo-database': database };
  return async ({ model, method, ids, args, context }) => {
    const body = { ...args, ...(ids === undefined ? {} : { ids }), ...(context === undefined ? {} : { context }) };
    const { status, json } = await wire.post(`/json/2/${model}/${method}`, body, headers);
    if (status === 200) {
      if (json === undefined) throw new OdooError({ kind: 'garbage', status });
      return json;
    }
    const fault = json as { name?: unknown; message?: unknown } | null | undefined;
    if (typeof fault?.name !== 'string') throw new OdooError({ kind: 'http', status });
    throw new OdooError({ kind: 'fault', name: fault.name, message: withoutSecret(String(fault.message), key) });
  };
}
