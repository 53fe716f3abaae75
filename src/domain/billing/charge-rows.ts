// The states of a shipment's charges (contract section 5). What differs from the documents in the ERP is a row of its
// own, negative for a reduction, so that the rows of one code always add up to what is charged.

import type { ChargeRow, RatedCharge } from '../../model/decision.ts';
import type { CurrencyBalance } from './balance.ts';

export function sellRows(balances: readonly CurrencyBalance[], isDue: boolean): ChargeRow[] {
  return balances.flatMap(({ currency, codes, documents }) =>
    codes.flatMap(({ code, chargedMinor, inErpMinor }) => {
      const rest = chargedMinor - inErpMinor;
      const restState = isDue || documents.length > 0 ? 'pending' : 'expected';
      const rows: ChargeRow[] = [];
      if (inErpMinor !== 0n) rows.push({ side: 'sell', code, currency, state: 'invoiced', amountMinor: inErpMinor });
      if (rest !== 0n) rows.push({ side: 'sell', code, currency, state: restState, amountMinor: rest });
      return rows;
    }),
  );
}

/** A carrier's charges are expected until it bills them. */
export function buyRows(charges: readonly RatedCharge[]): ChargeRow[] {
  return charges.map(({ code, currency, amountMinor }) => ({
    side: 'buy',
    code,
    currency,
    state: 'expected',
    amountMinor,
  }));
}
