// lading landed-cost ORDER [--customer ID] [--json]: what an order's goods came to.

import { landedCosts } from '../../insight/landed-cost.ts';
import type { LandedCostReport } from '../../model/landed-cost.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, HUB_KEY, HubRefusal } from '../running-hub.ts';
import { section, table } from '../text/parts.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'landed-cost',
  summary: "what an order's goods came to: price, freight, duty and customs, by line",
  usage: 'ORDER [--customer ID] [--json]',
  help: `Of each shipment of the order the carrier's charges as expected, and duty and customs lines as billed (policy key
landedCost), shared out over its contents by value. Exit code 1: something could not be converted; it says what.`,
  positionals: { name: 'ORDER', min: 1, max: 1 },
  options: {
    customer: { type: 'string', value: 'ID', about: 'whose order, where several use the number' },
    json: { type: 'boolean', about: 'the figures as JSON' },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, stdout } = context;
    const [order = ''] = args;
    const reports = await reportsOf(context, order, options.customer, options.key);
    if (reports.length === 0) {
      const mend = 'give the number as the customer placed it; "lading explain" finds shipments by it';
      throw new UserError({ what: 'nobody placed an order of that number', where: order, mend });
    }
    if (options.json) stdout.line(JSON.stringify(reports, undefined, 2));
    else stdout.lines(reports.flatMap(reportLines));
    return reports.every(({ isComplete }) => isComplete) ? 0 : 1;
  },
});

async function reportsOf(
  context: Pick<CommandContext, 'env' | 'stderr'>,
  order: string,
  customer: string | undefined,
  key: string | undefined,
): Promise<readonly LandedCostReport[]> {
  const hub = await findRunningHub(context.env, key);
  if (hub === undefined) return withDatabase(context, (pipeline) => landedCosts(pipeline, order, customer));
  const query = customer === undefined ? '' : `?customer=${encodeURIComponent(customer)}`;
  const path = `/v1/orders/${encodeURIComponent(order)}/landed-cost${query}`;
  try {
    return (await hub.ask<{ items: LandedCostReport[] }>('GET', path)).items;
  } catch (error) {
    if (error instanceof HubRefusal && error.status === 404) return [];
    throw error;
  }
}

function reportLines(it: LandedCostReport): string[] {
  const costs = (list: LandedCostReport['costs']) => list.map(({ code, amount }) => `${code} ${amount}`).join(', ');
  return [
    `Order ${it.order} of ${it.customer}: ${it.total} ${it.currency} landed (goods ${it.goods}${it.costs.length === 0 ? '' : `, ${costs(it.costs)}`})`,
    ...section(
      'Lines',
      table(
        it.lines.map(({ line, quantity, goods, costs: own, total, perUnit }) => [
          `line ${line}`,
          quantity,
          `goods ${goods}`,
          costs(own),
          `total ${total}`,
          perUnit === undefined ? '' : `${perUnit} each`,
        ]),
      ),
    ),
    ...section(
      'Shipments',
      it.shipments.flatMap(({ shipment, costs: own }) =>
        own.flatMap(({ code, amount, currency, share, derivation }) => [
          `${shipment} ${code} ${amount} ${currency}${share === undefined ? '' : `, of it ${share} ${it.currency} here`}`,
          ...derivation.map((step) => `    ${step}`),
        ]),
      ),
    ),
    ...section('Missing', it.problems),
  ];
}
