// The station that weighs exceptions: what money depends on each that is open. It follows behind, like the ledger; nobody
// who decides waits for it.
import { formatMinor } from '../model/money.ts';
import { type Stake, type StakeRow, stakesOf, takeUnweighed, writeStakes } from '../store/stakes.ts';
import type { PipelineContext } from './context.ts';

const AT_ONCE = 500;

/** Weighs what is to be weighed; returns how many. */
export async function weighOnce({ store }: PipelineContext): Promise<number> {
  return store.transaction(async (client) => {
    const ids = await takeUnweighed(client, store.tenant, AT_ONCE);
    if (ids.length === 0) return 0;
    const rows = Map.groupBy(await stakesOf(client, store.tenant, ids), ({ id }) => id);
    await writeStakes(
      client,
      store.tenant,
      ids.map((id) => heaviest(id, rows.get(id) ?? [])),
    );
    return ids.length;
  });
}

// Amounts of different currencies are never added: the largest stands for them.
function heaviest(id: string, rows: readonly StakeRow[]): Stake {
  const customer = rows.find((row) => row.customer !== null)?.customer ?? undefined;
  let stake: Stake = { id, customer, major: '-1' };
  for (const { currency, minor } of rows) {
    if (currency === null || minor === null) continue;
    const major = formatMinor(BigInt(minor), currency);
    if (Number(major) > Number(stake.major)) stake = { id, customer, currency, minor: BigInt(minor), major };
  }
  return stake;
}
