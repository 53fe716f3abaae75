// lading waive EXCEPTION --reason TEXT: closes what nothing else would ever close.
import { defineCommand } from '../command.ts';
import { openException } from '../open-exception.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'waive',
  summary: 'closes an exception that nothing else would ever close',
  usage: 'EXCEPTION --reason TEXT [--json]',
  help: 'EXCEPTION is its number or its subject. Only kinds whose cause may never go, such as a duplicate bill; docs/exceptions.md lists them. It stays closed until the facts change.',
  positionals: { name: 'EXCEPTION', min: 1, max: 1 },
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why', required: true },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [ref = ''], options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const { id, kind, subject } = await openException(hub, ref);
    const json = { reason: options.reason };
    const answer = await hub.ask<object>('POST', `/v1/exceptions/${id}/waive`, { json });
    if (options.json) stdout.line(JSON.stringify(answer));
    else stdout.line(`${kind} ${subject}: waived.`);
    return 0;
  },
});
