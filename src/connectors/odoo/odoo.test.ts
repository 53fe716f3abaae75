// The shared suite against the stand-in as each Odoo, and, through a proxy that loses answers, against a real one when
// the environment names it.
import { describeConnector, type Faulty, type Rig } from '../testing/describe-connector.ts';
import { odooConnector } from './index.ts';
import { openEye, withoutLive } from './testing/live-odoo.ts';
import { type FaultyServer, type OdooPlace, openLive, openStandIn } from './testing/places.ts';

for (const version of [17, 18, 19] as const) {
  for (const companion of [false, true]) {
    describeConnector(`odoo ${version}${companion ? ' with the companion' : ''}, stand-in`, async () =>
      rigFor(await openStandIn({ version, companion }), 'S-101-'),
    );
  }
}
describeConnector('odoo, live', async () => rigFor(await openLive(), `LIVE-${Date.now()}-`), withoutLive);

async function rigFor({ settings, server }: OdooPlace, keyPrefix: string): Promise<Rig> {
  const openSession = () => odooConnector.open(settings, { now: Date.now });
  const eye = openEye(settings);
  return {
    openSession,
    keyPrefix,
    countHeld: async (key) => (await eye.movesOf(key)).length,
    countFiles: async (key) => (await eye.filesOn(await eye.movesOf(key))).length,
    spoil: (document) => ({ ...document, issuedOn: '2026-02-30', paymentTermsDays: undefined }),
    faults: faultsOf(server),
    // The contact, then the whole document at once.
    ...((await eye.hasCompanion()) ? { fewestChanges: 2 } : {}),
    close: async () => {
      await eye.close();
      await server.stop();
    },
  };
}

function faultsOf({ setFault, hitCount }: FaultyServer): Faulty {
  return {
    loseAnswer: (skip) => setFault({ mode: 'timeout-after-commit', skip, calls: 1 }),
    cutOff: (skip) => setFault({ mode: 'cut-off', skip, calls: 1 }),
    strike: (mode, skip) => setFault({ mode, skip, calls: 1 }),
    hasStruck: () => hitCount() > 0,
    goDown: () => setFault({ mode: 'down' }),
    mend: () => setFault({ mode: 'up' }),
  };
}
