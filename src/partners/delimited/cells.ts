// Amounts and dates as people write them into a table → as the contract has them. `undefined` for what is neither.
import type { FreightBillMapping } from '../../model/setup/mapping.ts';

const SPACES = /[\s\u00a0\u202f']/g;

/** `1.234,50` with the mark `,` → `1234.50`; `(12.00)` and `12.00-` are negative. */
export function amountIn(written: string, mark: '.' | ','): string | undefined {
  const bare = written.replace(SPACES, '');
  const inside = /^\((.+)\)$/.exec(bare)?.[1] ?? /^(.+)-$/.exec(bare)?.[1];
  const text = inside ?? bare;
  const [, sign = '', digits = '', fraction] =
    (mark === '.'
      ? /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/
      : /^([+-]?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/
    ).exec(text) ?? [];
  if (digits === '' || (inside !== undefined && sign !== '')) return undefined;
  const minus = inside !== undefined || sign === '-' ? '-' : '';
  return `${minus}${digits.replace(/\D/g, '')}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** `YYYY-MM-DD`; whether there is such a day is asked elsewhere. */
export function dayIn(written: string, format: NonNullable<FreightBillMapping['dateFormat']>): string | undefined {
  const parts: string[] = format.match(/Y+|M+|D+/g) ?? [];
  // Without marks between them, each part has all its digits.
  const short = parts.join('') === format ? '(\\d\\d)' : '(\\d\\d?)';
  const pattern = format.replaceAll('.', '\\.').replace(/Y+|M+|D+/g, (part) => (part === 'YYYY' ? '(\\d{4})' : short));
  const found = new RegExp(`^${pattern}$`).exec(written)?.slice(1);
  if (found === undefined) return undefined;
  const part = (name: string) => (found[parts.indexOf(name)] ?? '').padStart(name.length, '0');
  return `${part('YYYY')}-${part('MM')}-${part('DD')}`;
}
