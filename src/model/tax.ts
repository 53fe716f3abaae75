// What a tax engine answered, as it is kept with the line it was asked about.

import { type Static, Type } from 'typebox';

const TAX_STAGES = ['estimate', 'commit', 'void', 'refund'] as const;
/**
 * Where a document is when its tax is asked: `estimate` before there is one (a quotation, charges that may yet change), `commit`
 * as it is decided, `refund` for what a credit note takes back, `void` while a document is cancelled.
 */
export type TaxStage = (typeof TAX_STAGES)[number];

const text = Type.String();

/** Where goods go, who bills, and so whose tax it is. */
export const TaxPlace = Type.Object({
  legalEntity: Type.Optional(text),
  country: Type.Optional(Type.String({ description: 'ISO 3166-1 alpha-2 of the destination' })),
  region: Type.Optional(Type.String({ description: 'ISO 3166-2 without the country' })),
});
export type TaxPlace = Readonly<Static<typeof TaxPlace>>;

/** An answer with its question: enough to show an auditor, and to reverse it. */
export const TaxRecord = Type.Object({
  engine: Type.String({ description: 'Who answered: `table`, or the name of an outside engine' }),
  stage: Type.Enum(TAX_STAGES),
  ...TaxPlace.properties,
  category: Type.Optional(Type.String({ description: '`freight`, or the order line’s own' })),
  rate: Type.String({ description: 'Fraction, such as "0.0825"' }),
  basis: Type.String({ description: 'What the engine went by, in its own words' }),
});
export type TaxRecord = Readonly<Static<typeof TaxRecord>>;

const SAID: Readonly<Record<TaxStage, string>> = {
  estimate: 'estimated',
  commit: 'committed',
  void: 'voided',
  refund: 'refunded',
};

/** "0.0825 for freight into US-TX, committed by table (row us-inc/US/TX/freight, version 2)" */
export function taxInWords({ engine, stage, country, region, category, rate, basis }: TaxRecord): string {
  const where = [country, region].filter((part) => part !== undefined).join('-');
  const what = `${category === undefined ? '' : ` for ${category}`}${where === '' ? '' : ` into ${where}`}`;
  return `${rate}${what}, ${SAID[stage]} by ${engine} (${basis})`;
}
