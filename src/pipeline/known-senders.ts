// Nobody is unknown any longer who has become a partner. What the sender sent before stays kept until it is replayed.
import type { ClientBase } from 'pg';
import type { RuleBook } from '../model/rules.ts';
import type { Instant } from '../model/time.ts';
import { directoryOf } from '../partners/directory.ts';
import { closeExceptions, openSubjects } from '../store/exceptions.ts';

/** Closes `unknown-partner` of senders that the rules now name: by our id, or by the code an interchange gave. */
export async function closeForKnownSenders(
  client: ClientBase,
  tenant: string,
  { partners }: Pick<RuleBook, 'partners'>,
  now: Instant,
): Promise<void> {
  const directory = directoryOf(partners);
  const subjects = await openSubjects(client, tenant, 'unknown-partner', '');
  const known = subjects.filter((named) => partners.has(named) || directory.byApplicationCode(named) !== undefined);
  const gone = known.map((subject) => ({ kind: 'unknown-partner' as const, subject }));
  await closeExceptions(client, tenant, gone, now);
}
