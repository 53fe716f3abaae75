// A partner that falls silent makes no error. Whose profile says after how long silence is odd (`silentAfterMinutes`) is
// watched, and somebody is told.
import { type Instant, MINUTE_MS } from '../../model/time.ts';
import { closeExceptions, openExceptions, openSubjects } from '../../store/exceptions.ts';
import { followMessages, type Heard, heardOf } from '../../store/heard.ts';
import type { PipelineContext } from '../context.ts';

const EVERY_MS = MINUTE_MS;
const MOST_LOOKS = 1_000;

type Watching = Pick<PipelineContext, 'store' | 'clock' | 'rules'>;

/** Looks at most once a minute; `last` remembers when. Returns how many partners are silent. */
export async function watchSilenceOnce(context: Watching, last: { at?: Instant }): Promise<number> {
  const { store, clock } = context;
  const now = clock.now();
  if (last.at !== undefined && Math.abs(now - last.at) < EVERY_MS) return 0;
  last.at = now;
  for (let look = 0; look < MOST_LOOKS && (await followMessages(store, store.tenant)); look++);
  const limits = await limitsOf(context);
  const heard = await heardOf(store, store.tenant, [...limits.keys()]);
  const silent = heard.filter((each) => isSilent(each, limits.get(each.partner) ?? 0, now));
  await write(context, silent, limits, now);
  return silent.length;
}

export function isSilent({ lastAt, knownSince }: Omit<Heard, 'partner'>, minutes: number, now: Instant): boolean {
  return now - (lastAt ?? knownSince) > minutes * MINUTE_MS;
}

async function limitsOf({ store, rules }: Watching): Promise<Map<string, number>> {
  const { partners } = await rules.current(store);
  const watched = [...partners.values()].flatMap(({ id, silentAfterMinutes }) =>
    silentAfterMinutes === undefined ? [] : [[id, silentAfterMinutes] as const],
  );
  return new Map(watched);
}

async function write(
  { store }: Watching,
  silent: readonly Heard[],
  limits: ReadonlyMap<string, number>,
  now: Instant,
): Promise<void> {
  const { tenant } = store;
  const kind = 'partner-silent' as const;
  await store.transaction(async (client) => {
    const still = new Set(silent.map(({ partner }) => partner));
    const ended = (await openSubjects(client, tenant, kind, '')).filter((partner) => !still.has(partner));
    await closeExceptions(
      client,
      tenant,
      ended.map((subject) => ({ kind, subject })),
      now,
    );
    const raised = silent.map(({ partner, lastAt }) => {
      const since = lastAt === undefined ? 'Nothing was ever heard' : `Nothing was heard since ${minuteOf(lastAt)}`;
      const detail = `${since} from ${partner}, which is to be heard every ${limits.get(partner)} minutes. Ask whether it still sends.`;
      return { kind, subject: partner, detail };
    });
    await openExceptions(client, tenant, raised, now);
  });
}

function minuteOf(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
