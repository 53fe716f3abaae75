// A command's arguments: checked here once, so that no command sees an option it does not know.
import { parseArgs } from 'node:util';
import type { Command, CommandContext, OptionSpec } from './command.ts';
import { nearest } from './suggest.ts';
import { UserError } from './user-error.ts';

export type ParsedArguments = Pick<CommandContext, 'args' | 'options'> & { wantsHelp: boolean };

/** Throws `UserError` for whatever the command does not allow. */
export function parseArguments(command: Command, words: readonly string[]): ParsedArguments {
  const specs = { ...command.options, help: { type: 'boolean', short: 'h', about: '' } satisfies OptionSpec };
  const { tokens } = parseArgs({ args: [...words], options: specs, strict: false, tokens: true });
  const args: string[] = [];
  const values: CommandContext['options'] = {};
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind === 'option') take(command, values, specs[token.name as keyof typeof specs], token);
  }
  const { help, ...options } = values;
  if (help) return { args, options, wantsHelp: true };
  checkComplete(command, options, args);
  return { args, options: withEmptyOnes(command, options), wantsHelp: false };
}

type OptionToken = { name: string; rawName: string; value?: string | undefined };

function take(command: Command, values: CommandContext['options'], spec: OptionSpec | undefined, token: OptionToken) {
  const { name, rawName, value } = token;
  if (!spec) throw unknownOption(command, rawName);
  if (spec.type === 'boolean') {
    if (value !== undefined) throw misuse(command, `option ${rawName} takes no value`, value);
    values[name] = true;
    return;
  }
  if (value === undefined || value === '')
    throw misuse(command, `option ${rawName} needs a value`, `${rawName} ${spec.value ?? 'VALUE'}`);
  if (spec.choices && !spec.choices.includes(value)) {
    throw new UserError({
      what: `unknown value of ${rawName}`,
      where: value,
      mend: `use one of ${spec.choices.join(', ')}`,
    });
  }
  const before = values[name];
  if (spec.multiple) values[name] = [...(Array.isArray(before) ? before : []), value];
  else if (before !== undefined) throw misuse(command, `option ${rawName} was given twice`, value);
  else values[name] = value;
}

function unknownOption(command: Command, rawName: string): UserError {
  const known = [...Object.keys(command.options), 'help'].map((name) => `--${name}`);
  const meant = nearest(rawName, known);
  const mend = meant ? `did you mean ${meant}?` : `"lading ${command.name} --help" lists those there are`;
  return new UserError({ what: 'unknown option', where: rawName, mend });
}

function checkComplete(command: Command, options: CommandContext['options'], args: string[]): void {
  const { name, min, max } = command.positionals ?? { name: '', min: 0, max: 0 };
  if (args.length < min) throw misuse(command, 'argument missing', name);
  if (args.length > max) throw misuse(command, 'unexpected argument', args[max] as string);
  for (const [option, spec] of Object.entries(command.options)) {
    if (spec.required && options[option] === undefined) throw misuse(command, 'option missing', `--${option}`);
  }
}

function misuse(command: Command, what: string, where: string): UserError {
  return new UserError({ what, where, mend: `usage: lading ${command.name} ${command.usage}`.trim() });
}

function withEmptyOnes(command: Command, options: CommandContext['options']): CommandContext['options'] {
  const empty = (spec: OptionSpec) => (spec.type === 'boolean' ? false : spec.multiple ? [] : undefined);
  const defaults = Object.entries(command.options).map(([name, spec]) => [name, empty(spec)]);
  return { ...Object.fromEntries(defaults), ...options };
}
