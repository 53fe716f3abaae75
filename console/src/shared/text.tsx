// Money, times and references as text, the same on every page.
import { lazy, Suspense, useState } from 'react';
import { dress } from '../mantine/dress.tsx';

/** `1234.50` and `USD` → `$1,234.50` in the viewer's own manner; the digits are the hub's, never computed here. */
export function Money({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  return <span className="money">{moneyText(amount, currency)}</span>;
}

export function moneyText(amount: string, currency: string): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  // A numeric string keeps all its digits (ECMA-402), where a number would round.
  return moneyFormat(currency, decimals).format(amount as unknown as number);
}

const MONEY = new Map<string, Intl.NumberFormat>();

// A list shows hundreds of amounts, and making a format is what takes the time.
function moneyFormat(currency: string, decimals: number): Intl.NumberFormat {
  const key = `${currency} ${decimals}`;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = MONEY.get(key) ?? new Intl.NumberFormat(undefined, { style: 'currency', currency, ...digits });
  MONEY.set(key, format);
  return format;
}

// Making a format takes a browser milliseconds: each is made once, when it is first needed.
function once<Format>(make: () => Format): () => Format {
  let made: Format | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const count = once(() => new Intl.NumberFormat());
const when = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }));

const whenThisYear = once(
  () => new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }),
);

function brieflyWhen(at: string): Intl.DateTimeFormat {
  return new Date(at).getFullYear() === new Date().getFullYear() ? whenThisYear() : when();
}

export function countText(number: number): string {
  return count().format(number);
}

type TimeProps = {
  readonly at: string;
  readonly zone?: string;
  /** In lists: without the year where it is this one. */
  readonly isBrief?: boolean;
};

/** In the viewer's zone; on hover exactly, with the zone it happened in where `zone` is known. */
export function Time({ at, zone, isBrief = false }: TimeProps) {
  const [isLookedAt, lookAt] = useState(false);
  const time = (
    <time dateTime={at} onPointerEnter={() => lookAt(true)} onPointerLeave={() => lookAt(false)}>
      {(isBrief ? brieflyWhen(at) : when()).format(new Date(at))}
    </time>
  );
  // Made when it is looked at: a list has hundreds of them.
  if (!isLookedAt) return time;
  return (
    <Suspense fallback={time}>
      <ExactTime at={at} zone={zone}>
        {time}
      </ExactTime>
    </Suspense>
  );
}

const ExactTime = lazy(() => dress(import('./exact-time.tsx')));

const ago = once(() => new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }));
const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `3 hours ago`, as of `now`. */
export function agoText(at: string, now: number = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? (['second', 1] as const);
  return ago().format(Math.round(seconds / size), unit);
}

export function Reference({ children }: { readonly children: string }) {
  return <span className="mono small">{children}</span>;
}
