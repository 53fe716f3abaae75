// The contract, filled in for Odoo 17, 18 and 19.
import type { Connector } from '../contract.ts';
import { classify } from './classify.ts';
import { keyLife } from './connect/ending-keys.ts';
import { openConnection } from './connection.ts';
import { externalIdsOf } from './external-id.ts';
import { landCosts } from './land-costs.ts';
import type { Odoo } from './odoo.ts';
import { hasTab, showBilling } from './order-tab.ts';
import { payInOdoo } from './payment.ts';
import { pullerOf } from './pull.ts';
import { lookUp, storedDocuments } from './read-back.ts';
import { DOCUMENTS_PER_CALL, sendDocuments } from './send.ts';
import { DEFAULT_MODULE, type OdooSettings } from './settings.ts';
import { tellNews } from './tell.ts';

export { type Examination, examineOdoo } from './examine.ts';
export { OdooSettings } from './settings.ts';

export const odooConnector: Connector<OdooSettings> = {
  name: 'odoo',
  capabilities: {
    idempotency: 'outside-id-forever',
    lookup: true,
    upsert: true,
    ordered: false,
    pull: true,
    signature: false,
  },
  // Batches are worth four times single documents, a second writer twice again; more gains nothing on two workers.
  limits: { documentsPerSend: DOCUMENTS_PER_CALL, keysPerLookup: 100, concurrentActs: 2 },
  open: (settings, deps) => {
    const ids = externalIdsOf(settings.module ?? DEFAULT_MODULE);
    const odoo: Odoo = { ...openConnection(settings, deps), settings, ids, partners: new Map(), seenDrafts: new Map() };
    return {
      lookup: (keys) => lookUp(odoo, keys),
      tell: (news) => tellNews(odoo, news),
      orderTab: { isThere: () => hasTab(odoo), show: (news) => showBilling(odoo, news) },
      send: (documents) => sendDocuments(odoo, documents),
      landCosts: (bills) => landCosts(odoo, bills),
      pay: (act) => payInOdoo(odoo, act),
      classify,
      documents: (cursor) => storedDocuments(odoo, cursor),
      keyLife: () => keyLife(odoo),
      pull: pullerOf(odoo),
      close: odoo.close,
    };
  },
};
