// lading margin [--by shipment|lane|customer|carrier]: what is left of each.
import type { MarginLine } from '../../insight/margins.ts';
import { MARGIN_CUTS } from '../../store/read/margins.ts';
import { defineCommand } from '../command.ts';
import { monthFrom } from '../month.ts';
import { queryFrom } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';

const MOST_LINES = 500;

export const command = defineCommand({
  name: 'margin',
  summary: 'revenue less cost by shipment, lane, customer or carrier, from the tender on',
  usage: '[SUBJECT] [--by CUT] [--from MONTH] [--to MONTH] [--entity E] [--json]',
  help: `SUBJECT  that shipment, lane, customer or carrier alone
From the ledger, before tax: expected, accrued and invoiced together; "earned" is what of the margin is delivered.
Currencies are brought together only by the rates kept with a shipment; where there is none, each currency has its own line.
At most ${MOST_LINES} are shown; GET /v1/margin has all, in pages.`,
  positionals: { name: 'SUBJECT', min: 0, max: 1 },
  options: {
    by: { type: 'string', value: 'CUT', choices: MARGIN_CUTS, about: `${MARGIN_CUTS.join(', ')} (else shipment)` },
    from: { type: 'string', value: 'MONTH', about: 'booked in this month or later, such as 2026-05' },
    to: { type: 'string', value: 'MONTH', about: 'booked in this month or before' },
    entity: { type: 'string', value: 'E', about: 'of this legal entity alone' },
    json: { type: 'boolean', about: 'the lines as JSON' },
    key: HUB_KEY,
  },
  async run({ args: [subject], options, env, stdout }) {
    const { by = 'shipment', from, to, entity } = options;
    const query = queryFrom({
      ...{ by, of: subject, legalEntity: entity, limit: String(MOST_LINES) },
      from: from === undefined ? undefined : monthFrom(from),
      to: to === undefined ? undefined : monthFrom(to),
    });
    const hub = await needRunningHub(env, options.key);
    const { items } = await hub.ask<{ items: MarginLine[] }>('GET', `/v1/margin?${query}`);
    if (options.json) stdout.line(JSON.stringify(items, null, 2));
    else stdout.lines(marginText(by, items));
    return 0;
  },
});

function marginText(by: string, items: readonly MarginLine[]): string[] {
  if (items.length === 0) return ['Nothing was booked: no shipment was tendered yet, or none is so called.'];
  const rows = items.map(
    ({ of, legalEntity, revenue, cost, margin, marginPercent, earned, currency, converted, isPart }) => [
      of || '-',
      legalEntity || '-',
      revenue,
      cost,
      margin,
      currency,
      marginPercent === undefined ? '' : `${marginPercent} %`,
      earned.margin,
      [...converted, ...(isPart ? ['a part: other currencies have their own lines'] : [])].join(', '),
    ],
  );
  return aligned([[by, 'entity', 'revenue', 'cost', 'margin', '', '', 'earned', ''], ...rows]);
}
