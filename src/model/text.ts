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
export const DecimalText = Type.String({ pattern: '^-?\\d{1,24}(\\.\\d{1,24})?$' });
export const PositiveDecimalText = Type.String({ pattern: '^\\d{1,24}(\\.\\d{1,24})?$' });
export const InstantText = Type.String({ format: 'date-time' });
export const LocalDateText = Type.String({ format: 'date' });
export const ZoneText = Type.String({ format: 'iana-zone' });
export const CurrencyText = Type.String({ format: 'iso-4217' });
/** ISO 3166-1 alpha-2. */
export const CountryText = Type.String({ pattern: '^[A-Z]{2}$' });
/** ISO 3166-2 without the country. */
export const RegionText = Type.String({ pattern: '^[A-Za-z0-9]{1,3}$' });
export const WallClockText = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' });
export const ChargeCode = Type.String({ minLength: 1, maxLength: 40, pattern: '^[^\\u0000-\\u001f\\u007f]+$' });
