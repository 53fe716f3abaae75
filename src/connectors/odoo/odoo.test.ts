// The shared suite against the stand-in as each Odoo, and, through a proxy that loses answers, against a real one when
// the environment names it.
import { startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { startFaultProxy } from '../../../examples/odoo-stand-in/proxy.ts';
import { describeConnector, type Faulty, type Rig } from '../testing/describe-connector.ts';
import { odooConnector } from './index.ts';
import type { OdooSettings } from './settings.ts';
import { liveSettings, openEye, withoutLive } from './testing/live-odoo.ts';

type FaultyServer = Awaited<ReturnType<typeof startFaultProxy>>;

for (const version of [17, 18, 19] as const) {
  for (const companion of [false, true]) {
    describeConnector(`odoo ${version}${companion ? ' with the companion' : ''}, stand-in`, async () => {
      const erp = await startOdooStandIn({ version, companion });
      const { url, database, user, key } = erp;
      return rigFor({ url, database, user, key }, erp, 'S-101-');
    });
  }
}

describeConnector(
  'odoo, live',
  async () => {
    const settings = liveSettings as OdooSettings;
    const proxy = await startFaultProxy(settings.url);
    return rigFor({ ...settings, url: proxy.url }, proxy, `LIVE-${Date.now()}-`);
  },
  withoutLive,
);

async function rigFor(settings: OdooSettings, server: FaultyServer, keyPrefix: string): Promise<Rig> {
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
