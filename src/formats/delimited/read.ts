// Delimited text → rows by the names of their columns. Syntax only: quotes, byte order marks, line ends and encodings.
import { CsvError, parse } from 'csv-parse/sync';

export type DelimitedForm = {
  /** Between two cells; found from the first line when not given. */
  readonly separator?: string;
  readonly encoding?: 'utf-8' | 'windows-1252';
  /** Lines above the one that names the columns. */
  readonly skipLines?: number;
};

export type DelimitedRow = {
  /** Line of the file it begins on, from 1. */
  readonly line: number;
  /** By column name, without the blanks around them. */
  readonly cells: ReadonlyMap<string, string>;
};

export type DelimitedRead =
  | { readonly ok: true; readonly columns: readonly string[]; readonly rows: readonly DelimitedRow[] }
  | { readonly ok: false; readonly fault: { readonly kind: DelimitedFault; readonly message: string } };

export type DelimitedFault = 'encoding' | 'broken' | 'no-rows' | 'columns';

const SEPARATORS = [',', ';', '\t', '|'];
const MOST_RECORD_CHARACTERS = 100_000;

/** Never throws for what is in the bytes. Blank lines are left out. */
export function readDelimited(bytes: Uint8Array, form: DelimitedForm = {}): DelimitedRead {
  const text = textFrom(bytes, form.encoding ?? 'utf-8');
  if (text === undefined) return fault('encoding', 'its bytes are not UTF-8; name its encoding in the mapping');
  const records = recordsIn(text, form);
  if (!Array.isArray(records)) return fault('broken', records.message);
  const [head, ...body] = records;
  if (head === undefined || body.length === 0)
    return fault('no-rows', 'there are no rows below a line of column names');
  const columns = head.cells.map((cell) => cell.trim());
  const repeated = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  if (repeated !== undefined) return fault('columns', `two columns are named ${repeated.slice(0, 60)}`);
  const uneven = body.find(({ cells }) => cells.length !== columns.length);
  if (uneven !== undefined) {
    return fault(
      'columns',
      `line ${uneven.line} has ${uneven.cells.length} cells, the line of column names ${columns.length}`,
    );
  }
  const rows = body.map(({ line, cells }) => ({
    line,
    cells: new Map(columns.map((name, index) => [name, cells[index]?.trim() ?? ''])),
  }));
  return { ok: true, columns, rows };
}

function fault(kind: DelimitedFault, message: string): DelimitedRead {
  return { ok: false, fault: { kind, message } };
}

function textFrom(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

type Record = { readonly line: number; readonly cells: readonly string[] };

function recordsIn(text: string, { separator, skipLines = 0 }: DelimitedForm): Record[] | { readonly message: string } {
  try {
    const found = parse(text, {
      delimiter: separator ?? separatorIn(text, skipLines),
      from_line: skipLines + 1,
      info: true,
      max_record_size: MOST_RECORD_CHARACTERS,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return found.map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record }));
  } catch (error) {
    if (error instanceof CsvError) return { message: (error.message.split('\n')[0] ?? '').slice(0, 200) };
    throw error;
  }
}

// The parser tells the line a record ends on; cells may hold line breaks.
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

function separatorIn(text: string, skipLines: number): string {
  const line = text.split(/\r\n|\r|\n/, skipLines + 1)[skipLines] ?? '';
  const counted = SEPARATORS.map((mark) => ({ mark, count: line.split(mark).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}
