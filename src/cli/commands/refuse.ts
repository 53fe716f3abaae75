// lading refuse SHIPMENT --reason TEXT: waives the adjustment that waits for approval.
import { waitingAdjustment } from '../adjustments.ts';
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';

export const command = defineCommand({
  name: 'refuse',
  summary: 'waives an adjustment that waits in adjustment-approval',
  usage: 'SHIPMENT --reason TEXT [--json]',
  help: 'The differences that wait at this moment are neither billed nor asked for again. Who, when and why is kept in the audit trail.',
  positionals: { name: 'SHIPMENT', min: 1, max: 1 },
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why', required: true },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [shipment = ''], options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const { id } = await waitingAdjustment(hub, shipment);
    const json = { reason: options.reason };
    const answer = await hub.ask<{ waived: string[]; entries: string[] }>('POST', `/v1/exceptions/${id}/refuse`, {
      json,
    });
    if (options.json) stdout.line(JSON.stringify(answer));
    else stdout.line(`${shipment}: ${saidOf(answer)}.`);
    return 0;
  },
});

function saidOf({ waived, entries }: { waived: readonly string[]; entries: readonly string[] }): string {
  const said = [
    ...(waived.length > 0 ? [`waived ${waived.join(', ')}`] : []),
    ...(entries.length > 0 ? [`refused ${entries.join(', ')}`] : []),
  ];
  return said.join('; ');
}
