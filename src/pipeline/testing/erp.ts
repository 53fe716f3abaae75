// An ERP beside a hub under test: the stand-in, a new one for each test, with a session, and a clock for both.
import { afterEach, beforeEach } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { Session } from '../../connectors/contract.ts';
import { odooConnector } from '../../connectors/odoo/index.ts';
import type { Instant } from '../../model/time.ts';
import { ERP_SYSTEM } from '../context.ts';
import { deliverOnce, nextDelivery } from '../deliver.ts';
import { START, type TestHub } from './hub.ts';

export const SYSTEM = { name: ERP_SYSTEM, pace: { burst: odooConnector.limits.documentsPerSend } };

export type ErpAtHand = { erp: StandIn; session: Session; now: Instant };

/** For the tests of this file: what it holds is another one in each. */
export function erpForEachTest(): ErpAtHand {
  const here = { now: START } as ErpAtHand;
  beforeEach(async () => {
    here.now = START;
    here.erp = await startOdooStandIn({ now: () => here.now });
    const { url, database, user, key } = here.erp;
    here.session = odooConnector.open({ url, database, user, key }, { now: () => here.now });
  });
  afterEach(async () => {
    await here.session.close();
    await here.erp.stop();
  });
  return here;
}

const MOST_TURNS = 200;

/** Settles and delivers until nothing is left to do, and moves the clock to whatever is due next. */
export async function deliverAll(hub: TestHub, here: ErpAtHand): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    hub.at(here.now);
    await hub.settle();
    if ((await deliverOnce(hub.context, here.session, SYSTEM)) > 0) continue;
    const next = await nextDelivery(hub.context, SYSTEM);
    if (next === undefined) return;
    here.now = Math.max(here.now + 1, next);
  }
}
