// An Odoo stand-in that outlives the processes under test, and whose faults follow a seed.

import type { Chance } from '../../examples/network/seeded.ts';
import { type Fault, type StandIn, startOdooStandIn } from '../../examples/odoo-stand-in/index.ts';

export type MoodyErp = {
  readonly standIn: StandIn;
  /** What a hub needs to know of it. */
  readonly env: Readonly<Record<'ODOO_URL' | 'ODOO_DB' | 'ODOO_USER' | 'ODOO_KEY', string>>;
  /** From now on it loses answers, breaks connections and hesitates; until `calm`. */
  readonly beMoody: (chance: Chance) => void;
  readonly calm: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const MOODS: readonly Fault[] = [
  { mode: 'timeout-after-commit', probability: 0.3 },
  { mode: 'down', probability: 0.3 },
  { mode: 'timeout-after-commit', only: 'action_post', probability: 0.7 },
  { mode: 'garbage', probability: 0.15 },
  { mode: 'throttled', probability: 0.2 },
  { mode: 'slow', delayMs: 40, probability: 0.3 },
  { mode: 'up' },
];
const MOOD_MS = 700;

export async function startMoodyErp(): Promise<MoodyErp> {
  const standIn = await startOdooStandIn();
  const { url, database, user, key } = standIn;
  let timer: NodeJS.Timeout | undefined;
  const calm = async () => {
    clearInterval(timer);
    await standIn.setFault({ mode: 'up' });
  };
  return {
    standIn,
    env: { ODOO_URL: url, ODOO_DB: database, ODOO_USER: user, ODOO_KEY: key },
    beMoody: (chance) => {
      const change = () => void standIn.setFault({ ...chance.pick(MOODS), seed: chance.below(1_000_000) });
      change();
      timer = setInterval(change, MOOD_MS);
    },
    calm,
    stop: async () => {
      await calm();
      await standIn.stop();
    },
  };
}
