// The states of a shipment's charges (contract section 5). What differs from the documents in the ERP is a row of its
// own, negative for a reduction, so that the rows of one code always add up to what is charged.

import type { ChargeRow, RatedCharge, Standing } from '../../model/decision.ts';
import { byCode, type ChargeBalance, type CurrencyBalance } from './balance.ts';

export function sellRows(balances: readonly CurrencyBalance[], isDue: boolean): ChargeRow[] {
  return [...Map.groupBy(balances, ({ currency }) => currency)].flatMap(([currency, ofCurrency]) => {
    const [only, ...others] = ofCurrency as [CurrencyBalance];
    // Several only where the shipment came to another customer after it was billed.
    const charges = others.length === 0 ? only.charges : ofCurrency.flatMap((each) => each.charges).sort(byCode);
    const restState = isDue || ofCurrency.some(({ documents }) => documents.length > 0) ? 'pending' : 'expected';
    const rows: ChargeRow[] = [];
    // Those of one code stand together.
    for (let at = 0; at < charges.length; ) {
      const { code } = charges[at] as ChargeBalance;
      let inErpMinor = 0n;
      let restMinor = 0n;
      let waivedMinor = 0n;
      for (; charges[at]?.code === code; at++) {
        const balance = charges[at] as ChargeBalance;
        inErpMinor += balance.inErpMinor;
        waivedMinor += balance.waivedMinor;
        restMinor += balance.chargedMinor - balance.inErpMinor - balance.waivedMinor;
      }
      if (inErpMinor !== 0n) rows.push({ side: 'sell', code, currency, state: 'invoiced', amountMinor: inErpMinor });
      if (restMinor !== 0n) rows.push({ side: 'sell', code, currency, state: restState, amountMinor: restMinor });
      if (waivedMinor !== 0n) rows.push({ side: 'sell', code, currency, state: 'waived', amountMinor: waivedMinor });
    }
    return rows;
  });
}

/** A carrier's charges are expected until it bills them; then each is what its own line came to be. */
export function buyRows(charges: readonly RatedCharge[], billed: Standing['billed'] = {}): ChargeRow[] {
  return charges.map(({ code, currency, amountMinor }) => ({
    side: 'buy',
    code,
    currency,
    state: billed[code] ?? 'expected',
    amountMinor,
  }));
}
