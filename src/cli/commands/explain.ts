// lading explain REF [--json]: why a shipment, charge, invoice or message is as it is.

import { explain } from '../../insight/explain.ts';
import type { Explanation } from '../../insight/explanation.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, HUB_KEY, HubRefusal } from '../running-hub.ts';
import { explanationLines } from '../text/explanation.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'explain',
  summary: 'why a shipment, order, charge, invoice or message is as it is, and what it waits for',
  usage: 'REF [--json]',
  help: `REF  a shipment, or any number that a shipment carries
     an invoice number, ours or the ERP's
     a charge, such as S-1/LFT; a carrier's invoice, such as rdwy/R-77; a payment
     an order's number (order:SO-1 where a shipment is called so too); demand:SO-1, what was asked of whom to carry it
     the id of a message, event or exception; message:12 says which is meant`,
  positionals: { name: 'REF', min: 1, max: 1 },
  options: {
    json: { type: 'boolean', about: 'the explanation as JSON' },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, stdout } = context;
    const [ref = ''] = args;
    const explanation = await askFor(context, ref, options.key);
    if (explanation === undefined) {
      const mend = 'give a shipment, a number it carries, an order, an invoice, a charge as S-1/LFT, or a message id';
      throw new UserError({ what: 'nothing is known by that name', where: ref, mend });
    }
    if (options.json) stdout.line(JSON.stringify(explanation));
    else stdout.lines(explanationLines(explanation));
    return 0;
  },
});

// The running hub knows which database is its own; without one the database is asked.
async function askFor(
  context: Pick<CommandContext, 'env' | 'stderr'>,
  ref: string,
  key: string | undefined,
): Promise<Explanation | undefined> {
  const hub = await findRunningHub(context.env, key);
  if (hub === undefined) return withDatabase(context, (pipeline) => explain(pipeline, ref));
  try {
    return await hub.ask<Explanation>('GET', `/v1/explain/${encodeURIComponent(ref)}`);
  } catch (error) {
    if (error instanceof HubRefusal && error.status === 404) return undefined;
    throw error;
  }
}
