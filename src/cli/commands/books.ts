// lading books check [--json]: proves that nothing is unbilled in silence, or names what deviates (contract section 5).

import { type Books, booksOf } from '../../insight/books.ts';
import { connectErp, erpDocumentsOf } from '../../pipeline/hub.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { odooInForce } from '../odoo-setup.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, HUB_KEY } from '../running-hub.ts';
import { booksLines } from '../text/books.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'books',
  summary: 'proves by legal entity, currency and day that every charge is accounted for',
  usage: 'check [--json]',
  help: `check  total = expected + pending + invoiced + disputed + waived, and invoiced = what the posted documents bill;
       with an ERP connected, document by document against what it holds itself

Exit code 1: something deviates; each such charge and document is named.`,
  positionals: { name: 'check', min: 1, max: 1 },
  options: {
    json: { type: 'boolean', about: 'the books as one JSON value' },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, stdout } = context;
    if (args[0] !== 'check') {
      throw new UserError({ what: 'unknown act', where: args[0] ?? '', mend: 'usage: lading books check [--json]' });
    }
    const books = await askFor(context, options.key);
    if (options.json) stdout.line(JSON.stringify(books, null, 2));
    else stdout.lines(booksLines(books));
    return books.holds ? 0 : 1;
  },
});

// The running hub knows its own database and its ERP; without one the environment says which they are.
async function askFor(context: Pick<CommandContext, 'env' | 'stderr'>, key: string | undefined): Promise<Books> {
  const hub = await findRunningHub(context.env, key);
  if (hub !== undefined) return hub.ask<Books>('GET', '/v1/books');
  const erp = odooInForce(context.env);
  return withDatabase(context, async ({ store, clock }) => {
    const at = clock.now();
    if (erp === undefined) return booksOf(store, { at });
    const connected = connectErp(erp, clock);
    try {
      const erpDocuments = await erpDocumentsOf({ systems: [connected] }).catch(unreachable);
      return await booksOf(store, { at, erpDocuments });
    } finally {
      await connected.session.close();
    }
  });
}

function unreachable(error: unknown): never {
  const what = error instanceof Error ? error.message : String(error);
  throw new UserError({
    what,
    where: 'ODOO_URL',
    mend: 'try again when it answers, or unset ODOO_URL to leave it out',
  });
}
