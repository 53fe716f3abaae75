// Many at once, for speed, and yet each by itself: Odoo takes a whole call or nothing of it, so a batch that is
// refused is halved until the bad ones stand alone.
import type { Verdict } from '../contract.ts';
import { classify } from './doors/classify.ts';
import { OdooError } from './doors/failure.ts';

export type Done<Item, Result> =
  | { readonly item: Item; readonly result: Result }
  | { readonly item: Item; readonly verdict: Verdict };

/** Runs `act` on all items, on halves where it is refused for a document's sake. One outcome per item, in order. */
export async function together<Item, Result>(
  items: readonly Item[],
  act: (items: readonly Item[]) => Promise<readonly Result[]>,
  judge: (error: unknown) => Verdict = classify,
): Promise<readonly Done<Item, Result>[]> {
  if (items.length === 0) return [];
  try {
    const results = await act(items);
    return items.map((item, index) => ({ item, result: results[index] as Result }));
  } catch (error) {
    const verdict = verdictOn(error, judge);
    const oneIsBad = verdict.verdict === 'refuse' && verdict.scope === 'document' && items.length > 1;
    if (!oneIsBad) return items.map((item) => ({ item, verdict }));
    const middle = Math.ceil(items.length / 2);
    const first = await together(items.slice(0, middle), act, judge);
    return [...first, ...(await together(items.slice(middle), act, judge))];
  }
}

/** The judgement on what our calls throw; anything else is a bug and goes on up. */
export function verdictOn(error: unknown, judge: (error: unknown) => Verdict = classify): Verdict {
  if (!(error instanceof OdooError)) throw error;
  return judge(error);
}
