// lading demand [ORDER]: who was asked to carry which order, and the answers. lading demand resend ORDER: ask again.
import { DEMAND_STATES, type DemandView } from '../../store/read/demands.ts';
import { defineCommand } from '../command.ts';
import { queryFrom } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';

const MOST_LINES = 500;

export const command = defineCommand({
  name: 'demand',
  summary: 'who was asked to carry which order, and what they answered',
  usage: '[[resend] ORDER] [--recipient PARTNER] [--state STATE] [--customer CUSTOMER] [--reason TEXT] [--json]',
  help: `ORDER         that order alone
resend ORDER  asks again what was rejected by 997, declined or refused, in a new message; who and why (--reason) is kept.
              What may still be taken is not asked again: "./lading replay --deliveries" sends the same message.
A confirmed order is given to the partner that pull.demandTo of the ERP names, by the 204 or webhook of that partner's profile.
At most ${MOST_LINES} are shown; GET /v1/transport-demands has all, in pages.`,
  positionals: { name: '[resend] ORDER', min: 0, max: 2 },
  options: {
    recipient: { type: 'string', value: 'PARTNER', about: 'asked of this carrier or TMS' },
    state: { type: 'string', value: 'STATE', choices: DEMAND_STATES, about: DEMAND_STATES.join(', ') },
    customer: { type: 'string', value: 'CUSTOMER', about: 'whose order, where several use the number' },
    reason: { type: 'string', value: 'TEXT', about: 'with resend: why' },
    json: { type: 'boolean', about: 'the demands as JSON' },
    key: HUB_KEY,
  },
  async run({ args, options, env, stdout }) {
    const isResend = args.length === 2;
    if (isResend && args[0] !== 'resend') {
      const mend = 'it is "lading demand ORDER" or "lading demand resend ORDER"';
      throw new UserError({ what: 'unexpected argument', where: args[1] ?? '', mend });
    }
    const order = args.at(-1);
    const { recipient, state, customer, reason } = options;
    const hub = await needRunningHub(env, options.key);
    if (isResend) {
      const json = { ...(customer === undefined ? {} : { customer }), ...(reason === undefined ? {} : { reason }) };
      const path = `/v1/transport-demands/${encodeURIComponent(order ?? '')}/resend`;
      const demand = await hub.ask<DemandView>('POST', path, { json });
      const { revision, purpose, recipient: whom, effect } = demand;
      const said = `${order}: ${whom} is asked again (${purpose}, message ${revision}): ${effect}.`;
      stdout.line(options.json ? JSON.stringify(demand, null, 2) : said);
      return 0;
    }
    const query = queryFrom({ limit: String(MOST_LINES), order, recipient, state, customer });
    const { items } = await hub.ask<{ items: DemandView[] }>('GET', `/v1/transport-demands?${query}`);
    if (options.json) stdout.line(JSON.stringify(items, null, 2));
    else stdout.lines(demandText(items));
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
