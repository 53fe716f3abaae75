// What an accountant does before tax can be charged: makes the sale taxes in the ERP.
import type { StandIn } from './index.ts';

/** Makes a sale tax for each of these rates (fractions, such as `"0.0825"`) that has none, in every company; zero needs none. */
export function addSaleTaxes(erp: StandIn, rates: readonly string[]): void {
  for (const rate of new Set(rates)) {
    const amount = Number((Number(rate) * 100).toFixed(6));
    if (amount === 0) continue;
    for (const company_id of erp.act('res.company', 'search', [], { domain: [] }) as number[]) {
      const domain = [
        ['type_tax_use', '=', 'sale'],
        ['amount', '=', amount],
        ['company_id', '=', company_id],
      ];
      const known = erp.act('account.tax', 'search', [], { domain }) as number[];
      if (known.length > 0) continue;
      const tax = { name: `${amount}%`, amount, type_tax_use: 'sale', amount_type: 'percent', company_id };
      erp.act('account.tax', 'create', [], { vals_list: [tax] });
    }
  }
}
