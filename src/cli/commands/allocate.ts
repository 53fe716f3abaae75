// lading allocate PAYMENT INVOICE --customer ID: applies what a payment has left to an invoice.
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'allocate',
  summary: 'applies what a payment has left to an invoice',
  usage: 'PAYMENT INVOICE --customer ID [--amount AMOUNT] [--json]',
  help: 'For what no remittance told: an over-payment that stayed on account, a payment that found no invoice. Without --amount, as much as the payment has left and the invoice has open.',
  positionals: { name: 'PAYMENT INVOICE', min: 2, max: 2 },
  options: {
    customer: { type: 'string', value: 'ID', about: 'whose payment it is', required: true },
    amount: { type: 'string', value: 'AMOUNT', about: 'a part of it' },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [payment = '', invoice = ''], options: { customer, amount, ...options }, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const json = { payment, invoice, customer, ...(amount === undefined ? {} : { amount }) };
    const answer = await hub.ask<{ invoice: string; amount: string; currency: string; left: string }>(
      'POST',
      '/v1/payments/allocate',
      { json },
    );
    const { currency } = answer;
    if (options.json) stdout.line(JSON.stringify(answer));
    else
      stdout.line(
        `${answer.invoice}: ${answer.amount} ${currency} of ${payment} applied; ${answer.left} ${currency} of it are left.`,
      );
    return 0;
  },
});
