// lading send FILE… --partner ID: gives files to the running hub and says what became of each.

import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { MessageDetail } from '../../store/read/messages.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readInputFile } from '../input-file.ts';
import { HUB_GONE, HUB_KEY, HubRefusal, needRunningHub, type RunningHub } from '../running-hub.ts';
import { UserError, userErrorLine } from '../user-error.ts';
import type { Writer } from '../writer.ts';

type Receipt = { id: string; sha256: string; duplicate: boolean; message?: MessageDetail };
type Sent = { file: string } & Receipt;

const WAIT_MS = 30_000;

export const command = defineCommand({
  name: 'send',
  summary: 'gives files to the running hub and says what became of each',
  usage: 'FILE… --partner ID [--json]',
  help: `FILE is a file, a folder (all files in it, also deeper), or - for what comes in by stdin.
Exit code: 0 the hub took all, 1 something was quarantined, 2 something could not be sent.`,
  positionals: { name: 'FILE…', min: 1, max: 100_000 },
  options: {
    partner: { type: 'string', value: 'ID', required: true, about: 'who sends it' },
    json: { type: 'boolean', about: 'what became of each, as JSON' },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, stdout, stderr, env, cwd, signal } = context;
    const hub = await needRunningHub(env, options.key);
    const files = await filesOf(args, cwd);
    const sent: Sent[] = [];
    let refused = 0;
    for (const file of files) {
      signal.throwIfAborted();
      try {
        const one = await send(hub, file, options.partner, context);
        sent.push(one);
        if (!options.json) print(one, stdout);
      } catch (error) {
        // One file that cannot be taken does not cost the others; a key that may not send does.
        if (files.length === 1 || !concernsOneFile(error)) throw error;
        stderr.line(userErrorLine(error) ?? '');
        refused += 1;
      }
    }
    if (options.json) stdout.line(JSON.stringify(sent.map(plain)));
    else if (sent.length > 1) stdout.line(summaryOf(sent));
    if (refused > 0) return 2;
    return sent.some(isQuarantined) ? 1 : 0;
  },
});

const STDIN = '-';

function concernsOneFile(error: unknown): boolean {
  if (error instanceof HubRefusal) return error.status === 400 || error.status === 413;
  return error instanceof UserError && error.what !== HUB_GONE;
}

/** Folders opened, in order of name; what begins with a dot is left out. */
async function filesOf(names: readonly string[], cwd: string): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    if (name === STDIN) files.push(STDIN);
    else if (await isFolder(resolve(cwd, name))) files.push(...(await filesIn(resolve(cwd, name))));
    else files.push(resolve(cwd, name));
  }
  if (files.length > 0) return files;
  throw new UserError({ what: 'no files', where: names.join(', '), mend: 'name a folder that has files, or a file' });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // reading it says what is wrong
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(/[/\\]/)
          .some((part) => part.startsWith('.')),
    )
    .sort();
}

async function send(
  hub: RunningHub,
  path: string,
  partner: string,
  { cwd }: Pick<CommandContext, 'cwd'>,
): Promise<Sent> {
  const bytes = path === STDIN ? await buffer(process.stdin) : await readInputFile(path);
  const file = path === STDIN ? STDIN : shown(cwd, path);
  if (bytes.length === 0) throw new UserError({ what: 'the file is empty', where: file, mend: 'leave it out' });
  const headers = {
    'content-type': 'application/octet-stream',
    ...(path === STDIN ? {} : { 'x-file-name': encodeURIComponent(basename(path)) }),
  };
  const url = `/v1/inbound/${encodeURIComponent(partner)}?wait=${WAIT_MS}`;
  return { file, ...(await hub.ask<Receipt>('POST', url, { bytes, headers })) };
}

function shown(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}

function isQuarantined({ message }: Sent): boolean {
  return message?.verdict === 'quarantined';
}

function plain({ file, id, sha256, duplicate, message }: Sent) {
  const { verdict = 'received', kind, events = 0, waiting = 0, problems = [] } = message ?? {};
  return {
    file,
    message: id,
    sha256,
    verdict: duplicate ? 'duplicate' : verdict,
    kind,
    events,
    waiting,
    shipments: shipmentsOf(message),
    problems,
  };
}

function shipmentsOf(message: MessageDetail | undefined): string[] {
  return [...new Set(message?.madeEvents.flatMap(({ shipment }) => shipment ?? []))];
}

const SHIPMENTS_SHOWN = 5;
const PROBLEMS_SHOWN = 3;

function print(sent: Sent, stdout: Writer): void {
  const { verdict, kind = 'kind not known', events, waiting, shipments, problems } = plain(sent);
  const some = shipments.slice(0, SHIPMENTS_SHOWN).join(', ');
  const more = shipments.length > SHIPMENTS_SHOWN ? ` and ${shipments.length - SHIPMENTS_SHOWN} more` : '';
  const parts = [
    `message ${sent.id}`,
    verdict,
    ...(verdict === 'duplicate' || verdict === 'received' ? [] : [kind, `${events} event${events === 1 ? '' : 's'}`]),
    ...(waiting > 0 ? [`${waiting} waiting for ${waiting === 1 ? 'its' : 'their'} shipment`] : []),
    ...(some === '' ? [] : [`shipments ${some}${more}`]),
  ];
  stdout.line(`${sent.file}: ${parts.join(', ')}`);
  for (const { kind: what, subject, detail } of problems.slice(0, PROBLEMS_SHOWN)) {
    stdout.line(`    ${what} ${subject}: ${detail}`);
  }
  const left = problems.length - PROBLEMS_SHOWN;
  if (left > 0) stdout.line(`    … and ${left} more: lading explain message:${sent.id}`);
}

function summaryOf(sent: readonly Sent[]): string {
  const verdicts = sent.map((one) => plain(one).verdict);
  const counts = [...Map.groupBy(verdicts, (verdict) => verdict)].map(([verdict, all]) => `${all.length} ${verdict}`);
  const events = sent.reduce((sum, { message }) => sum + (message?.events ?? 0), 0);
  return `${sent.length} files: ${counts.join(', ')}; ${events} events`;
}
