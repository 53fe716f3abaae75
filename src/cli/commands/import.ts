// lading import DIR [--json]: loads setup files; what changed becomes a new version (contract section 2).
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Setup } from '../../model/setup/index.ts';
import { type ImportResult, importSetup } from '../../pipeline/setup.ts';
import { defineCommand } from '../command.ts';
import { withDatabase } from '../own-database.ts';
import { setupIn } from '../setup-folder.ts';

const NOTHING = 'nothing was imported';

export const command = defineCommand({
  name: 'import',
  summary: 'loads setup files; a change to a live object becomes a new version',
  usage: 'DIR [--json]',
  help: `DIR has any of partners, agreements, policies, fuel, taxes and audit, as .json or .yaml. All of it is taken, or nothing:
a file that cannot be used is named with the place in it and what is allowed there. What the files do not name stays.`,
  positionals: { name: 'DIR', min: 1, max: 1 },
  options: { json: { type: 'boolean', about: 'what was done, as JSON' } },
  async run({ args: [dir = '.'], options, cwd, env, stdout, stderr }) {
    const folder = resolve(cwd, dir);
    // Said before a database is opened: what is broken in itself needs none.
    await setupIn(folder, NOTHING);
    return withDatabase({ env, stderr }, async (context) => {
      const known = await context.rules.current(context.store);
      const setup = await setupIn(folder, NOTHING, { partners: new Set(known.partners.keys()) });
      const result = await importSetup(context, setup, `${userInfo().username} at the command line`);
      const same = unchanged(setup, result);
      stdout.line(options.json ? JSON.stringify({ ...result, unchanged: same }) : told(result, same));
      return 0;
    });
  },
});

function unchanged({ fuel = [], ...lists }: Setup, { added, fuelPrices }: ImportResult): number {
  const objects = Object.values(lists).reduce((sum, list) => sum + list.length, 0);
  const prices = fuel.reduce((sum, { entries }) => sum + entries.length, 0);
  return objects - added.length + prices - fuelPrices;
}

function told({ added, fuelPrices, woken }: ImportResult, same: number): string {
  return [
    ...added.map(({ kind, id, version }) => `${kind} ${id}: ${version === 1 ? 'new' : `version ${version}`}`),
    ...(fuelPrices > 0 ? [`fuel prices: ${fuelPrices} new or changed`] : []),
    ...(same > 0 ? [`unchanged: ${same}`] : []),
    ...(woken > 0 ? [`shipments that will be decided again: ${woken}`] : []),
  ].join('\n');
}
