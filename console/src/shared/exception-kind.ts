// Kinds of exceptions as people read them.

const ABBREVIATIONS: Readonly<Record<string, string>> = { pod: 'POD', erp: 'ERP' };

/** `pod-missing` → `POD missing`, `credit-hold` → `Credit hold`. */
export function kindText(kind: string): string {
  const words = kind.split('-').map((word) => ABBREVIATIONS[word] ?? word);
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
