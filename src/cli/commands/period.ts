// lading period list|lock|unlock|approve [PERIOD] [--entity E]: closes months of the ledger.

import { defineCommand } from '../command.ts';
import { monthFrom } from '../month.ts';
import { HUB_KEY, needRunningHub, type RunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';

type Periods = {
  locks: { legalEntity: string; period: string; lockedAt: string; lockedBy: string }[];
  waiting: { legalEntity: string; period: string; shipments: number; some: string[] }[];
};

const ACTS = ['lock', 'unlock', 'approve'] as const;
type Act = (typeof ACTS)[number];

export const command = defineCommand({
  name: 'period',
  summary: 'locks and unlocks months of the ledger, and approves what came late for one',
  usage: 'list | lock|unlock|approve PERIOD [--entity E] [--json]',
  help: `PERIOD is a month, such as 2026-05.
list     what is locked, and what waits because of it
lock     nothing is booked in it any more; the database itself refuses
unlock   what waited for it is booked in it
approve  what waits for it at this moment is booked in the next open period
Needs a key of role finance. Who did it is kept in the audit trail, and with each late posting.`,
  positionals: { name: 'ACT [PERIOD]', min: 1, max: 2 },
  options: {
    entity: { type: 'string', value: 'E', about: 'of this legal entity alone (else of every one)' },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [act = '', month], options, env, stdout }) {
    if (act !== 'list' && !isAct(act)) {
      throw new UserError({ what: 'unknown act', where: act, mend: `use list, ${ACTS.join(', ')}` });
    }
    const period = act === 'list' ? '' : monthFrom(month);
    const hub = await needRunningHub(env, options.key);
    const told = (answer: unknown, lines: readonly string[]) => {
      if (options.json) stdout.line(JSON.stringify(answer, null, 2));
      else stdout.lines(lines);
    };
    if (!isAct(act)) {
      const periods = await hub.ask<Periods>('GET', '/v1/periods');
      told(periods, listed(periods));
    } else {
      const answer = await ask(hub, act, period, options.entity);
      told(answer, [sentence(act, period, options.entity, answer)]);
    }
    return 0;
  },
});

function isAct(text: string): text is Act {
  return (ACTS as readonly string[]).includes(text);
}

type Answer = { changed?: boolean; shipments?: string[] };

function ask(hub: RunningHub, act: Act, period: string, legalEntity: string | undefined): Promise<Answer> {
  return hub.ask('POST', `/v1/periods/${period}/${act}`, { json: legalEntity === undefined ? {} : { legalEntity } });
}

function sentence(act: Act, period: string, entity: string | undefined, { changed, shipments = [] }: Answer): string {
  const which = entity === undefined ? period : `${period} of ${entity}`;
  if (act === 'approve') return `${which}: approved what came late of ${shipments.join(', ')}.`;
  if (act === 'lock') return changed ? `${which} is locked.` : `${which} was locked already.`;
  return changed ? `${which} is open again.` : `${which} was not locked.`;
}

function listed({ locks, waiting }: Periods): string[] {
  const lines = locks.map(({ legalEntity, period, lockedAt, lockedBy }) => [
    period,
    legalEntity === '*' ? 'every entity' : legalEntity,
    `locked ${lockedAt} by ${lockedBy}`,
  ]);
  const late = waiting.map(({ legalEntity, period, shipments, some }) => [
    period,
    legalEntity || 'no entity',
    `${shipments} late: ${some.join(', ')}${shipments > some.length ? ', …' : ''}`,
  ]);
  return [
    ...(lines.length === 0 ? ['No period is locked.'] : aligned(lines)),
    ...(late.length === 0 ? [] : ['', 'Waits for approval ("lading period approve PERIOD"):', ...aligned(late)]),
  ];
}
