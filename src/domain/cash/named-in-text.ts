// Which invoices a text names: by our number or the ERP's, as a word of its own, whatever the case.
//
// Banks fold what a payer writes to capitals and put anything around it; only whole numbers count, so that S-1-1 is not
// found in S-1-12.

type Numbered = { readonly number: string; readonly erpNumber?: string };

const BEFORE = '(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][-/_.])';
const AFTER = '(?![\\p{L}\\p{N}]|[-/_.][\\p{L}\\p{N}])';

/** In the order in which the text names them. */
export function namedInText<Invoice extends Numbered>(text: string, invoices: readonly Invoice[]): Invoice[] {
  if (text === '') return [];
  const placed = invoices.map((invoice) => ({ invoice, at: placeOf(text, invoice) })).filter(({ at }) => at >= 0);
  return placed.sort((a, b) => a.at - b.at).map(({ invoice }) => invoice);
}

function placeOf(text: string, { number, erpNumber }: Numbered): number {
  const places = [number, erpNumber ?? ''].flatMap((each) => {
    const at = each === '' ? -1 : text.search(new RegExp(`${BEFORE}${RegExp.escape(each)}${AFTER}`, 'iu'));
    return at < 0 ? [] : [at];
  });
  return places.length === 0 ? -1 : Math.min(...places);
}
