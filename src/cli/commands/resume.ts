// lading resume SYSTEM: lets an outside system go again that was paused.
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'resume',
  summary: 'lets a paused outside system go again',
  usage: 'SYSTEM [--json]',
  positionals: { name: 'SYSTEM', min: 1, max: 1 },
  options: {
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [system = ''], options: { json, key }, env, stdout }) {
    const hub = await needRunningHub(env, key);
    const path = `/v1/systems/${encodeURIComponent(system)}/resume`;
    const answer = await hub.ask<{ changed: boolean }>('POST', path);
    if (json) stdout.line(JSON.stringify(answer));
    else stdout.line(answer.changed ? `${system} goes on.` : `${system} was not paused.`);
    return 0;
  },
});
