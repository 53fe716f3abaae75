// The contract, filled in for Odoo 17, 18 and 19.
import type { Connector } from '../contract.ts';
import { keyLife } from './connect/ending-keys.ts';
import { lookUp, storedDocuments } from './documents/read-back.ts';
import { DOCUMENTS_PER_CALL, sendDocuments } from './documents/send.ts';
import { classify } from './doors/classify.ts';
import { openConnection } from './doors/connection.ts';
import { externalIdsOf } from './external-id.ts';
import { landCosts } from './landed-costs/land-costs.ts';
import { hasTab, showBilling } from './news/order-tab.ts';
import { tellNews } from './news/tell.ts';
import type { Odoo } from './odoo.ts';
import { payInOdoo } from './payments/payment.ts';
import { pullerOf } from './pull/pull.ts';
import { DEFAULT_MODULE, type OdooSettings } from './settings.ts';

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
