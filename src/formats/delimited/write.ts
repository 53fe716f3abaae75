// Rows as comma-separated text (RFC 4180): what holds a comma, a quote or a line break is quoted. Lines end with CR LF.

const NEEDS_QUOTES = /[",\r\n]/;

export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
