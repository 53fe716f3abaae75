// Delimited files → carriers' freight bills, by the mapping in the sender's profile. Rows of one number are one bill.
import { type DelimitedRow, readDelimited } from '../../formats/delimited/index.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { FreightBillMapping } from '../../model/setup/mapping.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { directoryOf } from '../directory.ts';
import { billFrom, chargeCodeOf, type WrittenBill, type WrittenLine } from '../freight-bill/bill.ts';
import { unknownPartner } from '../json/translate.ts';
import { identifier, plain } from '../texts.ts';
import type { InboundMessage, Translation, TranslationProblem } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { amountIn, dayIn } from './cells.ts';

const FORMAT = 'delimited';
const MOST_PROBLEMS = 100;

export function translateDelimited(message: InboundMessage, rules: RuleBook): Translation {
  const sender = rules.partners.get(message.partner);
  if (sender === undefined) return refused(unknownPartner(message.partner));
  const opened = open(message, sender);
  if (typeof opened === 'string') return { ...refused(unreadable(message, opened)), sender: sender.id };
  const { mapping, rows } = opened;
  const carrierOf = (row: DelimitedRow) => carrierIn(row, mapping, sender, rules);
  const groups = Map.groupBy(rows, (row) => {
    const { invoice, carrier } = mapping.columns;
    return JSON.stringify([row.cells.get(invoice), carrier === undefined ? '' : row.cells.get(carrier)]);
  });
  const bills = [...groups.values()].map((group) => {
    const [first] = group as [DelimitedRow];
    const carrier = carrierOf(first);
    if (carrier === undefined) return { ok: false, problem: unknownCarrier(first, mapping) } as const;
    const written = billIn(group, mapping, carrier);
    return billFrom(written, { message, sender, source: `/delimited/${sender.id}` });
  });
  const problems = bills.flatMap((bill) => (bill.ok ? [] : [bill.problem]));
  return {
    format: FORMAT,
    sender: sender.id,
    events: bills.flatMap((bill) => (bill.ok ? [bill.event] : [])),
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

function refused(problem: TranslationProblem): Translation {
  return { format: FORMAT, events: [], problems: [problem] };
}

type Opened = { readonly mapping: FreightBillMapping; readonly rows: readonly DelimitedRow[] };

/** The first mapping whose columns the file has; else why none will do. */
function open({ bytes }: InboundMessage, { id, delimited = [] }: Partner): Opened | string {
  if (delimited.length === 0) {
    return `recognised as a delimited file, and ${id} has no mapping; say what its columns mean under "delimited" in partners.json`;
  }
  const reasons: string[] = [];
  for (const mapping of delimited) {
    const read = readDelimited(bytes, mapping);
    if (!read.ok) {
      reasons.push(`by mapping ${mapping.name}, ${read.fault.message}`);
      continue;
    }
    const missing = columnsOf(mapping).filter((column) => !read.columns.includes(column));
    if (missing.length === 0) return { mapping, rows: read.rows };
    reasons.push(`mapping ${mapping.name} needs column ${missing.join(', ')}`);
  }
  return `${plain(reasons.join('; '), 500)}; mend the mapping of ${id} in partners.json, or have the file sent with these columns`;
}

function columnsOf({ columns, credits }: FreightBillMapping): string[] {
  const { references = [], charges = [], ...plainOnes } = columns;
  const named = [...Object.values(plainOnes), ...[...references, ...charges].map(({ column }) => column)];
  return [...named, ...(credits === undefined ? [] : [credits.column])];
}

function carrierIn(row: DelimitedRow, { columns }: FreightBillMapping, sender: Partner, rules: RuleBook) {
  const written = columns.carrier === undefined ? '' : (row.cells.get(columns.carrier) ?? '');
  if (written === '') return sender.roles.includes('carrier') ? sender : undefined;
  return directoryOf(rules.partners).byParty({ idQualifier: '', id: written, name: written }, 'carrier');
}

function unknownCarrier(row: DelimitedRow, { columns }: FreightBillMapping): TranslationProblem {
  const written = columns.carrier === undefined ? '' : (row.cells.get(columns.carrier) ?? '');
  const detail = `line ${row.line} bills for a carrier that is no partner; add it to partners.json, or map the column that names it, and replay`;
  return { kind: 'unknown-partner', subject: plain(written, 200) || 'no carrier', detail };
}

function billIn(rows: readonly DelimitedRow[], mapping: FreightBillMapping, carrier: Partner): WrittenBill {
  const { columns, decimalMark = '.', dateFormat = 'YYYY-MM-DD' } = mapping;
  const [first] = rows as [DelimitedRow];
  const cell = (column: string | undefined) => (column === undefined ? '' : (first.cells.get(column) ?? ''));
  const issued = cell(columns.issuedOn);
  const total = cell(columns.total);
  return {
    carrier: carrier.id,
    invoice: cell(columns.invoice),
    issuedOn: dayIn(issued, dateFormat) ?? issued,
    currency: cell(columns.currency) || (mapping.currency ?? ''),
    lines: rows.flatMap((row) => linesIn(row, mapping, carrier)),
    ...(total === '' ? {} : { total: amountIn(total, decimalMark) ?? total }),
  };
}

function linesIn(row: DelimitedRow, mapping: FreightBillMapping, carrier: Partner): WrittenLine[] {
  const { columns, credits, decimalMark = '.' } = mapping;
  const cell = (column: string) => row.cells.get(column) ?? '';
  const shipment = columns.shipment === undefined ? undefined : identifier(cell(columns.shipment));
  const references = (columns.references ?? []).flatMap(({ type, column }) => {
    const value = identifier(cell(column));
    return value === undefined ? [] : [{ type, value }];
  });
  const isCredit = credits?.values.includes(cell(credits.column)) ?? false;
  const line = (code: string, column: string): WrittenLine => {
    const amount = amountIn(cell(column), decimalMark) ?? cell(column);
    const place = `line ${row.line}, column ${column}`;
    return { place, code, amount: isCredit ? negated(amount) : amount, references, ...(shipment ? { shipment } : {}) };
  };
  const own = columns.code === undefined ? [] : [cell(columns.code)].filter((code) => code !== '');
  const single = columns.amount === undefined ? [] : [line(chargeCodeOf(own, carrier), columns.amount)];
  // A charge that this shipment does not have leaves its cell empty.
  const charges = (columns.charges ?? []).filter(({ column }) => cell(column) !== '');
  return [...single, ...charges.map(({ code, column }) => line(code, column))];
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
