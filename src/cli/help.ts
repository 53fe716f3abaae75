// The help texts, made from what the commands say of themselves.
import type { Command, OptionSpec } from './command.ts';

/** `lading --help`. */
export function overallHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return `Lading, the shipment-to-cash integration hub.

usage: ./lading COMMAND [ARGUMENTS]

${table(rows)}

"./lading COMMAND --help" says more about one.
Environment: DATABASE_URL (embedded PostgreSQL when unset), LADING_PORT (8080), LADING_DATA (.lading/),
LADING_LOG (info), ODOO_URL ODOO_DB ODOO_USER ODOO_KEY.
`;
}

/** `lading COMMAND --help`. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, spec]) => [optionForm(name, spec), optionAbout(spec)] as const,
  );
  const parts = [`usage: ./lading ${command.name} ${command.usage}`.trim(), command.summary];
  if (command.help) parts.push(command.help.trim());
  parts.push(table([...options, ['--help', 'this text']]));
  return `${parts.join('\n\n')}\n`;
}

function optionForm(name: string, spec: OptionSpec): string {
  const short = spec.short ? `-${spec.short}, ` : '';
  return `${short}--${name}${spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : ''}`;
}

function optionAbout(spec: OptionSpec): string {
  const notes = [
    ...(spec.choices ? [spec.choices.join(' | ')] : []),
    ...(spec.required ? ['required'] : []),
    ...(spec.multiple ? ['may be repeated'] : []),
  ];
  return notes.length > 0 ? `${spec.about} (${notes.join('; ')})` : spec.about;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
