// Adjustments that wait for a yes or a no, as `approve` and `refuse` reach them: at the running hub, by exception.
import type { RunningHub } from './running-hub.ts';
import { UserError } from './user-error.ts';

type Waiting = { readonly id: string; readonly subject: string; readonly detail: string };

/** The open `adjustment-approval` of a shipment. Throws `UserError` when none waits. */
export async function waitingAdjustment(hub: RunningHub, shipment: string): Promise<Waiting> {
  const query = new URLSearchParams({ kind: 'adjustment-approval', state: 'open', subject: shipment });
  const { items } = await hub.ask<{ items: Waiting[] }>('GET', `/v1/exceptions?${query}`);
  const [waiting] = items;
  if (waiting !== undefined) return waiting;
  const mend = 'nothing of it waits for approval; "./lading explain" says how it stands';
  throw new UserError({ what: 'no adjustment waits', where: shipment, mend });
}
