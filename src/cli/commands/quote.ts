// lading quote FILE [--setup DIR] [--json]: what a shipment would cost, before there is an order.
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { quoteFor } from '../../domain/quoting/quote.ts';
import { type Quote, QuoteRequest } from '../../model/quote.ts';
import type { RuleBook } from '../../model/rules.ts';
import { taxInWords } from '../../model/tax.ts';
import { validate } from '../../model/validate.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readInputFile } from '../input-file.ts';
import { rulesOfDatabase, rulesOfFolder } from '../rules-at-hand.ts';
import { section, table } from '../text/parts.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'quote',
  summary: 'what a shipment would cost, with the arithmetic; nothing stored',
  usage: 'FILE [--setup DIR] [--json]',
  help: `FILE  a shipment as shipment.planned has it, without its number: customer, mode, stops and what its lane is priced by;
      also charges: [{ code, quantity }] that are asked for, ratingDate and legalEntity. JSON or YAML.
The rules come from --setup, else from the hub's database when it is up. Tax is an estimate.
Exit code 1: something could not be rated or taxed; the answer says what.`,
  positionals: { name: 'FILE', min: 1, max: 1 },
  options: {
    setup: { type: 'string', value: 'DIR', about: 'a folder of setup files' },
    json: { type: 'boolean', about: 'the quotation as JSON' },
  },
  async run({ args: [file = ''], options, stdout, env, cwd }) {
    const request = await requestIn(resolve(cwd, file));
    const quote = quoteFor(request, await rulesFor(options.setup, { env, cwd }), Date.now());
    if (options.json) stdout.line(JSON.stringify(quote, undefined, 2));
    else stdout.lines(quoteLines(quote));
    return quote.isComplete ? 0 : 1;
  },
});

async function requestIn(path: string): Promise<QuoteRequest> {
  const text = (await readInputFile(path)).toString('utf8');
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UserError({ what: 'the file is neither JSON nor YAML', where: path, mend: reason });
  }
  const checked = validate(QuoteRequest, value);
  if (checked.ok) return checked.value;
  const [first] = checked.problems;
  const where = first?.path ? `${path} ${first.path}` : path;
  throw new UserError({ what: 'the file does not describe a shipment', where, mend: first?.message ?? 'correct it' });
}

async function rulesFor(
  setup: string | undefined,
  { env, cwd }: Pick<CommandContext, 'env' | 'cwd'>,
): Promise<RuleBook> {
  if (setup !== undefined) return rulesOfFolder(resolve(cwd, setup));
  const rules = await rulesOfDatabase(env);
  if (rules !== undefined) return rules;
  const mend = 'name a folder of setup files by --setup, or start the hub by "./lading up"';
  throw new UserError({ what: 'there are no rules to quote by', where: "the hub's database", mend });
}

function quoteLines(quote: Quote): string[] {
  const { currency = '', agreement, legalEntity, lines, subtotal, tax, total, problems } = quote;
  const facts = [
    ['customer', quote.customer],
    ['billed by', legalEntity ?? ''],
    ['rated on', quote.ratingDate],
    ['agreement', agreement === undefined ? '' : `${agreement.id} version ${agreement.version}`],
    ['before tax', `${subtotal} ${currency}`.trimEnd()],
    ['tax', tax === undefined ? 'undetermined' : `${tax} ${currency} (an estimate)`],
    ['total', total === undefined ? '' : `${total} ${currency}`],
  ];
  return [
    ...table(facts.filter(([, value]) => value !== '')),
    ...section(
      'Lines',
      lines.flatMap(({ code, lane, amount, derivation, tax: ofLine, taxedBy }) => [
        `${code} ${amount}${lane === undefined ? '' : ` (lane ${lane})`}`,
        ...derivation.map((step) => `    ${step}`),
        ...(taxedBy === undefined ? [] : [`    tax ${ofLine}: ${taxInWords(taxedBy)}`]),
      ]),
    ),
    ...section(
      'Missing',
      problems.map(({ kind, detail }) => `${kind}: ${detail}`),
    ),
    ...section('Not included', quote.notIncluded),
  ];
}
