// Our tax rates as Odoo's own sale taxes: percentages on top of the price, found by their rate.
//
// A rate that Odoo has no tax for is refused by name before anything is sent: an invoice without its tax is wrong money.
import { type Decimal, decimal, formatDecimal, ZERO } from '../../../model/decimal.ts';
import type { WantedDocument } from '../../contract.ts';
import type { Door } from '../doors/door.ts';

export type SaleTax = { readonly id: number; readonly percent: Decimal; readonly companyId: number | undefined };

const MOST_TAXES = 2_000;

/** The active sale taxes; none are asked for where no document bears tax. */
export async function readSaleTaxes(call: Door, documents: readonly WantedDocument[]): Promise<SaleTax[]> {
  if (documents.every((document) => ratesOn(document).length === 0)) return [];
  const records = await call({
    model: 'account.tax',
    method: 'search_read',
    args: {
      domain: [
        ['type_tax_use', '=', 'sale'],
        ['amount_type', '=', 'percent'],
      ],
      fields: ['amount', 'company_id', 'price_include'],
      order: 'id asc',
      limit: MOST_TAXES,
    },
  });
  return (records as TaxRecord[])
    .filter(({ price_include }) => price_include !== true)
    .map(({ id, amount, company_id }) => ({
      id,
      percent: decimal(amount),
      companyId: Array.isArray(company_id) ? company_id[0] : undefined,
    }));
}

type TaxRecord = { id: number; amount: number; company_id: [number, string] | false; price_include: boolean };

/** The rates that a document bears, other than none: fractions such as `"0.0825"`. */
export function ratesOn({ lines }: WantedDocument): string[] {
  return [...new Set(lines.map(({ taxRate = '0' }) => taxRate))].filter((rate) => !decimal(rate).eq(ZERO));
}

/** Taxes that the operator names, by id. */
export type NamedTaxes = ReadonlyMap<number, { readonly name: string; readonly use: string }>;

type NamedTaxRecord = { id: number; name: string; type_tax_use: string };

/** None are asked for where no document bears tax. */
export async function readNamedTaxes(
  call: Door,
  documents: readonly WantedDocument[],
  mappedOf: (document: WantedDocument) => Readonly<Record<string, number>>,
): Promise<NamedTaxes> {
  const ids = documents.flatMap((document) => {
    const mapped = mappedOf(document);
    return ratesOn(document).flatMap((rate) => mapped[rate] ?? []);
  });
  if (ids.length === 0) return new Map();
  const args = { domain: [['id', 'in', [...new Set(ids)]]], fields: ['name', 'type_tax_use'], limit: MOST_TAXES };
  const records = (await call({ model: 'account.tax', method: 'search_read', args })) as NamedTaxRecord[];
  return new Map(records.map(({ id, name, type_tax_use: use }) => [id, { name, use }]));
}

/** Why a tax that the operator names cannot go on an invoice: Odoo takes one of purchases without a word. */
export function unfitTax(
  document: WantedDocument,
  mapped: Readonly<Record<string, number>>,
  named: NamedTaxes,
): string | undefined {
  for (const rate of ratesOn(document)) {
    const id = mapped[rate];
    const tax = id === undefined ? undefined : named.get(id);
    if (id === undefined || tax?.use === 'sale') continue;
    const what = tax === undefined ? `Odoo has no active tax ${id}` : `The tax ${tax.name} (${id}) is none of sales`;
    return `${what}, which the settings name for ${formatDecimal(decimal(rate).times(100))} %; name another there`;
  }
  return undefined;
}

export type TaxIds = ReadonlyMap<string, number>;

/** The tax of each rate on the document, the operator's word first; or the rate that has none. */
export function taxIdsFor(
  document: WantedDocument,
  taxes: readonly SaleTax[],
  mapped: Readonly<Record<string, number>> = {},
  companyId: number | undefined,
): TaxIds | { readonly missingRate: string } {
  const ids = new Map<string, number>();
  for (const rate of ratesOn(document)) {
    const percent = decimal(rate).times(100);
    const found = taxes.find((tax) => tax.percent.eq(percent) && (companyId ?? tax.companyId) === tax.companyId);
    const id = mapped[rate] ?? found?.id;
    if (id === undefined) return { missingRate: rate };
    ids.set(rate, id);
  }
  return ids;
}
