// What a document needs on its way out: its head and lines, what is known of its shipments, and the bytes that
// go with it.

import type { DocumentKind } from '../model/document.ts';
import type { Fact } from '../model/fact.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { decodeFacts } from './facts.ts';
import { type VendorBill, vendorBills } from './vendor-bills.ts';

export type DeliverableDocument = {
  readonly number: string;
  readonly kind: DocumentKind | 'bill' | 'vendor-credit';
  /** A bill that is left as a draft. */
  readonly isDraft?: boolean;
  /** Of a bill: the carrier. */
  readonly customer: string;
  readonly legalEntity?: string;
  readonly currency: string;
  readonly shipments: readonly string[];
  readonly corrects?: string;
  readonly paymentTermsDays?: number;
  readonly decidedAt: Instant;
  /** Of a bill: the carrier's own number and date. */
  readonly theirs?: { readonly number: string; readonly issuedOn: LocalDate };
  readonly lines: readonly DeliverableLine[];
};
export type DeliverableLine = {
  readonly shipment: string;
  readonly code: string;
  readonly amountMinor: bigint;
  readonly taxRate: string;
  readonly taxMinor: bigint;
  readonly description: string;
  readonly goods?: GoodsOfOrder;
};
/** Of a line that is quantity × unit price of an order's line; decimal texts. */
export type GoodsOfOrder = {
  readonly order: string;
  readonly line: number;
  readonly quantity: string;
  readonly unitPrice: string;
};

type HeadRow = {
  number: string;
  kind: DocumentKind;
  customer: string;
  legalEntity: string | null;
  currency: string;
  shipments: string[];
  corrects: string | null;
  paymentTermsDays: number | null;
  decidedAt: Instant;
};
type LineRow = Omit<DeliverableLine, 'amountMinor' | 'taxMinor' | 'goods'> & {
  number: string;
  amountMinor: string;
  taxMinor: string;
  order: string | null;
  line: number | null;
  quantity: string | null;
  unitPrice: string | null;
};

/** In the order of the numbers given; a number that names no document is left out. */
export async function deliverableDocuments(
  client: Queryable,
  tenant: string,
  numbers: readonly string[],
): Promise<DeliverableDocument[]> {
  const heads = await client.query<HeadRow>(
    `select number, kind, customer, legal_entity as "legalEntity", currency, shipments, corrects,
            payment_terms_days as "paymentTermsDays", decided_at as "decidedAt"
       from lading.invoice where tenant = $1 and number = any($2)`,
    [tenant, numbers],
  );
  const lines = await client.query<LineRow>(
    `select number, shipment, code, amount_minor::text as "amountMinor", tax_rate as "taxRate",
            tax_minor::text as "taxMinor", description, "order", line, quantity, unit_price as "unitPrice"
       from lading.invoice_line where tenant = $1 and number = any($2) order by number, position`,
    [tenant, numbers],
  );
  const linesOf = Map.groupBy(lines.rows, ({ number }) => number);
  const headOf = new Map(heads.rows.map((head) => [head.number, head]));
  const others = numbers.filter((number) => !headOf.has(number));
  const billOf = new Map((await vendorBills(client, tenant, others)).map((bill) => [bill.number, billFrom(bill)]));
  return numbers.flatMap((number) => {
    const head = headOf.get(number);
    return head === undefined ? (billOf.get(number) ?? []) : [documentFrom(head, linesOf.get(number) ?? [])];
  });
}

function documentFrom(head: HeadRow, lines: readonly LineRow[]): DeliverableDocument {
  return {
    ...head,
    legalEntity: head.legalEntity ?? undefined,
    corrects: head.corrects ?? undefined,
    paymentTermsDays: head.paymentTermsDays ?? undefined,
    lines: lines.map((line) => {
      const { shipment, code, amountMinor, taxRate, taxMinor, description } = line;
      const amounts = { amountMinor: BigInt(amountMinor), taxRate, taxMinor: BigInt(taxMinor) };
      return { shipment, code, ...amounts, description, ...goodsOn(line) };
    }),
  };
}

// A difference of price alone has no quantity, and is no goods.
function goodsOn({ order, line, quantity, unitPrice }: LineRow): Pick<DeliverableLine, 'goods'> {
  if (order === null || line === null || quantity === null || unitPrice === null) return {};
  return { goods: { order, line, quantity, unitPrice } };
}

// A bill carries no proofs of ours: what the carrier proved to us it has.
function billFrom({
  number,
  carrier,
  invoice,
  currency,
  issuedOn,
  arrivedAt,
  isCredit,
  isDraft,
  lines,
}: VendorBill): DeliverableDocument {
  return {
    number,
    kind: isCredit ? 'vendor-credit' : 'bill',
    ...(isDraft ? { isDraft } : {}),
    customer: carrier,
    currency,
    shipments: [],
    decidedAt: arrivedAt,
    theirs: { number: invoice, issuedOn },
    lines: lines.map((line) => ({ ...line, taxRate: '0', taxMinor: 0n, description: `${line.shipment} ${line.code}` })),
  };
}

/** The facts of each of these shipments. */
export async function factsOfShipments(
  client: Queryable,
  tenant: string,
  shipments: readonly string[],
): Promise<Map<string, Fact[]>> {
  const { rows } = await client.query<{ shipment: string; facts: string }>(
    'select shipment, facts from lading.shipment where tenant = $1 and shipment = any($2)',
    [tenant, shipments],
  );
  return new Map(rows.map(({ shipment, facts }) => [shipment, decodeFacts(facts)]));
}

/** How many bytes each attachment has, by content hash (hex). */
export async function attachmentSizes(
  client: Queryable,
  tenant: string,
  hashes: readonly string[],
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await client.query<{ sha256: string; bytes: number }>(
    `select encode(sha256, 'hex') as sha256, octet_length(content) as bytes
       from lading.attachment where tenant = $1 and sha256 = any(${DECODED})`,
    [tenant, hashes],
  );
  return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
}

const DECODED = `array(select decode(hash, 'hex') from unnest($2::text[]) as hash)`;

export type KeptAttachment = { readonly sha256: string; readonly mediaType?: string; readonly content: Uint8Array };

/** By content hash (hex). */
export async function keptAttachments(
  client: Queryable,
  tenant: string,
  hashes: readonly string[],
): Promise<Map<string, KeptAttachment>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await client.query<{ sha256: string; mediaType: string | null; content: Uint8Array }>(
    `select encode(sha256, 'hex') as sha256, media_type as "mediaType", content
       from lading.attachment where tenant = $1 and sha256 = any(${DECODED})`,
    [tenant, hashes],
  );
  return new Map(rows.map((row) => [row.sha256, { ...row, mediaType: row.mediaType ?? undefined }]));
}
