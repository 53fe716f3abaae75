// What the ERP holds, asked of it with patience, and said plainly when it cannot be had.
//
// Simulated days go by in seconds. An ERP that never answers would be tried thousands of times in them, so the demo asks
// before it begins to play, and again before it lets the time after the play go by.
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredDocument } from '../../connectors/contract.ts';
import { erpDocumentsOf, type Hub } from '../../pipeline/hub.ts';
import { UserError } from '../user-error.ts';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 300;

/** Throws `UserError` when the ERP cannot be read for `patienceMs`. `where`: its address. */
export async function documentsInErp(
  hub: Pick<Hub, 'systems'>,
  where: string,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<StoredDocument[]> {
  for (const deadline = Date.now() + patienceMs; ; ) {
    try {
      return await erpDocumentsOf(hub);
    } catch (error) {
      signal.throwIfAborted();
      if (Date.now() < deadline) await sleep(PAUSE_MS, undefined, { signal });
      else throw erpProblem(error as Error, where);
    }
  }
}

function erpProblem({ message }: Error, where: string): UserError {
  return new UserError({
    what: 'the ERP cannot be read',
    where,
    mend: `${message}; mend it or correct ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY, and start the demo again: it goes on from here`,
  });
}
