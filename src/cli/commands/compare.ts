// lading compare [--now]: where our books and those of the ERP differ, document by document.

import { defineCommand } from '../command.ts';
import { askAll } from '../pages.ts';
import { HUB_KEY, needRunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';

type Comparison = {
  readonly system: string;
  readonly comparedAt?: string;
  readonly dueAt: string;
  readonly documents: number;
  readonly differing: number;
  readonly failure?: string;
};
type Difference = {
  readonly document: string;
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly since: string;
};

export const command = defineCommand({
  name: 'compare',
  summary: 'where our books and those of the ERP differ: number, state and amount of each document',
  usage: '[--now] [--json]',
  help: `Tells what the last nightly comparison found. With --now our books are compared at once.

Exit code 1: some document differs.`,
  options: {
    now: { type: 'boolean', about: 'compare now, and not only at night' },
    json: { type: 'boolean', about: 'comparisons and differences as one JSON value' },
    key: HUB_KEY,
  },
  async run({ options, env, stdout }) {
    const hub = await needRunningHub(env, options.key);
    const { items } = await hub.ask<{ items: Comparison[] }>(options.now ? 'POST' : 'GET', '/v1/comparisons');
    const differences = await askAll<Difference>(hub, '/v1/comparisons/differences', {});
    if (options.json) stdout.line(JSON.stringify({ comparisons: items, differences }, null, 2));
    else {
      if (items.length === 0)
        stdout.line('Nothing was compared yet: no ERP is connected, or its first night is to come.');
      for (const comparison of items) stdout.line(summaryOf(comparison));
      if (differences.length > 0) stdout.lines(aligned([HEAD, ...differences.map(cellsOf)]));
    }
    return differences.length === 0 ? 0 : 1;
  },
});

const HEAD = ['document', 'differs in', 'ours', 'theirs', 'since'];

function cellsOf({ document, what, ours, theirs, since }: Difference): string[] {
  return [document, what, ours || '-', theirs || '-', since];
}

function summaryOf({ system, comparedAt, dueAt, documents, differing, failure }: Comparison): string {
  const tried = failure === undefined ? '' : ` The last try failed: ${failure}.`;
  if (comparedAt === undefined) return `${system}: not compared yet, due ${dueAt}.${tried}`;
  const found = differing === 0 ? 'nothing differs' : `${differing} differ`;
  return `${system}: ${documents} documents compared at ${comparedAt}, ${found}; next ${dueAt}.${tried}`;
}
