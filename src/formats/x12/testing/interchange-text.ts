// Interchanges for tests, written in the manner of real ones: delimiters, line breaks and indentation as wanted.

export type TextForm = {
  readonly element?: string;
  readonly component?: string;
  readonly repetition?: string;
  readonly terminator?: string;
  /** After each terminator. */
  readonly lineBreak?: string;
  readonly version?: string;
};

const ISA_ELEMENTS = [
  ...['00', ' '.repeat(10), '00', ' '.repeat(10), '02', 'SWFT'.padEnd(15), 'ZZ', 'LADINGHUB'.padEnd(15)],
  ...['260312', '0815', 'U', '00401', '000004711', '0', 'P'],
];

/** A 214 of seven segments. */
export const STATUS_214 = [
  'ST*214*0001',
  'B10*PRO7001*SHP-1001*SWFT',
  'L11*BOL88*BM',
  'LX*1',
  'AT7*X1*NS***20260312*0652*CT',
  'MS1*DALLAS*TX*US',
  'SE*7*0001',
];

/** Segments written with `*` and `>` as they look in `form`. */
export function textOfSegments(segments: readonly string[], form: TextForm = {}): string {
  const { element = '*', component = '>', terminator = '~', lineBreak = '\n' } = form;
  const marked = segments.map((segment) => segment.replaceAll('*', '\u0001').replaceAll('>', component));
  return marked.map((segment) => segment.replaceAll('\u0001', element) + terminator + lineBreak).join('');
}

export function isaText(form: TextForm = {}): string {
  const { element = '*', component = '>', terminator = '~', lineBreak = '\n', repetition, version = '00401' } = form;
  const elements = ISA_ELEMENTS.with(10, repetition ?? 'U').with(11, version);
  return `${['ISA', ...elements, component].join(element)}${terminator}${lineBreak}`;
}

/** One interchange with one group. */
export function interchangeText(transactions: readonly string[] = STATUS_214, form: TextForm = {}, sets = 1): string {
  const group = ['GS*QM*SWFT*LADINGHUB*20260312*0815*4711*X*004010', ...transactions, `GE*${sets}*4711`];
  return isaText(form) + textOfSegments([...group, 'IEA*1*000004711'], form);
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
