// Documents and days in plain words.
const KINDS: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  supplementary: 'Additional invoice',
  'credit-note': 'Credit note',
};

export function kindInWords(kind: string): string {
  return KINDS[kind] ?? kind;
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** A calendar day, which is the same day everywhere. */
export function dayText(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}
