// Books that may be kept in any currency: what the ERP of a business that trades everywhere has set up.
import { minorExponent } from '../../src/model/money.ts';
import type { StandIn } from './index.ts';

type Currency = { readonly id: number; readonly name: string; readonly rate_ids: readonly number[] };

/** Every currency of ISO 4217 is active, has a rate and keeps its decimal places, so that no document is refused for its currency. */
export function activateEveryCurrency({ act }: Pick<StandIn, 'act'>): void {
  const domain = [['active', 'in', [true, false]]];
  const found = act('res.currency', 'search_read', [], { domain, fields: ['name', 'rate_ids'] }) as Currency[];
  const ids = found.map(({ id }) => id);
  act('res.currency', 'write', ids, { vals: { active: true } });

  const missing = Intl.supportedValuesOf('currency').filter((code) => !found.some(({ name }) => name === code));
  const made = missing.map((name) => ({ name, decimal_places: minorExponent(name), active: true }));
  const madeIds = act('res.currency', 'create', [], { vals_list: made }) as number[];

  const unrated = [...found.filter(({ rate_ids }) => rate_ids.length === 0).map(({ id }) => id), ...madeIds];
  const rates = unrated.map((currencyId) => ({ name: '2000-01-01', rate: 1, currency_id: currencyId }));
  act('res.currency.rate', 'create', [], { vals_list: rates });

  const [precision] = act('decimal.precision', 'search', [], { domain: [['name', '=', 'Product Price']] }) as number[];
  act('decimal.precision', 'write', [Number(precision)], { vals: { digits: 4 } });
}
