// The text of a BAI2 file → logical records.
//
// A record ends with `/`; 88 continues the one before it. Text is the last element of a transaction and may hold commas and
// slashes, so the end of a record is known by the code of the next one. Some banks put several records on one line, or break a
// line inside the text.

export type Record = {
  /** 01, 02, 03, 16, 49, 98 or 99. */
  readonly code: string;
  /** The elements after the code, those of its 88s with them, each of which begins with a line break. */
  readonly elements: readonly string[];
  /** Physical records: itself and its 88s, as the counts of 49, 98 and 99 have it. */
  readonly count: number;
  /** Where it begins in the file, from 1. */
  readonly line: number;
};

const BEGINS = /^(01|02|03|16|49|88|98|99)(?=,)/;
const NEXT_ON_LINE = /\/\s+(?=(?:01|02|03|16|49|88|98|99),)/;

type Physical = { code: string; body: string; line: number };

export function recordsIn(text: string): Record[] {
  const records: { code: string; bodies: string[]; line: number }[] = [];
  for (const { code, body, line } of physicalIn(text)) {
    if (code === '88') records.at(-1)?.bodies.push(body);
    else records.push({ code, bodies: [body], line });
  }
  return records.map(({ code, bodies, line }) => ({ code, elements: elementsOf(bodies), count: bodies.length, line }));
}

function physicalIn(text: string): Physical[] {
  const physical: Physical[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const piece of line.trim().split(NEXT_ON_LINE)) {
      const code = BEGINS.exec(piece)?.[0];
      if (code !== undefined) physical.push({ code, body: piece.slice(3), line: index + 1 });
      else if (piece.trim() !== '' && physical.length > 0) (physical.at(-1) as Physical).body += ` ${piece.trim()}`;
    }
  }
  return physical;
}

// An 88 goes on with the next element, or with the text when the record had come to it; the line break before it tells.
function elementsOf(bodies: readonly string[]): string[] {
  return bodies.flatMap((body, index) => `${index === 0 ? '' : '\n'}${withoutEnd(body)}`.split(','));
}

function withoutEnd(body: string): string {
  const trimmed = body.trimEnd();
  return trimmed.endsWith('/') ? trimmed.slice(0, -1) : trimmed;
}
