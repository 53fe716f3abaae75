// lading ledger show SHIPMENT | export PERIOD: what was booked, and a month's journal for an ERP.
import { type JournalView, journalCsv } from '../../api/journal-view.ts';
import { LEDGER_STAGES } from '../../model/ledger.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { monthFrom } from '../month.ts';
import { HUB_KEY, needRunningHub, type RunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';

type Entry = Record<'posting' | 'bookedOn' | 'account' | 'debit' | 'credit' | 'currency' | 'code' | 'reason', string>;
const EXPORT_MS = 120_000;

export const command = defineCommand({
  name: 'ledger',
  summary: "shows what was booked for a shipment, or exports a month's journal for an ERP",
  usage: 'show SHIPMENT | export PERIOD [--entity E] [--stage S]… [--csv|--odoo] [--json]',
  help: `show    the entries of a shipment, with the reason of each
export  the journal of a month, such as 2026-05, with the accounts and dimensions of ledger.json; as JSON, or with --csv as CSV
        with the totals on stderr. Whole or not at all: what is missing is named, and by policy blocks it (exit code 2).
        With --odoo as CSV that Odoo imports as journal entries, a day each; one legal entity, with all its accounts.
        Without --stage the accruals, which an ERP does not have from its own invoices and bills.
Exporting needs a key of role finance.`,
  positionals: { name: 'ACT SHIPMENT|PERIOD', min: 2, max: 2 },
  options: {
    entity: { type: 'string', value: 'E', about: 'of this legal entity alone' },
    stage: { type: 'string', value: 'S', multiple: true, choices: LEDGER_STAGES, about: LEDGER_STAGES.join(', ') },
    csv: { type: 'boolean', about: 'the journal as CSV' },
    odoo: { type: 'boolean', about: "a file for Odoo's import of journal entries" },
    json: { type: 'boolean', about: 'the answer as JSON; the journal always is, unless --csv or --odoo' },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, env } = context;
    const [act = '', subject = ''] = args;
    if (act === 'show') return show(await needRunningHub(env, options.key), subject, context);
    if (act === 'export') {
      const period = monthFrom(subject);
      return exported(await needRunningHub(env, options.key), period, context);
    }
    throw new UserError({ what: 'unknown act', where: act, mend: 'use show or export' });
  },
});

type Context = CommandContext<{
  entity: string | undefined;
  stage: string[];
  csv: boolean;
  odoo: boolean;
  json: boolean;
}>;

async function show(hub: RunningHub, shipment: string, { options, stdout }: Context): Promise<number> {
  const items: Entry[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ shipment, limit: '500', ...(cursor && { cursor }) });
    const page = await hub.ask<{ items: Entry[]; next?: string }>('GET', `/v1/ledger/entries?${query}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  if (options.json) stdout.line(JSON.stringify(items, null, 2));
  else if (items.length === 0)
    stdout.line(`Nothing was booked for ${shipment}: it was not tendered yet, or is not known.`);
  else stdout.lines(shown(items));
  return 0;
}

function shown(items: readonly Entry[]): string[] {
  const postings = [...Map.groupBy(items, ({ posting }) => posting).values()];
  return postings.flatMap((entries) => {
    const { bookedOn, reason } = entries[0] as Entry;
    const rows = entries.map(({ account, code, debit, credit, currency }) => [
      `  ${account}`,
      code,
      debit,
      credit,
      currency,
    ]);
    return [`${bookedOn}  ${reason}`, ...aligned([['', '', 'debit', 'credit', ''], ...rows])];
  });
}

async function exported(hub: RunningHub, period: string, { options, stdout, stderr }: Context): Promise<number> {
  const { entity, stage, csv, odoo } = options;
  const json = {
    period,
    ...(entity === undefined ? {} : { legalEntity: entity }),
    ...(stage.length === 0 ? {} : { stages: stage }),
  };
  if (odoo) {
    const asked = { json: { ...json, format: 'odoo' }, timeoutMs: EXPORT_MS, asText: true };
    stdout.write(await hub.ask<string>('POST', '/v1/journal-exports', asked));
    return 0;
  }
  const journal = await hub.ask<JournalView>('POST', '/v1/journal-exports', { json, timeoutMs: EXPORT_MS });
  if (csv) stdout.write(journalCsv(journal));
  else stdout.line(JSON.stringify(journal, null, 2));
  for (const { legalEntity, currency, debit, credit, lines } of journal.totals) {
    stderr.line(`${legalEntity || 'no entity'} ${currency}: ${lines} lines, debit ${debit}, credit ${credit}`);
  }
  for (const { legalEntity, what, of, lines } of journal.missing) {
    stderr.line(`${legalEntity || 'no entity'}: no ${what} of ${of || 'what is not known'}, ${lines} lines`);
  }
  return 0;
}
