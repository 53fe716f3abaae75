// lading carrier-dispute CARRIER/INVOICE MOVE --reason TEXT: moves a dispute with a carrier on.
import { resolve } from 'node:path';
import { DISPUTE_MOVES } from '../../model/carrier-dispute.ts';
import type { DisputeView } from '../../store/read/carrier-disputes.ts';
import { defineCommand } from '../command.ts';
import { writeOutput } from '../output-file.ts';
import { HUB_KEY, needRunningHub, type RunningHub } from '../running-hub.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'carrier-dispute',
  summary: 'moves a dispute about a carrier invoice on: sent, accepted, short-paid, written-off',
  usage: 'CARRIER/INVOICE MOVE --reason TEXT [--recovered AMOUNT] [--packet FILE] [--json]',
  help: `sent         the carrier has our objection; --packet writes its signed proof to a file, to be sent along
accepted     the carrier gives up what is disputed, or the part that --recovered names
short-paid   what is expected is paid, whatever the carrier says
written-off  it is paid as billed
The last three settle it, and its bill goes to the ERP. Who, when and why is kept. "./lading carrier-disputes" lists them.`,
  positionals: { name: 'CARRIER/INVOICE MOVE', min: 2, max: 2 },
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why', required: true },
    recovered: { type: 'string', value: 'AMOUNT', about: 'how much the carrier gives up, where that is not all' },
    packet: { type: 'string', value: 'FILE', about: 'writes the proof there, as a page' },
    json: { type: 'boolean', about: 'the dispute as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [name = '', move = ''], options, env, cwd, stdout }) {
    if (!DISPUTE_MOVES.some((each) => each === move)) {
      throw new UserError({ what: 'unknown move', where: move, mend: `it is one of ${DISPUTE_MOVES.join(', ')}` });
    }
    const hub = await needRunningHub(env, options.key);
    const { id, packet } = await disputeNamed(hub, name);
    if (options.packet !== undefined) {
      const page = await hub.ask<string>('GET', packet, { headers: { accept: 'text/html' }, asText: true });
      await writeOutput(resolve(cwd, options.packet), page);
    }
    const { reason, recovered } = options;
    const json = { to: move, reason, ...(recovered === undefined ? {} : { recovered }) };
    const dispute = await hub.ask<DisputeView>('POST', `/v1/carrier-disputes/${id}/move`, { json });
    if (options.json) stdout.line(JSON.stringify(dispute));
    else
      stdout.line(
        `${name}: ${dispute.state}; recovered ${dispute.recovered} of ${dispute.disputed} ${dispute.currency}.`,
      );
    return 0;
  },
});

/** The newest of that name: either part may have a slash in it. */
async function disputeNamed(hub: RunningHub, name: string): Promise<DisputeView> {
  const parts = name.split('/');
  for (let at = 1; at < parts.length; at++) {
    const query = new URLSearchParams({ carrier: parts.slice(0, at).join('/'), invoice: parts.slice(at).join('/') });
    const { items } = await hub.ask<{ items: DisputeView[] }>('GET', `/v1/carrier-disputes?${query}`);
    if (items[0] !== undefined) return items[0];
  }
  const mend = 'name it as carrier/invoice; "./lading carrier-disputes" lists those there are';
  throw new UserError({ what: 'no dispute', where: name, mend });
}
