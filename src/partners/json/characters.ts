// What PostgreSQL cannot keep in `jsonb`, though JSON allows it: U+0000 and halves of surrogate pairs.

/** True when every text in the value, keys included, can be stored. Depth is bounded by the reader. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, inner]) => isStorableText(key) && isStorable(inner));
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
