// lading carrier-disputes: disputes with carriers, and what came back by carrier and currency.
import { DISPUTE_STATES } from '../../model/carrier-dispute.ts';
import type { DisputeTotals, DisputeView } from '../../store/read/carrier-disputes.ts';
import { defineCommand } from '../command.ts';
import { queryFrom } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { section } from '../text/parts.ts';

export const command = defineCommand({
  name: 'carrier-disputes',
  summary: 'disputes with carriers, how far they are, and what came back',
  usage: '[--carrier ID] [--state STATE] [--json]',
  help: 'The newest hundred, and the totals of all. "./lading carrier-dispute" moves one on; "./lading packet CARRIER/INVOICE" makes its proof.',
  options: {
    carrier: { type: 'string', value: 'ID', about: 'of one carrier' },
    state: { type: 'string', value: 'STATE', choices: DISPUTE_STATES, about: 'only those' },
    json: { type: 'boolean', about: 'disputes and totals as JSON' },
    key: HUB_KEY,
  },
  async run({ options: { carrier, state, json, key }, env, stdout }) {
    const hub = await needRunningHub(env, key);
    const list = `/v1/carrier-disputes?${queryFrom({ carrier, state })}`;
    const { items: disputes } = await hub.ask<{ items: DisputeView[] }>('GET', list);
    const sums = `/v1/carrier-disputes/totals?${queryFrom({ carrier })}`;
    const { totals } = await hub.ask<{ totals: DisputeTotals[] }>('GET', sums);
    if (json) stdout.line(JSON.stringify({ disputes, totals }));
    else stdout.lines(disputeLines(disputes, totals));
    return 0;
  },
});

function disputeLines(disputes: readonly DisputeView[], totals: readonly DisputeTotals[]): string[] {
  if (disputes.length === 0 && totals.length === 0) return ['No disputes.'];
  return [
    ...disputes.map(({ carrier, invoice, state, disputed, recovered, currency, steps }) => {
      const why = steps.at(-1)?.reason ?? '';
      return `${carrier}/${invoice} ${state}: ${disputed} ${currency} disputed, ${recovered} recovered. ${why}`.trimEnd();
    }),
    ...section(
      'By carrier and currency',
      totals.map(({ carrier, currency, disputes: count, disputed, open, recovered, writtenOff }) => {
        return `${carrier} ${currency}: ${count} disputes, disputed ${disputed}, open ${open}, recovered ${recovered}, written off ${writtenOff}`;
      }),
    ),
  ];
}
