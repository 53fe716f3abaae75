// A person holds an outside system, and lets it go again. What is wanted there waits meanwhile, in its order; nothing of it
// counts as a failed try. Reading from the system goes on.
import type { Session } from '../../connectors/contract.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { holdSystem, letSystemGo } from '../../store/system-state.ts';
import type { PipelineContext } from '../context.ts';

type Acting = Pick<PipelineContext, 'store' | 'clock'>;

/** `reason`: for whoever wonders later. False: it is held already. */
export async function pauseSystem(
  { store, clock }: Acting,
  system: string,
  by: string,
  reason: string | undefined,
): Promise<boolean> {
  const now = clock.now();
  return store.transaction(async (client) => {
    if (!(await holdSystem(client, store.tenant, system, by, reason, now))) return false;
    const detail = reason === undefined ? {} : { reason };
    await recordAct(client, store.tenant, { actor: by, action: 'system.pause', subject: system, detail }, now);
    return true;
  });
}

/** False: it is not held. */
export async function resumeSystem({ store, clock }: Acting, system: string, by: string): Promise<boolean> {
  const now = clock.now();
  return store.transaction(async (client) => {
    if (!(await letSystemGo(client, store.tenant, system))) return false;
    await recordAct(client, store.tenant, { actor: by, action: 'system.resume', subject: system }, now);
    return true;
  });
}

export type Tested =
  | { readonly answers: true; readonly milliseconds: number }
  | { readonly answers: false; readonly milliseconds: number; readonly reason: string };

/** One question that changes nothing there: a look-up of a key that nobody has. Also of a system that is held. */
export async function testSystem(
  { store, clock }: Acting,
  { name, session }: { readonly name: string; readonly session: Pick<Session, 'lookup'> },
  by: string,
): Promise<Tested> {
  const began = performance.now();
  const [answer] = await session.lookup(['lading-connection-test']);
  const milliseconds = Math.round(performance.now() - began);
  const reason = answer?.lookup === 'unavailable' ? answer.reason : undefined;
  await store.transaction((client) => {
    const detail = { answers: reason === undefined };
    const act = { actor: by, action: 'system.test', subject: name, detail };
    return recordAct(client, store.tenant, act, clock.now());
  });
  return reason === undefined ? { answers: true, milliseconds } : { answers: false, milliseconds, reason };
}
