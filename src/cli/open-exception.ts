// An open exception as commands name it: by its number, or by its subject where only one is open of it.
import type { RunningHub } from './running-hub.ts';
import { UserError } from './user-error.ts';

export type OpenException = { readonly id: string; readonly kind: string; readonly subject: string };

/** `among`: the kinds that the command works on; none given: any. Throws `UserError` where none or several are open. */
export async function openException(
  hub: RunningHub,
  ref: string,
  among: readonly string[] = [],
): Promise<OpenException> {
  const query = new URLSearchParams({ state: 'open', subject: ref });
  const { items } = await hub.ask<{ items: OpenException[] }>('GET', `/v1/exceptions?${query}`);
  const fitting = items.filter(({ kind }) => among.length === 0 || among.includes(kind));
  const [only, ...others] = fitting;
  if (only === undefined && /^\d{1,18}$/.test(ref)) {
    return hub.ask<OpenException>('GET', `/v1/exceptions/${ref}`);
  }
  if (only === undefined) {
    const mend = 'nothing of that is open; "./lading explain" says how it stands';
    throw new UserError({ what: 'no such exception', where: ref, mend });
  }
  if (others.length > 0) {
    const which = fitting.map(({ id, kind }) => `${id} (${kind})`).join(', ');
    throw new UserError({ what: 'several exceptions are open', where: ref, mend: `give the number of one: ${which}` });
  }
  return only;
}
