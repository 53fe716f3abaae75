// Amounts in one or several currencies, one below the other: they are never added up across currencies.
import { Money, moneyText } from './text.tsx';

export type Amount = { readonly amount: string; readonly currency: string };

export function MoneyCell({ amounts }: { readonly amounts: readonly Amount[] | undefined }) {
  if (amounts === undefined || amounts.length === 0) return <Nothing />;
  return amounts.map(({ amount, currency }) => (
    <div key={currency}>
      <Money amount={amount} currency={currency} />
    </div>
  ));
}

/** For the CSV: `1200.00 USD; 95.00 CAD`. */
export function amountsText(amounts: readonly Amount[] | undefined): string | undefined {
  return amounts?.map(({ amount, currency }) => `${amount} ${currency}`).join('; ');
}

export function amountsInWords(amounts: readonly Amount[]): string {
  return amounts.map(({ amount, currency }) => moneyText(amount, currency)).join(' and ');
}

/** Says that there is nothing, also to those who do not see the dash. */
export function Nothing() {
  return (
    <span className="soft">
      <span aria-hidden>–</span>
      <span className="unseen">none</span>
    </span>
  );
}
