// lading approve SHIPMENT: releases the adjustment that waits for it.
import { waitingAdjustment } from '../adjustments.ts';
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'approve',
  summary: 'releases an adjustment that waits in adjustment-approval',
  usage: 'SHIPMENT [--json]',
  help: 'What waits at this moment is released, as the facts now are. It is kept in the audit trail under the key that is used.',
  positionals: { name: 'SHIPMENT', min: 1, max: 1 },
  options: {
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [shipment = ''], options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const { id, detail } = await waitingAdjustment(hub, shipment);
    const answer = await hub.ask<{ documents: string[]; entries: string[] }>('POST', `/v1/exceptions/${id}/approve`, {
      json: {},
    });
    if (options.json) stdout.line(JSON.stringify(answer));
    else stdout.line(`${shipment}: released ${[...answer.entries, ...answer.documents].join(', ')}. ${detail}`);
    return 0;
  },
});
