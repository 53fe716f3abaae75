// Documents in plain words.
const KINDS: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  supplementary: 'Additional invoice',
  'credit-note': 'Credit note',
};

export function kindInWords(kind: string): string {
  return KINDS[kind] ?? kind;
}
