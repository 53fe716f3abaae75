// A carrier's bill out of a file that is no EDI → the canonical event, or why it is refused. What UBL and delimited files share.
//
// A bill is taken whole or not at all: half of it would be a different bill.
import type { CanonicalEvent } from '../../model/event.ts';
import { formatMinor, isCurrency, parseMinor } from '../../model/money.ts';
import type { Reference } from '../../model/reference.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { formatInstant, isLocalDate } from '../../model/time.ts';
import { speechProblem } from '../speech.ts';
import { identifier, plain } from '../texts.ts';
import type { InboundMessage, TranslatedEvent, TranslationProblem } from '../translation.ts';
import { CHARGE_BY_CODE, PLAIN_FREIGHT } from '../x12/codes/charges.ts';

/** As written; `amount` and `total` are decimals in major units, negative where they reduce. */
export type WrittenBill = {
  readonly carrier: string;
  readonly invoice: string;
  readonly issuedOn: string;
  readonly currency: string;
  readonly lines: readonly WrittenLine[];
  /** Before tax; checked against the lines where it is given. */
  readonly total?: string;
};

export type WrittenLine = {
  /** Where it stands, such as `line 4`. */
  readonly place: string;
  readonly code: string;
  readonly amount: string;
  /** Our number, where the file calls it a shipment's. */
  readonly shipment?: string;
  readonly references: readonly Reference[];
};

export type BillSource = { readonly message: InboundMessage; readonly sender: Partner; readonly source: string };
export type BillRead =
  | { readonly ok: true; readonly event: TranslatedEvent }
  | { readonly ok: false; readonly problem: TranslationProblem };

const MOST_LINES = 10_000;
const MOST_FAULTS = 5;

export function billFrom(written: WrittenBill, { message, sender, source }: BillSource): BillRead {
  const subject = `${written.carrier}/${plain(written.invoice, 150)}`;
  const faults = faultsOf(written);
  if (faults.length > 0) {
    const more = faults.length > MOST_FAULTS ? ` (and ${faults.length - MOST_FAULTS} more)` : '';
    const detail = `${plain(faults.slice(0, MOST_FAULTS).join('; '), 700)}${more}; nothing of it was taken, have the carrier correct it and send it again`;
    return { ok: false, problem: { kind: 'schema-violation', subject, detail } };
  }
  const { carrier, invoice, issuedOn, currency } = written;
  const event: CanonicalEvent = {
    id: subject,
    source,
    type: 'carrier.invoice',
    time: formatInstant(message.receivedAt),
    data: { carrier, invoice, issuedOn, currency, lines: written.lines.map((line) => lineFrom(line, currency)) },
  };
  const problem = speechProblem(event, sender);
  if (problem !== undefined) return { ok: false, problem };
  const said = {
    event,
    sender: sender.id,
    reportedAt: message.receivedAt,
    keyed: false,
    names: [],
    teaches: [],
    subject,
  };
  return { ok: true, event: said };
}

function faultsOf({ invoice, issuedOn, currency, lines, total }: WrittenBill): string[] {
  const faults: string[] = [];
  if (identifier(invoice) !== invoice) faults.push('its number is empty, too long or has control characters');
  if (!isLocalDate(issuedOn)) faults.push(`its date "${plain(issuedOn, 30)}" is no day`);
  if (!isCurrency(currency)) return [...faults, `its currency "${plain(currency, 10)}" is no ISO 4217 code`];
  if (lines.length > MOST_LINES) return [...faults, `it has ${lines.length} lines; ${MOST_LINES} are taken at once`];
  let sum = 0n;
  for (const { place, amount, shipment, references } of lines) {
    const minor = parseMinor(amount, currency);
    if (minor === undefined) faults.push(`${place}: ${plain(amount, 40)} is no amount of ${currency}`);
    if (shipment === undefined && references.length === 0) faults.push(`${place} names no shipment`);
    sum += minor ?? 0n;
  }
  if (faults.length > 0 || total === undefined) return faults;
  const totalMinor = parseMinor(total, currency);
  if (totalMinor === sum) return [];
  return [`its total before tax is ${plain(total, 40)}, its lines add up to ${formatMinor(sum, currency)}`];
}

function lineFrom({ code, amount, shipment, references }: WrittenLine, currency: string) {
  return {
    ...(shipment === undefined ? {} : { shipment }),
    ...(references.length === 0 ? {} : { references: [...references] }),
    code,
    amount: formatMinor(parseMinor(amount, currency) ?? 0n, currency),
  };
}

const LONGEST_CODE = 40;

/** Our charge code for what a carrier calls a charge: by its profile, by the standard table, else the first name as it is. */
export function chargeCodeOf(names: readonly string[], { chargeCodes = {} }: Partner): string {
  const own = names.find((name) => Object.hasOwn(chargeCodes, name));
  if (own !== undefined) return chargeCodes[own] as string;
  const standard = names.find((name) => CHARGE_BY_CODE.has(name));
  if (standard !== undefined) return CHARGE_BY_CODE.get(standard) as string;
  return plain(names[0] ?? '', LONGEST_CODE) || PLAIN_FREIGHT;
}
