// lading charge add|credit|write-off SHIPMENT --code CODE --amount A --reason TEXT: what people enter by hand.
import { defineCommand } from '../command.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { UserError } from '../user-error.ts';

const ENTRY_OF = { add: 'charge', credit: 'credit', 'write-off': 'write-off' } as const;
const DONE = { add: 'charged', credit: 'credited', 'write-off': 'written off' } as const;

type Answer = {
  readonly amount: string;
  readonly currency: string;
  readonly waits: boolean;
  readonly documents: readonly string[];
};

export const command = defineCommand({
  name: 'charge',
  summary: 'adds, credits or writes off a charge by hand, with a reason',
  usage: 'add|credit|write-off SHIPMENT --code CODE [--amount A] --reason TEXT [--currency C] [--json]',
  help: `add        charges the customer so much more
credit     takes off a part of a charge; what is invoiced is taken back by a credit note
write-off  waives what is not invoiced yet: --amount of it, or all
Beyond what your role may enter alone (policies.json, adjustments.manualLimits) it waits for somebody else's "lading approve".`,
  positionals: { name: 'add|credit|write-off SHIPMENT', min: 2, max: 2 },
  options: {
    code: { type: 'string', value: 'CODE', about: 'the charge code, such as LHL', required: true },
    amount: { type: 'string', value: 'A', about: 'above zero, such as 50.00' },
    currency: { type: 'string', value: 'C', about: 'where the shipment is billed in several' },
    reason: { type: 'string', value: 'TEXT', about: 'why', required: true },
    json: { type: 'boolean', about: 'the answer as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [act = '', shipment = ''], options, env, stdout }) {
    if (!isAct(act)) {
      throw new UserError({ what: 'unknown act', where: act, mend: 'it is one of add, credit, write-off' });
    }
    const { code, amount, currency, reason } = options;
    if (amount === undefined && act !== 'write-off') {
      throw new UserError({ what: 'option missing', where: '--amount', mend: `say how much to ${act}` });
    }
    const hub = await needRunningHub(env, options.key);
    const json = { entry: ENTRY_OF[act], code, amount, currency, reason };
    const answer = await hub.ask<Answer>('POST', `/v1/shipments/${encodeURIComponent(shipment)}/charges`, { json });
    if (options.json) stdout.line(JSON.stringify(answer));
    else stdout.line(`${shipment}: ${code} ${answer.amount} ${answer.currency} ${whatBecame(act, answer)}`);
    return 0;
  },
});

function isAct(text: string): text is keyof typeof ENTRY_OF {
  return Object.hasOwn(ENTRY_OF, text);
}

function whatBecame(act: keyof typeof ENTRY_OF, { waits, documents }: Answer): string {
  if (waits) return 'is beyond your limit and waits for somebody else to approve it.';
  return documents.length > 0 ? `${DONE[act]}: ${documents.join(', ')}.` : `${DONE[act]}.`;
}
