// lading payments: what customers paid, what it settled, and what is left of it.
import type { Payment } from '../../insight/explanation/payment.ts';
import { defineCommand } from '../command.ts';
import { askAll } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { listed } from '../text/aligned.ts';

export const command = defineCommand({
  name: 'payments',
  summary: 'what customers paid, what it settled, and what is left of it',
  usage: '[--customer ID] [--left] [--json]',
  help: 'The newest first. "lading explain PAYMENT" says more of one; "lading allocate" applies what is left.',
  options: {
    customer: { type: 'string', value: 'ID', about: 'of this customer alone' },
    left: { type: 'boolean', about: 'only those with something left' },
    json: { type: 'boolean', about: 'the rows as JSON' },
    key: HUB_KEY,
  },
  async run({ options, env, stdout }) {
    const { customer } = options;
    const hub = await needRunningHub(env, options.key);
    const standing = options.left ? 'on-account' : undefined;
    const rows = await askAll<Payment>(hub, '/v1/payments', { customer, standing });
    if (options.json) stdout.line(JSON.stringify(rows));
    else
      stdout.lines(
        listed(rows, {
          head: HEAD,
          cellsOf,
          none: options.left
            ? 'Nothing is left of any payment.'
            : customer === undefined
              ? 'Nobody paid anything yet.'
              : `${customer} paid nothing yet.`,
        }),
      );
    return 0;
  },
});

const HEAD = ['payment', 'customer', 'received', 'amount', 'left', '', '', 'settles'];

function cellsOf({ payment, customer, receivedOn, amount, left, currency, standing, applied }: Payment): string[] {
  const settles = applied.map(({ invoice }) => invoice).join(', ');
  return [payment, customer, receivedOn, amount, left, currency, standing, settles];
}
