// lading receivables: what customers owe, by age, and what they have on account.

import { defineCommand } from '../command.ts';
import { askAll } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { listed } from '../text/aligned.ts';

type Row = {
  readonly customer: string;
  readonly currency: string;
  readonly ages: Readonly<Record<string, string>>;
  readonly owed: string;
  readonly onAccount: string;
  readonly disputed: string;
};

export const command = defineCommand({
  name: 'receivables',
  summary: 'what customers owe, by customer and currency, with its age',
  usage: '[--customer ID] [--json]',
  help: 'Open invoices by days since they were due. "owed" is invoices less credit notes; "on account" is paid and not applied yet: "lading allocate" applies it.',
  options: {
    customer: { type: 'string', value: 'ID', about: 'of this customer alone' },
    json: { type: 'boolean', about: 'the rows as JSON' },
    key: HUB_KEY,
  },
  async run({ options, env, stdout }) {
    const { customer } = options;
    const hub = await needRunningHub(env, options.key);
    const rows = await askAll<Row>(hub, '/v1/receivables', { customer });
    if (options.json) stdout.line(JSON.stringify(rows));
    else
      stdout.lines(
        listed(rows, {
          head: HEAD,
          cellsOf,
          none: customer === undefined ? 'Nobody owes anything.' : `${customer} owes nothing.`,
        }),
      );
    return 0;
  },
});

const HEAD = ['customer', '', 'owed', 'not due', '1-30', '31-60', '61-90', 'over 90', 'disputed', 'on account'];

function cellsOf({ customer, currency, ages, owed, onAccount, disputed }: Row): string[] {
  const { notDue = '', days1To30 = '', days31To60 = '', days61To90 = '', over90Days = '' } = ages;
  return [customer, currency, owed, notDue, days1To30, days31To60, days61To90, over90Days, disputed, onAccount];
}
