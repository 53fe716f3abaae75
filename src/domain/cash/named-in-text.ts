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

/** Which of very many invoices a text may name, found by its words instead of one look for each. */
export type NameIndex<Invoice extends Numbered> = {
  readonly byWord: ReadonlyMap<string, readonly Invoice[]>;
  /** Those whose number is more than one word. */
  readonly others: readonly Invoice[];
};

const WORD = /[\p{L}\p{N}]+(?:[-/_.][\p{L}\p{N}]+)*/gu;

export function nameIndexOf<Invoice extends Numbered>(invoices: readonly Invoice[]): NameIndex<Invoice> {
  const byWord = new Map<string, Invoice[]>();
  const others: Invoice[] = [];
  for (const invoice of invoices) {
    for (const name of [invoice.number, invoice.erpNumber]) {
      if (name === undefined || name === '') continue;
      const [word] = name.match(WORD) ?? [];
      if (word !== name) others.push(invoice);
      else byWord.set(folded(name), [...(byWord.get(folded(name)) ?? []), invoice]);
    }
  }
  return { byWord, others };
}

/** All that `namedInText` would find among them, and perhaps more. */
export function possiblyNamed<Invoice extends Numbered>(text: string, index: NameIndex<Invoice>): Invoice[] {
  const words = text.match(WORD) ?? [];
  return [...new Set([...words.flatMap((word) => index.byWord.get(folded(word)) ?? []), ...index.others])];
}

function folded(name: string): string {
  return name.toUpperCase().toLowerCase();
}

function placeOf(text: string, { number, erpNumber }: Numbered): number {
  const places = [number, erpNumber ?? ''].flatMap((each) => {
    const at = each === '' ? -1 : text.search(new RegExp(`${BEFORE}${RegExp.escape(each)}${AFTER}`, 'iu'));
    return at < 0 ? [] : [at];
  });
  return places.length === 0 ? -1 : Math.min(...places);
}
