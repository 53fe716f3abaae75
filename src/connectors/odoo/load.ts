// `load`: the one way to create that Odoo itself keeps from happening twice, for each record carries an external id.

import type { LoadTable } from './documents/invoice.ts';
import type { Door } from './doors/door.ts';
import { type LoadMessage, OdooError } from './doors/failure.ts';

// Kept with the external id and heeded by later loads: a record that is there is told by its id and never written over,
// posted or not. So one call for a whole batch both asks what is there and makes what is not.
export const NEVER_OVERWRITE = { mode: 'update', noupdate: true };

/**
 * Database ids in the order of the records: of those just made, and of those that were there, which stay as they are. All
 * or nothing: a refusal comes back as a success with `ids: false`, and is thrown here as `load-refused`.
 */
export async function loadRecords(
  call: Door,
  model: string,
  table: LoadTable,
  context?: Readonly<Record<string, unknown>>,
): Promise<readonly number[]> {
  return loadedIds(
    await call({ model, method: 'load', args: { ...table }, context: { ...NEVER_OVERWRITE, ...context } }),
  );
}

/** What an answer in the manner of `load` says; throws `OdooError`, for a refusal looks like a success. */
export function loadedIds(told: unknown): readonly number[] {
  const answer = told as { ids?: unknown; messages?: readonly LoadMessage[] } | null;
  if (Array.isArray(answer?.ids)) return answer.ids as number[];
  const messages = (answer?.messages ?? []).map(({ field, message }) => ({ field, message: String(message) }));
  throw new OdooError({ kind: 'load-refused', messages });
}
