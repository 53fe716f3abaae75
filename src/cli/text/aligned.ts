// Tables for people: columns side by side.

/** Columns of equal width, two blanks apart; none after the last. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Rows under a head; `none`: what is said where there are none. */
export function listed<Row>(
  rows: readonly Row[],
  {
    head,
    cellsOf,
    none,
  }: { readonly head: readonly string[]; readonly cellsOf: (row: Row) => readonly string[]; readonly none: string },
): string[] {
  return rows.length === 0 ? [none] : aligned([head, ...rows.map(cellsOf)]);
}
