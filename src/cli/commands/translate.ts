// lading translate FILE --partner ID [--setup DIR] [--json]: what a document means; nothing is stored.
import { basename, resolve } from 'node:path';
import type { RuleBook } from '../../model/rules.ts';
import { formatInstant } from '../../model/time.ts';
import { adHocPartners } from '../../partners/ad-hoc.ts';
import { translate } from '../../partners/translate.ts';
import type { TranslatedEvent, Translation, TranslationProblem } from '../../partners/translation.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readInputFile } from '../input-file.ts';
import { rulesOfDatabase, rulesOfFolder, rulesOfSetup } from '../rules-at-hand.ts';
import { UserError } from '../user-error.ts';
import type { Writer } from '../writer.ts';

export const command = defineCommand({
  name: 'translate',
  summary: 'what a document means: the canonical events and the problems, nothing stored',
  usage: 'FILE --partner ID [--setup DIR] [--json]',
  help: `Partners, code tables and agreements come from --setup, else from the hub's database when it is up. Where neither is
at hand, the sender and the customers that the document names are taken at its word, and the answer says so.
Exit code 2: it is no document that can be read at all.`,
  positionals: { name: 'FILE', min: 1, max: 1 },
  options: {
    partner: { type: 'string', value: 'ID', required: true, about: 'who sends it, as the channel would name it' },
    setup: { type: 'string', value: 'DIR', about: 'a folder of setup files' },
    json: { type: 'boolean', about: 'events, problems and acknowledgement as JSON' },
  },
  async run({ args: [file = ''], options, stdout, stderr, env, cwd }) {
    const bytes = await readInputFile(resolve(cwd, file));
    const found = await rulesFor(bytes, options, { env, cwd });
    const message = { bytes, partner: options.partner, fileName: basename(file), receivedAt: Date.now() };
    const translation = translate(message, found.rules);
    if (options.json) {
      stdout.line(JSON.stringify({ ...plain(translation), setup: found.from }, undefined, 2));
    } else {
      stderr.line(`setup: ${found.says}`);
      print(translation, stdout);
    }
    const unreadable = translation.problems.find(({ kind }) => kind === 'unreadable-message');
    if (unreadable === undefined || translation.events.length > 0) return 0;
    const { detail: mend, subject: where } = unreadable;
    throw new UserError({ what: 'the document cannot be read', where, mend });
  },
});

type Found = { rules: RuleBook; from: 'folder' | 'database' | 'document'; says: string };

async function rulesFor(
  bytes: Uint8Array,
  { setup, partner }: { setup?: string | undefined; partner: string },
  { env, cwd }: Pick<CommandContext, 'env' | 'cwd'>,
): Promise<Found> {
  if (setup !== undefined) {
    return { rules: await rulesOfFolder(resolve(cwd, setup)), from: 'folder', says: setup };
  }
  const rules = await rulesOfDatabase(env);
  if (rules !== undefined) return { rules, from: 'database', says: "the hub's database" };
  const partners = [...adHocPartners(bytes, partner).values()];
  const says = `none at hand; ${partner} stands for the sender the document names (give --setup DIR for the real one)`;
  return { rules: rulesOfSetup({ partners }), from: 'document', says };
}

function plain({ format, sender, events, problems, acknowledgement }: Translation) {
  return {
    format,
    sender: sender ?? null,
    events: events.map(asCloudEvent),
    problems,
    acknowledgement: acknowledgement === undefined ? null : textOf(acknowledgement),
  };
}

function asCloudEvent({ event: { id, source, type, time, data }, reportedAt }: TranslatedEvent) {
  return { specversion: '1.0', id, source, type, time: time ?? formatInstant(reportedAt), data };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function print({ format, sender, events, problems, acknowledgement }: Translation, stdout: Writer): void {
  stdout.line(`${format}, ${sender === undefined ? 'sender unknown' : `from ${sender}`}`);
  for (const event of events) stdout.line(lineFor(event));
  for (const problem of problems) stdout.line(problemLine(problem));
  if (events.length === 0 && problems.length === 0) stdout.line('nothing to do: no events, no problems');
  if (acknowledgement !== undefined) stdout.line(`answered by\n${textOf(acknowledgement).trimEnd()}`);
}

function lineFor({ event: { type, data }, subject }: TranslatedEvent): string {
  const about = Object.entries(data)
    .filter(([key, value]) => key !== 'shipment' && value !== undefined)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `event    ${type}  ${subject}  ${about.join(', ')}`;
}

function problemLine({ kind, subject, detail }: TranslationProblem): string {
  return `problem  ${kind}  ${subject}  ${detail}`;
}
