// Texts of other people's files as the hub keeps them.

const MOST_IDENTIFIER = 200;

/** On one line, without control characters and broken characters. */
export function plain(text: string, most: number): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim()
    .toWellFormed();
}

/** `undefined` for what is empty or too long to be a number of anything. */
export function identifier(text: string | undefined): string | undefined {
  const named = plain(text ?? '', MOST_IDENTIFIER + 1);
  return named === '' || named.length > MOST_IDENTIFIER ? undefined : named;
}
