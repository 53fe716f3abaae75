// lading release SHIPMENT --reason TEXT: lets an invoice go beyond its customer's credit limit.
import { defineCommand } from '../command.ts';
import { openException } from '../open-exception.ts';
import { needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'release',
  summary: "lets a shipment's invoice go beyond its customer's credit limit",
  usage: 'SHIPMENT --reason TEXT [--json]',
  help: `Only what is held in credit-hold now; of a common invoice, each of its shipments. Others are held against the limit as before.
Who, when and why is kept in the audit trail.`,
  positionals: { name: 'SHIPMENT', min: 1, max: 1 },
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why', required: true },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: { type: 'string', value: 'KEY', about: 'a key of the running hub (else that of the data folder)' },
  },
  async run({ args: [shipment = ''], options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const { id } = await openException(hub, shipment, ['credit-hold']);
    const json = { reason: options.reason };
    const answer = await hub.ask<object>('POST', `/v1/exceptions/${id}/release`, { json });
    if (options.json) stdout.line(JSON.stringify(answer));
    else stdout.line(`${shipment}: released; its invoice is decided next.`);
    return 0;
  },
});
