// Which Odoo this is, and everything we do differently because of it. No other file asks for the version.

import type { OdooSettings } from '../settings.ts';
import type { Door } from './door.ts';
import { OdooError } from './failure.ts';
import { openJson2 } from './json-2.ts';
import { openJsonRpc, rpcVersionInfo } from './json-rpc.ts';
import type { Wire } from './wire.ts';

export type OdooVersion = {
  readonly major: number;
  /** Fields of `res.company` up to whose date the sales books are closed. */
  readonly lockDateFields: readonly string[];
  /** The unit of measure on a line of a sales order. */
  readonly saleUnitField: string;
  /** Do API keys end on a day of their own? */
  readonly hasEndingKeys: boolean;
  /** Does a key say by itself whose it is? Without, the login goes with it. */
  readonly keyNamesUser: boolean;
  /** Field and value that make a product one of services. */
  readonly serviceProduct: readonly [field: string, value: string];
  /** The text on a payment. */
  readonly paymentMemoField: 'ref' | 'memo';
  /** States of payments that count. */
  readonly bookedPaymentStates: readonly string[];
  /** Does a payment have a journal entry only where the method of its journal names an outstanding account? */
  readonly methodNeedsOutstandingAccount: boolean;
  /** Is the password for a new API key given in the call's context, or written on the wizard that asks for it? */
  readonly passwordInContext: boolean;
};

const OLDEST_MAJOR = 17;
const FIRST_WITH_JSON_2 = 19;

/** Asks the server who it is. 19 and later say it on a page of its own; the older ones by JSON-RPC. */
export async function detectVersion(wire: Wire): Promise<OdooVersion> {
  const page = await wire.get('/web/version');
  const told = (page.json as { version_info?: unknown } | null | undefined)?.version_info;
  return versionFrom(told ?? (await rpcVersionInfo(wire)));
}

/** `[17, 0, 0, "final", 0, ""]`; hosted builds say `["saas~18", 2, …]`. */
export function versionFrom(versionInfo: unknown): OdooVersion {
  const major = Number(/\d+/.exec(String(Array.isArray(versionInfo) ? versionInfo[0] : ''))?.[0]);
  if (!(major >= OLDEST_MAJOR)) {
    throw new OdooError({ kind: 'unfamiliar', message: `this server says it is Odoo ${major}; 17 or later is needed` });
  }
  const isOldest = major === OLDEST_MAJOR;
  return {
    major,
    lockDateFields: isOldest ? LOCKS_OF_17 : LOCKS_SINCE_18,
    saleUnitField: major >= FIRST_WITH_JSON_2 ? 'product_uom_id' : 'product_uom',
    hasEndingKeys: !isOldest,
    keyNamesUser: major >= FIRST_WITH_JSON_2,
    serviceProduct: [isOldest ? 'detailed_type' : 'type', 'service'],
    paymentMemoField: isOldest ? 'ref' : 'memo',
    bookedPaymentStates: isOldest ? ['posted'] : ['in_process', 'paid'],
    methodNeedsOutstandingAccount: !isOldest,
    passwordInContext: major >= FIRST_WITH_JSON_2,
  };
}

const LOCKS_OF_17 = ['period_lock_date', 'fiscalyear_lock_date'];
const LOCKS_SINCE_18 = ['fiscalyear_lock_date', 'sale_lock_date', 'hard_lock_date'];

export async function openDoor(version: OdooVersion, wire: Wire, settings: OdooSettings): Promise<Door> {
  return version.keyNamesUser ? openJson2(wire, settings) : openJsonRpc(wire, settings);
}
