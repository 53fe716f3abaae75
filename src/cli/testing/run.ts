// Commands as the dispatcher runs them, with what they say kept.
import { parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { userErrorLine } from '../user-error.ts';
import { type Writer, writerTo } from '../writer.ts';

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Keeps what is written. */
export function keepingWriter(isTerminal = false): Writer & { readonly text: () => string } {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  return { ...writerTo(write, isTerminal), text: () => text };
}

/** In this folder, which is its data folder too. What the user must mend is one line and exit 2. */
export async function runCommand(
  command: Command,
  words: readonly string[],
  { folder, env = {} }: { readonly folder: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const stdout = keepingWriter();
  const stderr = keepingWriter();
  let code = 2;
  try {
    code = await command.run({
      ...parseArguments(command, [...words]),
      ...{ stdout, stderr, cwd: folder, rootDir: folder, signal: new AbortController().signal },
      env: { LADING_DATA: folder, ...env },
    } satisfies CommandContext);
  } catch (error) {
    const line = userErrorLine(error);
    if (line === undefined) throw error;
    stderr.line(line);
  }
  return { code, out: stdout.text(), err: stderr.text() };
}
