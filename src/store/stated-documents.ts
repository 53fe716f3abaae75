// What the ERP says that people did there to documents of ours, written into our books.
import type { ClientBase } from 'pg';
import type { CreditedDocument } from '../model/by-hand.ts';
import type { DocumentKind } from '../model/document.ts';
import type { TaxRecord } from '../model/tax.ts';
import type { Instant } from '../model/time.ts';
import { textArray } from './array-literal.ts';

export type StatedState = { readonly number: string; readonly state: 'posted' | 'cancelled' };
export type Concerned = { readonly number: string; readonly customer: string; readonly shipments: readonly string[] };

/** The shipments on documents that we hold in the other of the two states, and on these that are credited. */
export async function shipmentsConcerned(
  client: ClientBase,
  tenant: string,
  states: readonly StatedState[],
  credited: readonly string[],
): Promise<string[]> {
  if (states.length + credited.length === 0) return [];
  const { rows } = await client.query<{ shipment: string }>(
    `select distinct unnest(shipments) as shipment
       from (select i.shipments from lading.invoice i
               join unnest($2::text[], $3::text[]) as new (number, state) on new.number = i.number
              where i.tenant = $1 and i.state in ('posted', 'cancelled') and i.state <> new.state
              union all
             select shipments from lading.invoice where tenant = $1 and number = any($4::text[])) as concerned`,
    [
      tenant,
      textArray(states.map(({ number }) => number)),
      textArray(states.map(({ state }) => state)),
      textArray(credited),
    ],
  );
  return rows.map(({ shipment }) => shipment);
}

/** Documents that we hold in the other of the two states; whom they concern is returned. */
export async function takeStates(
  client: ClientBase,
  tenant: string,
  states: readonly StatedState[],
): Promise<Concerned[]> {
  if (states.length === 0) return [];
  const { rows } = await client.query<Concerned>(
    `update lading.invoice i set state = new.state
       from unnest($2::text[], $3::text[]) as new (number, state)
      where i.tenant = $1 and i.number = new.number and i.state in ('posted', 'cancelled') and i.state <> new.state
      returning i.number, i.customer, i.shipments`,
    [tenant, textArray(states.map(({ number }) => number)), textArray(states.map(({ state }) => state))],
  );
  return rows;
}

/** What was answered about the tax of these documents' lines, changed line by line. */
export async function changeTaxRecords(
  client: ClientBase,
  tenant: string,
  numbers: readonly string[],
  changed: (state: StatedState['state'], kind: DocumentKind, record: TaxRecord) => TaxRecord,
): Promise<void> {
  if (numbers.length === 0) return;
  const { rows } = await client.query<StatedState & { position: number; kind: DocumentKind; record: TaxRecord }>(
    `select l.number, l.position, i.kind, i.state, l.taxed_by as record
       from lading.invoice i join lading.invoice_line l on l.tenant = i.tenant and l.number = i.number
      where i.tenant = $1 and i.number = any($2::text[]) and i.state in ('posted', 'cancelled') and l.taxed_by is not null`,
    [tenant, textArray(numbers)],
  );
  await client.query(
    `update lading.invoice_line l set taxed_by = new.record
       from unnest($2::text[], $3::int[], $4::jsonb[]) as new (number, position, record)
      where l.tenant = $1 and l.number = new.number and l.position = new.position`,
    [
      tenant,
      rows.map(({ number }) => number),
      rows.map(({ position }) => position),
      rows.map(({ state, kind, record }) => JSON.stringify(changed(state, kind, record))),
    ],
  );
}

type LineRow = Omit<CreditedDocument['lines'][number], 'amountMinor' | 'taxMinor'> & { amount: string; tax: string };

/** Of these numbers, those of documents that we hold. */
export async function heldNumbers(
  client: ClientBase,
  tenant: string,
  numbers: readonly string[],
): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const { rows } = await client.query<{ number: string }>(
    'select number from lading.invoice where tenant = $1 and number = any($2::text[])',
    [tenant, textArray(numbers)],
  );
  return new Set(rows.map(({ number }) => number));
}

type CreditedRow = Omit<CreditedDocument, 'lines' | 'legalEntity'> & { lines: LineRow[]; legalEntity: string | null };

/** The posted invoice of this number, locked; `undefined` where there is none. */
export async function creditedDocument(
  client: ClientBase,
  tenant: string,
  number: string,
): Promise<CreditedDocument | undefined> {
  const { rows } = await client.query<CreditedRow>(
    `select i.number, i.customer, i.legal_entity as "legalEntity", i.currency, i.shipments,
            (select jsonb_agg(jsonb_build_object('shipment', l.shipment, 'code', l.code, 'order', l."order", 'line', l.line,
                     'description', l.description, 'taxRate', l.tax_rate, 'amount', l.amount_minor::text,
                     'tax', l.tax_minor::text) order by l.position)
               from lading.invoice_line l where l.tenant = i.tenant and l.number = i.number) as lines
       from lading.invoice i
      where i.tenant = $1 and i.number = $2 and i.kind <> 'credit-note' and i.state = 'posted'
        for update of i`,
    [tenant, number],
  );
  return rows[0] && creditedFrom(rows[0]);
}

function creditedFrom({ lines, legalEntity, ...row }: CreditedRow): CreditedDocument {
  return {
    ...row,
    ...(legalEntity === null ? {} : { legalEntity }),
    lines: lines.map(({ amount, tax, order, line, ...rest }) => ({
      ...rest,
      ...(order === null || order === undefined ? {} : { order, line: line as number }),
      amountMinor: BigInt(amount),
      taxMinor: BigInt(tax),
    })),
  };
}

/** What was changed in the ERP about documents whose first shipment this is has an answer. */
export async function closeChanges(client: ClientBase, tenant: string, shipment: string, now: Instant): Promise<void> {
  await client.query(
    `update lading.exception e set closed_at = to_timestamp($3::float8 / 1000)
       from lading.invoice i
      where e.tenant = $1 and e.kind = 'erp-document-changed' and e.closed_at is null
        and i.tenant = $1 and i.shipments[1] = $2
        and (e.subject = i.number or starts_with(e.subject, i.number || ' '))`,
    [tenant, shipment, now],
  );
}
