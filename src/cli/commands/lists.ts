// lading lists: shipments on which delivery and money disagree.
import { LIST_NAMES, type OpenLists } from '../../model/open-lists.ts';
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'lists',
  summary: 'delivered and unbilled, billed and undelivered, cost without revenue, missed revenue',
  usage: '[--last] [--json]',
  help: `delivered-unbilled    delivered a day ago or more, and not invoiced
billed-undelivered    invoiced, and not delivered yet
cost-without-revenue  a carrier billed it, and nothing is charged to a customer
missed-revenue        a carrier billed a charge that the customer's agreement allows too, and the customer was not charged
The nightly job takes them at the hour that jobs.json says.`,
  options: {
    last: { type: 'boolean', about: 'as the nightly job took them last' },
    json: { type: 'boolean', about: 'the lists as JSON' },
    key: HUB_KEY,
  },
  async run({ options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const lists = await hub.ask<OpenLists>('GET', `/v1/lists${options.last ? '?taken=last' : ''}`);
    if (options.json) stdout.line(JSON.stringify(lists));
    else stdout.lines(listLines(lists));
    return 0;
  },
});

function listLines(lists: OpenLists): string[] {
  return LIST_NAMES.flatMap((name) => {
    const { count, rows } = lists[name];
    const more = count > rows.length ? [`  and ${count - rows.length} more`] : [];
    return [
      `${name}: ${count === 0 ? 'none' : count}`,
      ...rows.map(({ shipment, customer = '', code = '', amount = '', currency = '', since = '', why }) => {
        const facts = [shipment, customer, code, `${amount} ${currency}`.trim(), since].filter((fact) => fact !== '');
        return `  ${facts.join(' ')}: ${why}`;
      }),
      ...more,
    ];
  });
}
