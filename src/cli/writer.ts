// Where a command's words go.

export type Writer = {
  write(text: string): void;
  /** The text and a line end. */
  line(text: string): void;
  /** Each of them so. */
  lines(texts: readonly string[]): void;
  isTerminal: boolean;
};

export function writerTo(write: (text: string) => void, isTerminal = false): Writer {
  const line = (text: string) => write(`${text}\n`);
  return { write, line, lines: (texts) => texts.forEach(line), isTerminal };
}
