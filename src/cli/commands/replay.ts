// lading replay: translates messages again, or sends stopped deliveries again, without doubling what succeeded.

import { userInfo } from 'node:os';
import { formatInstant, parseInstant } from '../../model/time.ts';
import { replayDeliveries, replayMessages } from '../../pipeline/by-hand/replay.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, HUB_KEY } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';

type ReplayedMessage = {
  id: string;
  partner: string;
  fileName?: string;
  receivedAt: string;
  wasQuarantined: boolean;
  quarantined: boolean;
  newEvents: number;
  problems: readonly { kind: string; detail: string }[];
};
type ReplayedDelivery = { key: string; system: string; state: string; reason: string; attempts: number };
type Replayed = { dryRun: boolean; messages: ReplayedMessage[]; deliveries: ReplayedDelivery[] };

const REPLAY_MS = 3_600_000;

export const command = defineCommand({
  name: 'replay',
  summary: 'translates messages or sends stopped deliveries again, without doubling what succeeded',
  usage: '[ID…] [--deliveries] [--partner ID] [--kind KIND] [--since TIME] [--until TIME] [--all] [--dry-run] [--json]',
  help: `Without --deliveries: quarantined messages, or those with the given IDs. What a message gave before stays; only what
is new is added. With --deliveries: refused and dead ones, or those with the given keys; each is looked up first.`,
  positionals: { name: 'ID', min: 0, max: 10_000 },
  options: {
    deliveries: { type: 'boolean', about: 'deliveries to outside systems in place of messages' },
    partner: { type: 'string', value: 'ID', about: 'of this partner only (deliveries: the customer billed)' },
    kind: { type: 'string', value: 'KIND', about: 'x12, json, … (deliveries: invoice, supplementary, credit-note)' },
    since: { type: 'string', value: 'TIME', about: 'received, or stopped, from then on' },
    until: { type: 'string', value: 'TIME', about: 'received, or stopped, until then' },
    all: { type: 'boolean', about: 'also messages in which nothing was wrong' },
    'dry-run': { type: 'boolean', about: 'only shows what would change' },
    json: { type: 'boolean', about: 'the result as JSON' },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, stdout } = context;
    const request = requestFrom(args, options);
    const replayed = await perform(context, request, options.key);
    if (options.json) stdout.line(JSON.stringify(replayed));
    else stdout.lines([...messageLines(replayed), ...deliveryLines(replayed)]);
    return 0;
  },
});

type Request = {
  what: 'messages' | 'deliveries';
  dryRun: boolean;
  messages?: string[];
  deliveries?: string[];
  partner?: string;
  kind?: string;
  since?: string;
  until?: string;
  all?: boolean;
};

type Options = Record<'partner' | 'kind' | 'since' | 'until', string | undefined> &
  Record<'deliveries' | 'all' | 'dry-run', boolean>;

function requestFrom(ids: string[], options: Options): Request {
  const { deliveries, partner, kind, since, until, all } = options;
  for (const time of [since, until]) {
    if (time === undefined || parseInstant(time) !== undefined) continue;
    throw new UserError({ what: 'not a time', where: time, mend: 'give one such as 2026-03-04T00:00:00Z' });
  }
  const notId = deliveries ? undefined : ids.find((id) => !/^\d{1,18}$/.test(id));
  if (notId !== undefined) {
    throw new UserError({ what: 'not the id of a message', where: notId, mend: 'give its number, such as 12' });
  }
  const chosen = ids.length === 0 ? {} : deliveries ? { deliveries: ids } : { messages: ids };
  const what = deliveries ? 'deliveries' : 'messages';
  const narrowed = {
    ...(partner && { partner }),
    ...(kind && { kind }),
    ...(since && { since }),
    ...(until && { until }),
  };
  return { what, dryRun: options['dry-run'], ...chosen, ...narrowed, ...(all && { all }) };
}

async function perform(context: CommandContext<unknown>, request: Request, key: string | undefined): Promise<Replayed> {
  const hub = await findRunningHub(context.env, key);
  if (hub !== undefined) return hub.ask<Replayed>('POST', '/v1/replay', { json: request, timeoutMs: REPLAY_MS });
  const { stderr, signal } = context;
  const { dryRun, partner, kind, all } = request;
  const from = request.since === undefined ? undefined : parseInstant(request.since);
  const to = request.until === undefined ? undefined : parseInstant(request.until);
  const onProgress = (done: number, of: number) => {
    if (stderr.isTerminal) stderr.write(`\r${done} of ${of}${done === of ? '\n' : ''}`);
  };
  const options = { dryRun, by: `command line (${userInfo().username})`, onProgress, signal };
  return withDatabase(context, async (pipeline) => {
    if (request.what === 'deliveries') {
      const selection = { keys: request.deliveries, partner, kind, changedFrom: from, changedTo: to };
      return { dryRun, messages: [], deliveries: await replayDeliveries(pipeline, selection, options) };
    }
    const selection = { ids: request.messages, partner, kind, receivedFrom: from, receivedTo: to, all };
    const messages = await replayMessages(pipeline, selection, options);
    return {
      dryRun,
      messages: messages.map((row) => ({ ...row, receivedAt: formatInstant(row.receivedAt) })),
      deliveries: [],
    };
  });
}

function messageLines({ dryRun, messages, deliveries }: Replayed): string[] {
  if (messages.length === 0) return deliveries.length === 0 ? ['Nothing to replay.'] : [];
  const rows = messages.map(({ id, partner, fileName = '', receivedAt, ...then }) => {
    return [`message ${id}`, partner, receivedAt, fileName, becameOf(then, dryRun)];
  });
  const freed = messages.filter(({ wasQuarantined, quarantined }) => wasQuarantined && !quarantined).length;
  const events = messages.reduce((sum, { newEvents }) => sum + newEvents, 0);
  const summary = `${counted(messages.length, 'message')} ${dryRun ? 'would be ' : ''}translated again: ${freed} out of quarantine, ${counted(events, 'new event')}.`;
  return [...aligned(rows), '', summary];
}

function becameOf(
  {
    wasQuarantined,
    quarantined,
    newEvents,
    problems,
  }: Pick<ReplayedMessage, 'wasQuarantined' | 'quarantined' | 'newEvents' | 'problems'>,
  dryRun: boolean,
): string {
  const events = newEvents === 0 ? 'nothing new' : counted(newEvents, 'new event');
  if (quarantined) {
    const why = problems[0] === undefined ? '' : `: ${problems[0].kind}, ${problems[0].detail}`;
    return `${events}; ${wasQuarantined ? 'stays' : dryRun ? 'would be' : 'now'} quarantined${why}`;
  }
  return wasQuarantined ? `${events}; out of quarantine` : events;
}

function deliveryLines({ dryRun, deliveries }: Replayed): string[] {
  if (deliveries.length === 0) return [];
  const rows = deliveries.map(({ key, state, attempts, reason }) => [
    key,
    `${state} after ${attempts} attempts`,
    reason,
  ]);
  const summary = `${dryRun ? 'To be set' : 'Set'} going again: ${deliveries.length}; each is looked up first.`;
  return [...aligned(rows), '', summary];
}

function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
