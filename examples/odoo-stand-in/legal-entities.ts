// What an accountant does before a legal entity can bill: makes its company in the ERP, with journals, accounts and sale taxes.
import type { LegalEntity } from '../../src/model/setup/entity.ts';
import type { StandIn } from './index.ts';

/** Makes what the entities name and the stand-in has not. */
export function addLegalEntities(erp: StandIn, entities: readonly LegalEntity[]): void {
  const idOf = (model: string, field: string, value: string) =>
    (erp.act(model, 'search', [], { domain: [[field, '=', value]] }) as number[])[0];
  const make = (model: string, field: string, values: Record<string, unknown>) =>
    idOf(model, field, String(values[field])) ?? erp.act(model, 'create', [], { vals_list: [values] });
  for (const { currency = 'USD', erp: books = {} } of entities) {
    const { company, journals = {}, accounts = {} } = books;
    let company_id = 1;
    if (company !== undefined) {
      const currency_id = idOf('res.currency', 'name', currency);
      make('res.company', 'name', { name: company, currency_id, tax_calculation_rounding_method: 'round_per_line' });
      company_id = idOf('res.company', 'name', company) as number;
      const vals = { root_id: company_id, parent_ids: [[6, 0, [company_id]]] };
      erp.act('res.company', 'write', [company_id], { vals });
    }
    for (const [type, code] of [
      ['sale', journals.sales],
      ['purchase', journals.purchase],
    ] as const) {
      if (code !== undefined) make('account.journal', 'code', { name: code, type, code, company_id });
    }
    for (const code of [accounts.sell, accounts.buy].flatMap((side) => Object.values(side ?? {}))) {
      make('account.account', 'code', { name: code, code });
    }
  }
}
