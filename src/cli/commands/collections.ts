// lading collections: overdue invoices, with the stage that their customer's policy gives them.

import { defineCommand } from '../command.ts';
import { askAll } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { listed } from '../text/aligned.ts';

type Row = {
  readonly number: string;
  readonly customer: string;
  readonly currency: string;
  readonly open: string;
  readonly dueOn: string;
  readonly daysOverdue: number;
  readonly stage?: string;
  readonly isPaused: boolean;
};

export const command = defineCommand({
  name: 'collections',
  summary: 'overdue invoices with their stage',
  usage: '[--customer ID] [--json]',
  help: 'Stages are set by "collections" in policies.json. An invoice that its customer disputes is paused: its days do not count until the dispute ends ("lading dispute").',
  options: {
    customer: { type: 'string', value: 'ID', about: 'of this customer alone' },
    json: { type: 'boolean', about: 'the rows as JSON' },
    key: HUB_KEY,
  },
  async run({ options, env, stdout }) {
    const { customer } = options;
    const hub = await needRunningHub(env, options.key);
    const rows = await askAll<Row>(hub, '/v1/collections', { customer });
    if (options.json) stdout.line(JSON.stringify(rows));
    else
      stdout.lines(
        listed(rows, {
          head: HEAD,
          cellsOf,
          none: customer === undefined ? 'Nothing is overdue.' : `Nothing of ${customer} is overdue.`,
        }),
      );
    return 0;
  },
});

const HEAD = ['invoice', 'customer', 'open', '', 'due on', 'days', 'stage'];

function cellsOf({ number, customer, open, currency, dueOn, daysOverdue, stage = '', isPaused }: Row): string[] {
  return [number, customer, open, currency, dueOn, String(daysOverdue), isPaused ? 'paused: disputed' : stage];
}
