// A message taken in corrected repeats what was right in the one it mends: that is not said twice.
//
// Events of X12 and of files have no key of their own, only a place in their message, and a correction moves places. So
// what is said in the same words counts as the same; of several alike, as many as were said before.
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { TranslatedEvent } from '../../partners/translation.ts';
import { canonicalJson } from '../../store/audit-trail.ts';
import { saidIn } from '../../store/mends.ts';
import type { ClaimedMessage } from '../../store/messages.ts';

/** Tells of each event in its order whether the mended message had given it; to be asked once of each. */
export async function saidByMended(
  client: ClientBase,
  tenant: string,
  understood: readonly { readonly message: ClaimedMessage }[],
): Promise<(message: ClaimedMessage, translated: TranslatedEvent) => boolean> {
  const mended = understood.flatMap(({ message: { mends } }) => (mends === null ? [] : [mends]));
  if (mended.length === 0) return () => false;
  const left = new Map<string, number>();
  for (const { messageId, type, data } of await saidIn(client, tenant, mended)) {
    const key = keyOf(messageId, type, JSON.parse(data));
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return ({ mends }, { event }) => {
    if (mends === null) return false;
    const key = keyOf(mends, event.type, keptData(event));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0;
  };
}

function keyOf(messageId: string, type: string, data: unknown): string {
  return `${messageId} ${type} ${canonicalJson(data)}`;
}

// As it lies in the archive: content under its hash.
function keptData({ type, data }: TranslatedEvent['event']): unknown {
  if (type !== 'document.attached' || data.content === undefined) return data;
  const { content, ...rest } = data;
  const contentSha256 = createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex');
  return { ...rest, contentSha256 };
}
