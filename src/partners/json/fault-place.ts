// Where broken JSON breaks. The runtime's own message often leaves the place out, and people need it.
//
// Only ever called for text that JSON.parse refused; RFC 8259 grammar, no recursion, one pass.

export type FaultPlace = {
  /** Index of the first character that cannot be right; the length where the text ends too early. */
  readonly at: number;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
};

export function jsonFaultPlace(text: string): FaultPlace {
  const at = faultIndex(text);
  const before = text.slice(0, at);
  return { at, line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function faultIndex(text: string): number {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  while (true) {
    while (' \t\r\n'.includes(text[at] ?? 'x')) at++;
    const mark = text[at];
    if (mark === undefined || (expected === 'comma-or-end' && open.length === 0)) return at;
    const inObject = open.at(-1) === '{';
    if (expected === 'colon') {
      if (mark !== ':') return at;
      expected = 'value';
      at++;
    } else if ((mark === ']' || mark === '}') && expected !== 'value' && expected !== 'key') {
      if (inObject !== (mark === '}')) return at;
      open.pop();
      expected = 'comma-or-end';
      at++;
    } else if (expected === 'comma-or-end') {
      if (mark !== ',') return at;
      expected = inObject ? 'key' : 'value';
      at++;
    } else if (expected === 'key' || expected === 'key-or-end') {
      const end = mark === '"' ? stringEnd(text, at) : { fault: at };
      if ('fault' in end) return end.fault;
      expected = 'colon';
      at = end.next;
    } else if (mark === '[' || mark === '{') {
      open.push(mark);
      expected = mark === '[' ? 'value-or-end' : 'key-or-end';
      at++;
    } else {
      const end = mark === '"' ? stringEnd(text, at) : literalEnd(text, at);
      if ('fault' in end) return end.fault;
      expected = 'comma-or-end';
      at = end.next;
    }
  }
}

type End = { readonly next: number } | { readonly fault: number };

function stringEnd(text: string, start: number): End {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return { next: at + 1 };
    if (text.charCodeAt(at) < 0x20) return { fault: at };
    if (text[at] === '\\') {
      const escaped = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
      escaped.lastIndex = at + 1;
      if (!escaped.test(text)) return { fault: at };
      at = escaped.lastIndex - 1;
    }
  }
  return { fault: text.length };
}

function literalEnd(text: string, start: number): End {
  LITERAL.lastIndex = start;
  return LITERAL.test(text) ? { next: LITERAL.lastIndex } : { fault: start };
}
