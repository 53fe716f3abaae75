// lading pause SYSTEM [--reason TEXT]: holds what would go to an outside system.
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'pause',
  summary: 'holds what would go to an outside system',
  usage: 'SYSTEM [--reason TEXT] [--json]',
  help: 'What is wanted there waits in its order until "lading resume SYSTEM"; nothing is given up. Reading from it goes on.',
  positionals: { name: 'SYSTEM', min: 1, max: 1 },
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why, for whoever wonders later' },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [system = ''], options: { reason, json, key }, env, stdout }) {
    const hub = await needRunningHub(env, key);
    const path = `/v1/systems/${encodeURIComponent(system)}/pause`;
    const answer = await hub.ask<{ changed: boolean }>('POST', path, { json: reason === undefined ? {} : { reason } });
    if (json) stdout.line(JSON.stringify(answer));
    else stdout.line(answer.changed ? `${system} is paused.` : `${system} was paused before.`);
    return 0;
  },
});
