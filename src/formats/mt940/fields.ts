// The text of an MT940 file → messages of tagged fields.

export type Field = {
  /** Such as `61` or `60F`. */
  readonly tag: string;
  /** Without blanks at the end. */
  readonly lines: readonly string[];
  /** Where it begins in the file, from 1. */
  readonly at: number;
};

// Only these begin a field: a text that was broken may well go on with a time, `:26:37`.
const TAG = /^:(20|21|25P?|28C?|60[FM]|61|62[FM]|64|65|86|13D|34F|90[CD]):(.*)$/;
/** The end of a message, alone or with SWIFT's own envelope behind it: `-}{5:…}`. */
const END = /^-(\}.*)?$/;

/** Each message begins with its field 20. What stands around messages, such as SWIFT's envelope, is passed over. */
export function messagesIn(text: string): Field[][] {
  const messages: Field[][] = [];
  let open: (Field & { lines: string[] })[] | undefined;
  for (const [index, written] of text.split(/\r\n|\r|\n/).entries()) {
    const line = written.trimEnd();
    // The envelope may stand before the first field on its line.
    const [, tag, rest = ''] = TAG.exec(line.replace(/^\{1:.*\{4:/, '')) ?? [];
    if (tag === '20') {
      open = [];
      messages.push(open);
    }
    if (open === undefined) continue;
    if (END.test(line)) open = undefined;
    else if (tag !== undefined) open.push({ tag, lines: [rest], at: index + 1 });
    else if (!line.startsWith('{')) open.at(-1)?.lines.push(line);
  }
  return messages;
}
