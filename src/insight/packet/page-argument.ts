// The page's argument: documents and carriers' invoices line by line, what is charged, and the clauses that hold.

import { taxInWords } from '../../model/tax.ts';
import { definitions, element, folded, type Html, join, raw, section, steps, table, terms, text } from './html.ts';
import type {
  CarrierInvoiceInPacket,
  Clause,
  DocumentInPacket,
  Finding,
  LineFinding,
  LineInPacket,
  SignedPacket,
} from './packet.ts';

const LINE_COLUMNS = [
  { label: 'What' },
  { label: 'How it came about' },
  { label: 'Amount', className: 'money' },
  { label: 'Tax', className: 'money' },
];

/** The one asked for first, then what corrects it and others of the same shipments. */
export function documentSections({ basis, finding }: SignedPacket): Html[] {
  const asked = basis.documents.filter(({ number }) => number === basis.invoice);
  const others = basis.documents.filter(({ number }) => number !== basis.invoice);
  const shown = [...asked, ...others].map((document) => documentSection(document, finding, basis.charge?.code));
  const charged = chargesNow(finding);
  return [...shown, ...(charged.html === '' ? [] : [section('What is charged now, on all that is known', charged)])];
}

function documentSection(document: DocumentInPacket, { documents }: Finding, code: string | undefined): Html {
  const { number, kind, currency, subtotal, tax, total, decidedAt, approvedBy, corrects } = document;
  const found = documents.find((each) => each.number === number);
  const lines = document.lines.filter((line) => code === undefined || line.code.toUpperCase() === code);
  const rows = lines.map((line) =>
    lineRow(
      line,
      found?.lines.find((each) => isOf(each, line)),
    ),
  );
  return section(
    `${titled(kind)} ${number}`,
    definitions([
      ['Decided', decidedAt],
      ['Approved by', approvedBy],
      ['Corrects', corrects],
    ]),
    table(LINE_COLUMNS, rows),
    element(
      'p',
      text(`${subtotal} + tax ${tax} = ${total} ${currency}${code === undefined ? '' : ', with its other lines'}`),
    ),
  );
}

const titled = (kind: string) => `${kind.slice(0, 1).toUpperCase()}${kind.slice(1).replaceAll('-', ' ')}`;

function isOf(finding: LineFinding, line: LineInPacket): boolean {
  return (
    finding.shipment === line.shipment &&
    finding.code === line.code &&
    finding.order === line.order &&
    finding.line === line.line
  );
}

function lineRow(line: LineInPacket, finding: LineFinding | undefined): Html[] {
  const { shipment, code, description, derivation, amount, tax, taxRate } = line;
  return [
    join([element('strong', text(`${shipment} ${code}`)), raw('<br>'), text(description)]),
    join([steps([...derivation]), ruledBy(finding), taxedBy(line), standingOf(finding)]),
    text(amount),
    text(taxRate === '0' ? tax : `${tax} (${taxRate})`),
  ];
}

function taxedBy({ taxedBy: record }: LineInPacket): Html {
  return record === undefined ? raw('') : element('p', text(`Tax: ${taxInWords(record)}`), 'dim');
}

function ruledBy(finding: LineFinding | undefined): Html {
  if (finding?.agreement === undefined) return raw('');
  const { agreement, lane } = finding;
  return element(
    'p',
    text(`${agreement.id} version ${agreement.version}${lane === undefined ? '' : `, lane ${lane}`}`),
    'dim',
  );
}

function standingOf(finding: LineFinding | undefined): Html {
  switch (finding?.standing) {
    case 'follows':
      return element('p', text('Computed anew: the same.'), 'good');
    case 'differs':
      return element('p', text(`Computed anew: ${finding.recomputed}.`), 'bad');
    default:
      return element('p', text(`Cannot be computed anew${finding?.because ? `: ${finding.because}` : ''}.`), 'dim');
  }
}

function chargesNow({ shipments }: Finding): Html {
  const rows = shipments.flatMap(({ shipment, charges }) =>
    charges.map(({ code, currency, amount, states, derivation, agreement, lane }) => [
      element('strong', text(`${shipment} ${code}`)),
      join([
        steps(derivation),
        ruledBy({ shipment, code, agreement, standing: 'follows', ...(lane === undefined ? {} : { lane }) }),
        ...states.map((each) => element('p', text(`${each.state} ${each.amount}`), 'dim')),
      ]),
      text(amount === undefined ? 'no longer charged' : `${amount} ${currency}`),
    ]),
  );
  return table([{ label: 'What' }, { label: 'How it comes about' }, { label: 'Amount', className: 'money' }], rows);
}

/** Carriers' invoices, each amount beside the one expected. */
export function invoiceSections({ basis, finding }: SignedPacket): Html[] {
  return basis.carrierInvoices.map((invoice) => invoiceSection(invoice, finding));
}

function invoiceSection(invoice: CarrierInvoiceInPacket, { audit }: Finding): Html {
  const { carrier, currency, issuedOn, arrivedAt, verdict, billed, expected, lines, billedBefore, dispute } = invoice;
  const found = audit.find(({ id }) => id === invoice.id);
  const money = 'money';
  const compared = table(
    [
      { label: 'What' },
      { label: 'Billed', className: money },
      { label: 'Expected', className: money },
      { label: 'Tolerance' },
    ],
    (found?.compared ?? []).map((line) => [
      element('strong', text(`${line.shipment} ${line.code}`)),
      text(line.billed),
      text(line.expected),
      element('span', text(line.withinTolerance ? 'within' : 'out of it'), line.withinTolerance ? 'good' : 'bad'),
    ]),
  );
  const asBilled = table(
    [{ label: 'Line' }, { label: 'Shipment' }, { label: 'Amount', className: money }],
    lines.map(({ code, shipment, amount }) => [text(code), text(shipment ?? 'not known'), text(amount)]),
  );
  return section(
    `${carrier} ${invoice.invoice}: ${verdict ?? 'not looked at yet'}`,
    definitions([
      ['Issued', issuedOn],
      ['Arrived', arrivedAt],
      ['Billed', `${billed} ${currency}`],
      ['Expected', `${expected} ${currency}`],
      ['Billed before', billedBefore.map((each) => `${each.shipment} ${each.code} by ${each.invoice}`).join(', ')],
      ['Dispute', dispute && `${dispute.state}: ${dispute.recovered} of ${dispute.disputed} ${currency} recovered`],
    ]),
    compared,
    folded('As the carrier billed it', asBilled),
  );
}

export function clausesSection({ finding }: SignedPacket): Html {
  const { clauses } = finding;
  if (clauses.length === 0) return section('The clause that holds', element('p', text('No agreement rates this.')));
  return section('The clause that holds', ...clauses.map(clauseHtml));
}

function clauseHtml(clause: Clause): Html {
  const { agreement, version, importedAt, party, currency, validFrom, validTo, rounding, lanes, fuel, accessorials } =
    clause;
  return join([
    element('h3', text(`${agreement}, version ${version}`)),
    definitions([
      ['With', party],
      ['In force here since', importedAt],
      ['Valid', `${validFrom} to ${validTo ?? 'further notice'}`],
      ['Currency', `${currency}, rounded ${rounding}`],
      ...lanes.map((lane): [string, Html] => [`Lane ${lane.id}`, terms({ ...lane, id: undefined })]),
      ['Fuel', fuel && terms(fuel)],
      ...accessorials.map((each): [string, Html] => [each.code, terms({ ...each, code: undefined })]),
      ['Used for', clause.usedFor.join('; ')],
    ]),
  ]);
}
