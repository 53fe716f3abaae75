// Deleted records: those that we were told of and that are no longer among the ids of their model.
//
// A right that was taken from the API user hides records as well as deletion does. So when most of what we know is
// missing at once, it is not believed.
import type { Puller, Read } from '../../connectors/contract.ts';
import { type KnownRecord, knownRecords, markGone } from '../../store/outside-records.ts';
import type { PipelineContext } from '../context.ts';

const IDS_PER_PAGE = 5_000;
const FEW = 20;

export type Gone = KnownRecord;
export type Swept = {
  readonly gone: readonly Gone[];
  /** Where the next page begins; missing on the last one. */
  readonly afterId?: number;
  /** To be called when it has been told of them. */
  readonly markGone: () => Promise<void>;
};

type Place = { readonly system: string; readonly model: string; readonly afterId: number };

export async function sweepPage({ store, clock }: PipelineContext, puller: Puller, place: Place): Promise<Read<Swept>> {
  const { system, model, afterId } = place;
  const page = await puller.idsAfter(model, afterId, IDS_PER_PAGE);
  if (page.read === 'unavailable') return page;
  const isWhole = page.ids.length < IDS_PER_PAGE;
  const upTo = isWhole ? undefined : page.ids.at(-1);
  const window = { afterId, limit: IDS_PER_PAGE, ...(upTo === undefined ? {} : { upTo }) };
  const known = await knownRecords(store, store.tenant, { system, model }, window);
  const there = new Set(page.ids);
  const gone = known.filter(({ id }) => !there.has(id));
  if (gone.length > FEW && gone.length * 2 > known.length) {
    const reason = `${gone.length} of ${known.length} records of ${model} cannot be seen any more; look at the rights of the API user`;
    return { read: 'unavailable', reason };
  }
  // Of more known than fit, the rest is looked at from the last one on.
  const next = known.length === IDS_PER_PAGE ? known.at(-1)?.id : upTo;
  const ids = gone.map(({ id }) => id);
  return {
    read: 'done',
    gone,
    ...(next === undefined ? {} : { afterId: next }),
    markGone: async () => {
      if (ids.length > 0) await markGone(store, store.tenant, { system, model, ids, at: clock.now() });
    },
  };
}
