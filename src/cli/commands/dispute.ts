// lading dispute INVOICE --reason TEXT: a customer objects to an invoice of ours; --close: how it ended.
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'dispute',
  summary: 'writes down that a customer objects to an invoice, or how that ended',
  usage: 'INVOICE --reason TEXT [--close] [--json]',
  help: 'A disputed invoice stays open and counts for the credit limit, and is not collected until the dispute is closed. What is wrong with it is mended by the facts: a corrected plan, a shortage, an approved adjustment.',
  positionals: { name: 'INVOICE', min: 1, max: 1 },
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why it is disputed; with --close, how it ended', required: true },
    close: { type: 'boolean', about: 'the dispute has ended' },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [invoice = ''], options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const path = `/v1/invoices/${encodeURIComponent(invoice)}/dispute${options.close ? '/close' : ''}`;
    const answer = await hub.ask<{ customer: string }>('POST', path, { json: { reason: options.reason } });
    if (options.json) stdout.line(JSON.stringify(answer));
    else if (options.close)
      stdout.line(`${invoice}: the dispute of ${answer.customer} is closed; its days count again.`);
    else stdout.line(`${invoice}: disputed by ${answer.customer}; it is not collected until the dispute is closed.`);
    return 0;
  },
});
