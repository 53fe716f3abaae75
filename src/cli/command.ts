// What a command is. One file each in `commands/`, named like the command and exporting `command`:
//
//   // lading greet NAME [--loud]
//   import { defineCommand } from '../command.ts';
//
//   export const command = defineCommand({
//     name: 'greet',
//     summary: 'says hello',                                  // one line of `lading --help`
//     usage: 'NAME [--loud]',
//     positionals: { name: 'NAME', min: 1, max: 1 },          // none given: none allowed
//     options: { loud: { type: 'boolean', about: 'in capitals' } },
//     async run({ args, options, stdout, signal }) {
//       stdout.line(options.loud ? `HELLO ${args[0]}` : `hello ${args[0]}`);
//       return 0;                                             // the exit code
//     },
//   });
//
// The dispatcher (main.ts) has checked options, their values and the number of arguments before `run`; `--help` is its
// business too. What the user must mend is thrown as `UserError` (user-error.ts): one line, exit 2. Anything else
// thrown is a bug: one line, exit 70, the trace in a file.
//
// Only results go to `stdout` (with `--json`: one JSON value and nothing else); progress and notes go to `stderr`.
// `signal` is aborted by the first Ctrl-C or SIGTERM: stop in order and return. A second one ends the process at once.

import type { Writer } from './writer.ts';

export type OptionSpec = {
  type: 'string' | 'boolean';
  /** One line of the command's help. */
  about: string;
  /** How the value is called there; strings only. */
  value?: string;
  short?: string;
  /** May be given several times; the value is a list. */
  multiple?: boolean;
  required?: boolean;
  /** The only values allowed; strings only. */
  choices?: readonly string[];
};

export type OptionSpecs = Record<string, OptionSpec>;

type OptionValue<Spec extends OptionSpec> = Spec['type'] extends 'boolean'
  ? boolean
  : Spec['multiple'] extends true
    ? string[]
    : Spec['required'] extends true
      ? string
      : string | undefined;

export type OptionValues<Specs extends OptionSpecs> = { [Name in keyof Specs]: OptionValue<Specs[Name]> };

export type CommandContext<Options = Record<string, boolean | string | string[] | undefined>> = {
  /** The arguments that are not options. */
  args: string[];
  options: Options;
  stdout: Writer;
  stderr: Writer;
  /** The process's environment; LADING_DATA is always set, and absolute. */
  env: NodeJS.ProcessEnv & { LADING_DATA: string };
  /** Where the user stands; file arguments are relative to it. */
  cwd: string;
  /** The checkout. */
  rootDir: string;
  signal: AbortSignal;
};

type CommandText = {
  name: string;
  summary: string;
  usage: string;
  /** Further lines of the command's help. */
  help?: string;
  positionals?: { name: string; min: number; max: number };
};

export type Command = CommandText & { options: OptionSpecs; run(context: CommandContext): Promise<number> };

/** A command as the dispatcher sees it, from one whose `run` knows the types of its own options. */
export function defineCommand<const Specs extends OptionSpecs>(
  command: CommandText & { options: Specs; run(context: CommandContext<OptionValues<Specs>>): Promise<number> },
): Command {
  return command as unknown as Command;
}
