// The shared suite against the stand-in as each Odoo, and against a real one when the environment names it.
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { describeConnector, type Rig, storedDocument } from '../testing/describe-connector.ts';
import { odooConnector } from './index.ts';

for (const version of [17, 18, 19] as const) {
  describeConnector(`odoo ${version}, stand-in`, async () => rigFor(await startOdooStandIn({ version })));
}

function rigFor(erp: StandIn): Rig {
  const { url, database, user, key } = erp;
  return {
    openSession: () => odooConnector.open({ url, database, user, key }, { now: Date.now }),
    keyPrefix: 'S-101-',
    countHeld: async (documentKey) => {
      const marker = `Lading ${documentKey}`;
      return (erp.act('account.move', 'search', [], { domain: [['invoice_origin', '=', marker]] }) as number[]).length;
    },
    spoil: (document) => ({ ...document, issuedOn: '2026-02-30', paymentTermsDays: undefined }),
    faults: {
      loseAnswer: (skip) => erp.setFault({ mode: 'timeout-after-commit', skip, calls: 1 }),
      strike: (mode, skip) => erp.setFault({ mode, skip, calls: 1 }),
      hasStruck: () => erp.hitCount() > 0,
      goDown: () => erp.setFault({ mode: 'down' }),
      mend: () => erp.setFault({ mode: 'up' }),
    },
    close: erp.stop,
  };
}

const { ODOO_URL: url, ODOO_DB: database, ODOO_USER: user, ODOO_KEY: key, LADING_LIVE = '' } = process.env;
const isLive = LADING_LIVE.split(',').includes('odoo') && Boolean(url && database && key);

describeConnector(
  'odoo, live',
  async () => {
    const settings = { url: url as string, database: database as string, user, key: key as string };
    const openSession = () => odooConnector.open(settings, { now: Date.now });
    const eye = openSession();
    return {
      openSession,
      keyPrefix: `LIVE-${Date.now()}-`,
      countHeld: async (documentKey) => ((await storedDocument(eye, documentKey)) === undefined ? 0 : 1),
      spoil: (document) => ({ ...document, currency: 'XXX' }),
      close: eye.close,
    };
  },
  isLive ? false : 'set LADING_LIVE=odoo and ODOO_URL, ODOO_DB, ODOO_USER, ODOO_KEY to run it against a real Odoo',
);
