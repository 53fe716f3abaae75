// Lists as CSV (RFC 4180), for those who go on in a spreadsheet.

type TextColumn<Row> = { readonly name: string; readonly text?: (row: Row) => string | undefined };

export function csvOf<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const told = columns.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  const lines = [told.map(({ name }) => name), ...rows.map((row) => told.map(({ text }) => text(row) ?? ''))];
  return `\ufeff${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

// A cell that a spreadsheet would take for a formula is marked as text.
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function saveAs(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
