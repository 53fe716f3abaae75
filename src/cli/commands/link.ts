// lading link EXCEPTION SHIPMENT: says which shipment a number means.
import { defineCommand } from '../command.ts';
import { openException } from '../open-exception.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { UserError } from '../user-error.ts';

const LINKABLE = ['unmatched-reference', 'carrier-invoice-unmatched'];

export const command = defineCommand({
  name: 'link',
  summary: 'says which shipment the number of an unmatched-reference or an unmatched bill means',
  usage: 'EXCEPTION SHIPMENT [--reference TYPE:NUMBER] [--reason TEXT] [--json]',
  help: 'EXCEPTION is its number or its subject. The hub learns the number: what waits under it applies itself, and what comes under it later finds the shipment.',
  positionals: { name: 'EXCEPTION SHIPMENT', min: 2, max: 2 },
  options: {
    reference: { type: 'string', value: 'TYPE:NUMBER', about: 'which of its numbers, where there are several' },
    reason: { type: 'string', value: 'TEXT', about: 'why' },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [ref = '', shipment = ''], options, env, stdout }) {
    const reference = options.reference === undefined ? undefined : referenceFrom(options.reference);
    const hub = await needRunningHub(env, options.key);
    const { id, kind, subject } = await openException(hub, ref, LINKABLE);
    const { reason } = options;
    const json = { shipment, ...(reference && { reference }), ...(reason === undefined ? {} : { reason }) };
    const answer = await hub.ask<{ state: string }>('POST', `/v1/exceptions/${id}/link`, { json });
    const stays = answer.state === 'open' ? ' More waits under other numbers.' : '';
    if (options.json) stdout.line(JSON.stringify(answer));
    else stdout.line(`${kind} ${subject}: linked to ${shipment}.${stays}`);
    return 0;
  },
});

function referenceFrom(text: string): { type: string; value: string } {
  const colon = text.indexOf(':');
  if (colon <= 0 || colon === text.length - 1) {
    throw new UserError({ what: 'not a number with its type', where: text, mend: 'write it as pro:4711' });
  }
  return { type: text.slice(0, colon), value: text.slice(colon + 1) };
}
