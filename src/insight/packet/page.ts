// The packet as one page: nothing runs in it and nothing is loaded, so it opens anywhere, offline, and prints.
//
// The JSON stands in the page whole, as text; `lading verify` reads it from there.

import { createHash } from 'node:crypto';
import { definitions, element, escaped, folded, type Html, join, raw, section, text, unescaped } from './html.ts';
import type { SignedPacket } from './packet.ts';
import { clausesSection, documentSections, invoiceSections } from './page-argument.ts';
import { factsSections, historySection, messagesSection, proofsSection } from './page-evidence.ts';
import { PAGE_STYLE } from './page-style.ts';
import { ROOM_FOR_SEAL } from './seal.ts';

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Only the page's own style, and pictures that are in it. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** Unsigned: `sealPage` signs it. */
export function packetPage(packet: SignedPacket): string {
  const body = join([
    headOf(packet),
    ...documentSections(packet),
    ...invoiceSections(packet),
    clausesSection(packet),
    ...factsSections(packet),
    proofsSection(packet),
    historySection(packet),
    messagesSection(packet),
    sealSection(packet),
  ]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escaped(PAGE_POLICY)}">
${ROOM_FOR_SEAL}
<title>${escaped(titleOf(packet))}</title><style>${PAGE_STYLE}</style></head>
<body>${body.html}
<details class="screen"><summary>The packet as JSON</summary><pre id="packet-json">${escaped(JSON.stringify(packet))}</pre></details></body></html>
`;
}

/** The JSON that a page has in it; `undefined` when it is no such page. */
export function packetInPage(page: string): string | undefined {
  const found = /<pre id="packet-json">([^<]*)<\/pre>/.exec(page);
  return found?.[1] === undefined ? undefined : unescaped(found[1]);
}

function titleOf({ about, ref }: SignedPacket): string {
  return `${about === 'carrier-invoice' ? 'Carrier invoice' : about === 'charge' ? 'Charge' : 'Invoice'} ${ref}: the proof`;
}

function headOf(packet: SignedPacket): Html {
  const { basis, madeAt, signature, leftOut } = packet;
  const invoice = basis.documents.find(({ number }) => number === basis.invoice);
  const [carried] = basis.carrierInvoices;
  return element(
    'header',
    join([
      element('h1', text(titleOf(packet))),
      element('p', text(`Made ${madeAt} by Lading. Key ${signature.fingerprint.slice(0, 16)}…`), 'dim'),
      definitions([
        ['Customer', invoice?.customer],
        ['Total', invoice && `${invoice.total} ${invoice.currency}, of which tax ${invoice.tax}`],
        [
          'In the ERP',
          invoice && (invoice.state === 'posted' ? `as ${invoice.erpNumber ?? invoice.number}` : 'not yet'),
        ],
        ['Carrier', carried?.carrier],
        ['Billed', carried && `${carried.billed} ${carried.currency}, expected ${carried.expected}`],
        ['Found', carried?.verdict],
        ['Shipments', basis.shipments.map(({ shipment }) => shipment).join(', ')],
      ]),
      ...leftOut.map((line) => element('p', text(`Not in this packet: ${line}`), 'dim')),
    ]),
  );
}

function sealSection({ signature }: SignedPacket): Html {
  return section(
    'Signature',
    element('p', text('Check this page, or its JSON, offline: lading verify FILE --public-key KEY.pem')),
    definitions([
      ['Algorithm', `${signature.algorithm} over the canonical JSON`],
      ['Key (SHA-256)', element('code', text(signature.fingerprint))],
      ['Signature', element('code', text(signature.value))],
    ]),
    element('pre', text(signature.publicKey.trim())),
    folded(
      'Why two signatures',
      raw('The packet is signed as JSON; the page is signed as it stands, in its head.'),
      'screen',
    ),
  );
}
