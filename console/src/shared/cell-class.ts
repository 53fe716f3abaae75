// How the cells of a column stand, its head as the others.

export function classOf(align: 'left' | 'right' | undefined, wideOnly: boolean | undefined): string | undefined {
  if (align !== 'right') return wideOnly ? 'wide-only' : undefined;
  return wideOnly ? 'to-right wide-only' : 'to-right';
}
