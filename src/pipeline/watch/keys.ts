// Keys to outside systems end. Each system is asked now and then when ours does, so that it is replaced in time and not
// after everything has come to a halt.
import type { KeyLife } from '../../connectors/contract.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/time.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { noteKeyLife } from '../../store/system-state.ts';
import type { PipelineContext } from '../context.ts';

const EVERY_MS = HOUR_MS;
const WARNED_BEFORE_MS = 14 * DAY_MS;

/** A system, and how to ask when its key ends; what cannot be asked has keys that do not end. */
export type KeyedSystem = {
  readonly name: string;
  readonly session: { readonly keyLife?: () => Promise<KeyLife> };
};

/** Returns how many were asked. `asked` remembers when; each process asks by itself, at most once an hour. */
export async function watchKeysOnce(
  context: Pick<PipelineContext, 'store' | 'clock'>,
  systems: readonly KeyedSystem[],
  asked: Map<string, Instant>,
): Promise<number> {
  let count = 0;
  for (const { name, session } of systems) {
    const now = context.clock.now();
    if (session.keyLife === undefined || now - (asked.get(name) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) continue;
    asked.set(name, now);
    const life = await session.keyLife();
    // A system that is down is told of by its breaker.
    if (life.key === 'unavailable') continue;
    await write(context, name, life, now);
    count += 1;
  }
  return count;
}

async function write(
  { store }: Pick<PipelineContext, 'store'>,
  system: string,
  life: Exclude<KeyLife, { key: 'unavailable' }>,
  now: Instant,
): Promise<void> {
  await store.transaction(async (client) => {
    const endsAt = life.key === 'ends' ? life.endsAt : undefined;
    await noteKeyLife(client, store.tenant, system, endsAt);
    const about = { kind: 'key-ending' as const, subject: system };
    if (endsAt === undefined || endsAt - now >= WARNED_BEFORE_MS)
      return closeExceptions(client, store.tenant, [about], now);
    const day = new Date(endsAt).toISOString().slice(0, 10);
    const detail = `The key to ${system} ${endsAt <= now ? 'ended' : 'ends'} on ${day}; replace it by \`lading connect ${system} --rotate\`.`;
    return openExceptions(client, store.tenant, [{ ...about, detail }], now);
  });
}
