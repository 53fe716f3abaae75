// Landed costs, where Odoo has the app: which lines of a carrier's bill are costs of getting goods here.
//
// The landed cost itself is made once the bill is there (`land-costs.ts`), or by a person with the bill's button "Create Landed
// Costs". In Odoo's form the mark comes with the product, by a hook that `load` does not run; so it is said aloud.
import { isPurchase, type WantedDocument } from '../../contract.ts';
import type { Door } from '../doors/door.ts';
import { bookkeepingFor, type OdooSettings } from '../settings.ts';

export const LANDED_COST_FIELD = 'is_landed_costs_line';

const NONE: ReadonlySet<number> = new Set();

/** Of the products that lines of bills are booked on, those that are landed costs. Nothing is asked where there are none. */
export async function landedCostProducts(
  call: Door,
  documents: readonly WantedDocument[],
  settings: OdooSettings,
): Promise<ReadonlySet<number>> {
  const products = documents
    .filter(({ kind }) => isPurchase(kind))
    .flatMap(({ legalEntity, lines }) => {
      const { products: byCode } = bookkeepingFor(settings, legalEntity);
      return lines.flatMap(({ code }) => byCode[code] ?? []);
    });
  if (products.length === 0) return NONE;
  const asked = { allfields: [LANDED_COST_FIELD], attributes: ['type'] };
  const fields = (await call({ model: 'account.move.line', method: 'fields_get', args: asked })) as object;
  if (!(LANDED_COST_FIELD in fields)) return NONE;
  const ids = [...new Set(products)];
  const domain = [
    ['id', 'in', ids],
    ['landed_cost_ok', '=', true],
  ];
  const args = { domain, fields: ['id'], limit: ids.length };
  const found = (await call({ model: 'product.product', method: 'search_read', args })) as { id: number }[];
  return new Set(found.map(({ id }) => id));
}
