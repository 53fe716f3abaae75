// The texts of the contract as schemas: decimals, times, dates, codes. One name each, used by every other schema.

import { Type } from 'typebox';
import Format from 'typebox/format';
import { isCurrency } from './money.ts';
import { isLocalDate, isZone, parseInstant } from './time.ts';

Format.Set('date-time', (text) => parseInstant(text) !== undefined);
Format.Set('date', isLocalDate);
Format.Set('iana-zone', isZone);
Format.Set('iso-4217', isCurrency);

/** An identifier that somebody else chose. Bounded; no control characters. */
export const Identifier = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' });
export const FreeText = Type.String({ maxLength: 10_000 });
/** What a pattern asks for, in words: nobody reads one in a message. */
export const PATTERN_WORDS = new Map<string, string>();

/** A text of this form, and what to say of one that is not. */
export function patterned(pattern: string, words: string) {
  PATTERN_WORDS.set(pattern, words);
  return Type.String({ pattern });
}

const DECIMAL_WORDS = 'is not a decimal number in quotes, such as "128.40"';
export const DecimalText = patterned('^-?\\d{1,24}(\\.\\d{1,24})?$', DECIMAL_WORDS);
/** Zero or above. */
export const PositiveDecimalText = patterned(
  '^\\d{1,24}(\\.\\d{1,24})?$',
  'is not a decimal number of zero or more in quotes, such as "128.40"',
);
export const InstantText = Type.String({ format: 'date-time' });
export const LocalDateText = Type.String({ format: 'date' });
export const ZoneText = Type.String({ format: 'iana-zone' });
export const CurrencyText = Type.String({ format: 'iso-4217' });
/** ISO 3166-1 alpha-2. */
export const CountryText = patterned('^[A-Z]{2}$', 'is not an ISO 3166-1 country of two capitals, such as US');
/** ISO 3166-2 without the country. */
export const RegionText = patterned(
  '^[A-Za-z0-9]{1,3}$',
  'is not an ISO 3166-2 region without its country, such as IL',
);
export const LocodeText = patterned('^[A-Z]{2}[A-Z2-9]{3}$', 'is not a UN/LOCODE, such as USCHI');
export const WallClockText = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' });
export const ChargeCode = Type.String({ minLength: 1, maxLength: 40, pattern: '^[^\\u0000-\\u001f\\u007f]+$' });
