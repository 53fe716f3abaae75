// The ERP that a scenario posts to: a stand-in of its own, or a real one in a company of its own (live/).
import { activateEveryCurrency } from '../../../examples/odoo-stand-in/every-currency.ts';
import { type Fault, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { addLegalEntities } from '../../../examples/odoo-stand-in/legal-entities.ts';
import { addSaleTaxes } from '../../../examples/odoo-stand-in/sale-taxes.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import type { Setup } from '../../model/setup/index.ts';
import type { Instant } from '../../model/time.ts';

export type ScenarioErp = {
  readonly settings: OdooSettings;
  readonly setFault: (fault: Fault) => Promise<void>;
  /** Does what an accountant does there before this can be billed; resolves with the setup as it is to be imported. */
  readonly prepare: (setup: Setup) => Promise<Setup>;
  readonly stop: () => Promise<void>;
};

export type ErpDeps = {
  readonly now: () => Instant;
  /** Is told of each call before anything is done about it. */
  readonly onCall: () => Promise<void>;
};
export type OpenErp = (deps: ErpDeps) => Promise<ScenarioErp>;

export const openStandIn: OpenErp = async (deps) => {
  const erp = await startOdooStandIn(deps);
  activateEveryCurrency(erp);
  const { url, database, user, key } = erp;
  return {
    settings: { url, database, user, key },
    setFault: erp.setFault,
    prepare: async (setup) => {
      addLegalEntities(erp, setup.entities ?? []);
      addSaleTaxes(
        erp,
        (setup.taxes ?? []).map(({ rate }) => rate),
      );
      return setup;
    },
    stop: erp.stop,
  };
};
