// UBL 2.1 and Peppol BIS 3 → a carrier's freight bill; a credit note is one whose amounts reduce.
//
// Amounts are those before tax, as agreements price them; the document's own total before tax must agree with them.
import { readUbl, type UblDocument, type UblParty } from '../../formats/ubl/index.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { directoryOf } from '../directory.ts';
import { billFrom, chargeCodeOf, type WrittenLine } from '../freight-bill/bill.ts';
import { unknownPartner } from '../json/translate.ts';
import { plain } from '../texts.ts';
import type { InboundMessage, Translation, TranslationProblem } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { shipmentNamedBy } from './references.ts';

const FORMAT = 'ubl';

export function translateUbl(message: InboundMessage, rules: RuleBook): Translation {
  const read = readUbl(message.bytes);
  if (!read.ok) return refused(faultProblem(message, read.fault));
  const sender = rules.partners.get(message.partner);
  if (sender === undefined) return refused(unknownPartner(message.partner));
  const { document } = read;
  const carrier = carrierOf(document.supplier, sender, rules);
  if (carrier === undefined) return { ...refused(unknownSupplier(document.supplier)), sender: sender.id };
  const { id: invoice, issuedOn, currency } = document;
  const sign = document.kind === 'CreditNote' ? '-' : '';
  const written = {
    carrier: carrier.id,
    invoice,
    issuedOn,
    currency,
    lines: linesOf(document, carrier, sign),
    ...(document.taxExclusive === undefined ? {} : { total: signed(sign, document.taxExclusive) }),
  };
  const bill = billFrom(written, { message, sender, source: `/ubl/${sender.id}` });
  return {
    format: FORMAT,
    sender: sender.id,
    events: bill.ok ? [bill.event] : [],
    problems: bill.ok ? [] : [bill.problem],
  };
}

function refused(problem: TranslationProblem): Translation {
  return { format: FORMAT, events: [], problems: [problem] };
}

function faultProblem(
  message: InboundMessage,
  { kind, message: says, id }: { kind: string; message: string; id?: string },
): TranslationProblem {
  const reason = plain(says, 600);
  if (kind === 'incomplete' && id !== undefined) {
    const detail = `${reason}; have it corrected and sent again`;
    return { kind: 'schema-violation', subject: plain(id, 200), detail };
  }
  const mend = kind === 'not-read' ? 'send the bill itself' : 'send it again as it was, whole';
  return unreadable(message, `${reason}; ${mend}`);
}

// Suppliers seldom name themselves as the setup does: a partner that is a carrier means itself, unless another is named.
function carrierOf({ name, ids }: UblParty, sender: Partner, rules: RuleBook): Partner | undefined {
  const directory = directoryOf(rules.partners);
  for (const id of ids) {
    const found = directory.byParty({ idQualifier: '', id, name: '' }, 'carrier');
    if (found !== undefined) return found;
  }
  const named = directory.byParty({ idQualifier: '', id: '', name }, 'carrier');
  return named ?? (sender.roles.includes('carrier') ? sender : undefined);
}

function unknownSupplier({ name, ids }: UblParty): TranslationProblem {
  const subject = plain(name || (ids[0] ?? ''), 200) || 'no supplier';
  const detail = `the supplier is no partner; add it to partners.json with one of the numbers it names itself by${ids.length > 0 ? ` (${plain(ids.slice(0, 4).join(', '), 200)})` : ''}, and replay`;
  return { kind: 'unknown-partner', subject, detail };
}

function linesOf(document: UblDocument, carrier: Partner, sign: '-' | ''): WrittenLine[] {
  const lines = document.lines.map(({ id, amount, names, references }, index) => ({
    place: `line ${plain(id, 20) || index + 1}`,
    code: chargeCodeOf(names, carrier),
    amount: signed(sign, amount),
    ...shipmentNamedBy(references, document.references),
  }));
  // A charge of the whole document belongs to its shipment: the one of the document, else the one of all lines.
  const whole = wholeNamed(document, lines);
  const charges = document.charges.map(({ isCharge, amount, names }, index) => ({
    place: `charge ${index + 1}`,
    code: chargeCodeOf(names, carrier),
    amount: signed(isCharge === (sign === '') ? '' : '-', amount),
    ...whole,
  }));
  return [...lines, ...charges].filter(({ amount }) => !/^-?0+(\.0*)?$/.test(amount));
}

function wholeNamed(
  document: UblDocument,
  lines: readonly WrittenLine[],
): Pick<WrittenLine, 'shipment' | 'references'> {
  const named = shipmentNamedBy([], document.references);
  const [first] = lines;
  const isOne = lines.every(({ shipment }) => shipment !== undefined && shipment === first?.shipment);
  if (named.shipment !== undefined || named.references.length > 0 || !isOne || first === undefined) return named;
  return { references: first.references, ...(first.shipment === undefined ? {} : { shipment: first.shipment }) };
}

function signed(sign: '-' | '', amount: string): string {
  if (sign === '') return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
