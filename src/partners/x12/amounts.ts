// X12 numbers → decimal texts. R has its point written, N2 has two decimals implied.

import { faultAt, type X12Fault, type X12Segment } from '../../formats/x12/index.ts';
import { elementFault } from '../../formats/x12/transactions/index.ts';
import { isDecimalText } from '../../model/decimal.ts';
import { isCurrency } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { LocalDate } from '../../model/time.ts';

export type ReadDecimal =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: X12Fault };

/** `-.5` → `-0.5`, `12.` → `12`; `undefined` for anything that is not a plain decimal. */
export function decimalFrom(written: string): string | undefined {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(written);
  if (match === null || !/\d/.test(written)) return undefined;
  const whole = match[2] === '' ? '0' : match[2];
  const text = `${match[1] === '-' ? '-' : ''}${whole}${match[3] ? `.${match[3]}` : ''}`;
  return isDecimalText(text) ? text : undefined;
}

/** `79000` → `790.00`. Senders who write the point are taken at their word: `790.00` is 790. */
export function impliedDecimalFrom(written: string): string | undefined {
  const match = /^([+-]?)(\d+)$/.exec(written);
  if (match === null) return decimalFrom(written);
  const digits = (match[2] ?? '').padStart(3, '0');
  return decimalFrom(`${match[1]}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

export function readDecimal(
  segment: X12Segment,
  element: number,
  written: string,
  read: (written: string) => string | undefined = decimalFrom,
): ReadDecimal {
  const text = read(written);
  if (text !== undefined) return { ok: true, text };
  return { ok: false, fault: elementFault('element-number-invalid', segment, element, { found: written }) };
}

/** Currency of a party's agreement on that day; of none valid then, of the latest. */
export function agreedCurrency(
  rules: RuleBook,
  side: 'sell' | 'buy',
  party: string,
  date: LocalDate,
): string | undefined {
  const agreements = (rules.agreements.get(`${side}:${party}`) ?? []).map(({ content }) => content);
  const valid = agreements.filter(({ validFrom, validTo }) => validFrom <= date && (validTo ?? date) >= date);
  const candidates = valid.length > 0 ? valid : agreements;
  return candidates.reduce(
    (latest, each) => (latest === undefined || each.validFrom >= latest.validFrom ? each : latest),
    candidates[0],
  )?.currency;
}

/** The currency given in a segment such as C3 or CUR, else the agreed one; a fault of the document's head where neither is. */
export function currencyFrom(
  given: string,
  agreed: string | undefined,
  { segment, from }: { segment: X12Segment; from: string },
): string | X12Fault {
  if (isCurrency(given)) return given;
  if (given === '' && agreed !== undefined) return agreed;
  const found =
    given === ''
      ? `there is no ${from}, and no agreement gives the currency`
      : `${from} names the currency "${given}", which is none`;
  return faultAt(
    'content-refused',
    { segment: segment.id, offset: segment.offset, segmentIndex: segment.index },
    { found },
  );
}
