// `load`: the one way to create that Odoo itself keeps from happening twice, for each record carries an external id.
import type { Door } from './door.ts';
import { type LoadMessage, OdooError } from './failure.ts';
import type { LoadTable } from './invoice.ts';

/**
 * Database ids in the order of the records. All or nothing: a refusal comes back as a success with `ids: false`, and
 * is thrown here as `load-refused`. A known external id is updated, so this is never called for a posted document.
 */
export async function loadRecords(
  call: Door,
  model: string,
  table: LoadTable,
  context?: Readonly<Record<string, unknown>>,
): Promise<readonly number[]> {
  const answer = (await call({ model, method: 'load', args: { ...table }, context })) as {
    ids?: unknown;
    messages?: readonly LoadMessage[];
  } | null;
  if (Array.isArray(answer?.ids)) return answer.ids as number[];
  const messages = (answer?.messages ?? []).map(({ field, message }) => ({ field, message: String(message) }));
  throw new OdooError({ kind: 'load-refused', messages });
}
