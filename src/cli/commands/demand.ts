// lading demand [ORDER]: who was asked to carry which order, and the answers.
import { DEMAND_STATES, type DemandView } from '../../store/read-demands.ts';
import { aligned } from '../aligned.ts';
import { defineCommand } from '../command.ts';
import { needRunningHub } from '../running-hub.ts';

const MOST_LINES = 500;

export const command = defineCommand({
  name: 'demand',
  summary: 'who was asked to carry which order, and what they answered',
  usage: '[ORDER] [--recipient PARTNER] [--state STATE] [--json]',
  help: `ORDER  that order alone
A confirmed order is given to the partner that pull.demandTo of the ERP names, by the 204 or webhook of that partner's profile.
At most ${MOST_LINES} are shown; GET /v1/transport-demands has all, in pages.`,
  positionals: { name: 'ORDER', min: 0, max: 1 },
  options: {
    recipient: { type: 'string', value: 'PARTNER', about: 'asked of this carrier or TMS' },
    state: { type: 'string', value: 'STATE', choices: DEMAND_STATES, about: DEMAND_STATES.join(', ') },
    json: { type: 'boolean', about: 'the demands as JSON' },
    key: { type: 'string', value: 'KEY', about: 'a key of the running hub (else that of the data folder)' },
  },
  async run({ args: [order], options, env, stdout }) {
    const { recipient, state } = options;
    const query = new URLSearchParams({
      limit: String(MOST_LINES),
      ...(order === undefined ? {} : { order }),
      ...(recipient === undefined ? {} : { recipient }),
      ...(state === undefined ? {} : { state }),
    });
    const hub = await needRunningHub(env, options.key);
    const { items } = await hub.ask<{ items: DemandView[] }>('GET', `/v1/transport-demands?${query}`);
    if (options.json) stdout.line(JSON.stringify(items, null, 2));
    else for (const line of demandText(items)) stdout.line(line);
    return 0;
  },
});

function demandText(items: readonly DemandView[]): string[] {
  if (items.length === 0) return ['Nobody was asked to carry anything of the kind.'];
  const rows = items.map(({ order, customer, recipient, state, purpose, revision, madeAt, answerDueAt, reason }) => {
    const awaited = answerDueAt === undefined ? '' : `answer due ${answerDueAt}`;
    return [order, customer, recipient, state, `${purpose} (${revision})`, madeAt, reason ?? awaited];
  });
  return aligned([['order', 'customer', 'asked', 'state', 'message', 'made', ''], ...rows]);
}
