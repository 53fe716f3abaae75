// What the API answers, as schemas: the types of the routes, and the components of the OpenAPI document (by `title`).

import { type TObject, Type } from 'typebox';
import { BILLING_STATES, CHARGE_STATES, SHIPMENT_STATUSES } from '../model/decision.ts';
import { EVENT_DATA, type EventType } from '../model/event.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from '../model/exception.ts';
import { TaxRecord } from '../model/tax.ts';
import { DecimalText, FreeText, Identifier, InstantText, LocalDateText } from '../model/text.ts';
import { EFFECT_STATES } from '../store/read/effects.ts';
import { MESSAGE_VERDICTS } from '../store/read/messages.ts';

/** A number that the database gave. */
export const RowId = Type.String({ pattern: '^[0-9]{1,18}$', examples: ['4711'] });
export const EXCEPTION_KIND_NAMES = Object.keys(EXCEPTION_KINDS) as ExceptionKind[];
export const EVENT_TYPES = Object.keys(EVENT_DATA) as EventType[];
export const OWNER_ROLES = ['operations', 'finance', 'customer-service', 'integration'] as const;

const optional = Type.Optional;

export const MessageProblem = Type.Object(
  {
    kind: Type.String(),
    subject: Type.String(),
    detail: Type.String({ description: 'What, where, how to mend' }),
    offset: optional(Type.Integer({ description: 'Byte position in the message' })),
  },
  { title: 'MessageProblem' },
);

const message = {
  id: RowId,
  partner: Type.String({ description: 'Partner as named by the channel' }),
  sender: optional(Type.String({ description: 'The partner it was found to come from' })),
  senderName: optional(Type.String({ description: 'Of `sender`, else of `partner`' })),
  channel: Type.String({ examples: ['http', 'folder', 'cli', 'pull'] }),
  fileName: optional(Type.String()),
  mediaType: optional(Type.String()),
  kind: optional(Type.String({ description: 'What the bytes were recognised as', examples: ['x12', 'json'] })),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  bytes: Type.Integer(),
  receivedAt: InstantText,
  correlation: Type.String(),
  verdict: Type.Enum(MESSAGE_VERDICTS),
  events: Type.Integer({ description: 'Canonical events that were new' }),
  waiting: Type.Integer({ description: 'Of these, how many wait for their shipment' }),
  problems: optional(Type.Array(MessageProblem)),
  mends: optional(Type.String({ description: 'The message that it corrects' })),
  mendedBy: optional(Type.String({ description: 'The message that corrects it' })),
};
export const Message = Type.Object(message, { title: 'Message' });
export const MessageDetail = Type.Object(
  {
    ...message,
    acknowledgement: optional(Type.String({ description: 'The 997 or 999 that answers it' })),
    madeEvents: Type.Array(
      Type.Object({
        id: RowId,
        position: Type.Integer(),
        type: Type.String(),
        shipment: optional(Type.String()),
        waiting: Type.Boolean(),
      }),
    ),
  },
  { title: 'MessageDetail' },
);

/** What is said at once of bytes that were taken. */
export const Receipt = Type.Object(
  {
    id: RowId,
    sha256: Type.String(),
    duplicate: Type.Boolean({ description: 'The same bytes came from this partner before' }),
    correlation: Type.String(),
    message: optional(MessageDetail),
  },
  { title: 'Receipt' },
);

const CurrencyAmount = Type.Object({ amount: DecimalText, currency: Type.String() });
const shipment = {
  shipment: Identifier,
  customer: optional(Type.String()),
  customerName: optional(Type.String()),
  carrier: optional(Type.String()),
  carrierName: optional(Type.String()),
  mode: optional(Type.String()),
  status: optional(Type.Enum(SHIPMENT_STATUSES)),
  billing: optional(Type.Enum(BILLING_STATES)),
  origin: optional(Type.String({ examples: ['Joliet, IL, US'] })),
  destination: optional(Type.String()),
  plannedPickupAt: optional(InstantText),
  plannedDeliveryAt: optional(InstantText),
  pickedUpAt: optional(InstantText),
  deliveredAt: optional(InstantText),
  revenue: optional(Type.Array(CurrencyAmount, { description: 'What is charged, by currency' })),
  cost: optional(Type.Array(CurrencyAmount, { description: 'What it is expected to cost; for our own people' })),
  openExceptions: optional(Type.Integer()),
};
export const Shipment = Type.Object(shipment, { title: 'Shipment' });

export const Charge = Type.Object(
  {
    shipment: Identifier,
    side: Type.Enum(['sell', 'buy']),
    code: Type.String(),
    amount: DecimalText,
    currency: Type.String(),
    state: Type.Enum(CHARGE_STATES),
  },
  { title: 'Charge' },
);

const invoice = {
  number: Identifier,
  kind: Type.Enum(['invoice', 'supplementary', 'credit-note']),
  customer: Identifier,
  customerName: optional(Type.String()),
  legalEntity: optional(Type.String()),
  currency: Type.String(),
  shipments: Type.Array(Identifier),
  corrects: optional(Type.String()),
  paymentTermsDays: optional(Type.Integer()),
  subtotal: DecimalText,
  tax: DecimalText,
  total: DecimalText,
  decidedAt: InstantText,
  approvedBy: optional(Type.String()),
  stage: optional(Type.Enum(['commercial', 'final'], { description: 'Where its customer is invoiced in stages' })),
  state: Type.Enum(['decided', 'posted'], { description: '`posted`: the ERP has confirmed it' }),
  postedAt: optional(InstantText),
  erpNumber: optional(Type.String()),
};
export const Invoice = Type.Object(invoice, { title: 'Invoice' });
export const InvoiceDetail = Type.Object(
  {
    ...invoice,
    dueOn: optional(LocalDateText),
    open: optional(Type.String({ description: 'Not settled yet; of a credit note: not set off yet' })),
    settledBy: Type.Array(
      Type.Object({
        kind: Type.Enum(['payment', 'credit-note']),
        source: Type.String(),
        amount: DecimalText,
        at: InstantText,
      }),
    ),
    correctedBy: Type.Array(
      Type.Object({
        number: Identifier,
        kind: Type.String(),
        state: Type.String(),
        currency: Type.String(),
        total: DecimalText,
      }),
      { description: 'Credit notes to it, and supplementary invoices for its shipments' },
    ),
    lines: Type.Array(
      Type.Object({
        shipment: Identifier,
        code: Type.String(),
        amount: DecimalText,
        tax: DecimalText,
        taxRate: Type.String({ description: 'Fraction, such as "0.0825"' }),
        taxedBy: optional(TaxRecord),
        description: Type.String(),
        derivation: Type.Array(Type.String(), { description: 'The arithmetic, a step a line' }),
      }),
    ),
  },
  { title: 'InvoiceDetail' },
);

export const ExceptionRow = Type.Object(
  {
    id: RowId,
    kind: Type.Enum(EXCEPTION_KIND_NAMES),
    subject: Type.String(),
    detail: Type.String({ description: 'What is wrong, and what mends it' }),
    owner: Type.Enum(OWNER_ROLES),
    state: Type.Enum(['open', 'closed']),
    waived: optional(Type.Boolean({ description: 'Closed by a person’s word, until its cause changes' })),
    assignee: optional(Type.String({ description: 'Who signs in, or `key:` and the id of a key' })),
    customer: optional(Type.String()),
    customerName: optional(Type.String()),
    shipment: optional(Type.String()),
    message: optional(RowId),
    stake: optional(
      Type.Object({ amount: Type.String(), currency: Type.String() }, { description: 'What money depends on it' }),
    ),
    openedAt: InstantText,
    dueAt: InstantText,
    closedAt: optional(InstantText),
  },
  { title: 'Exception' },
);

export const Effect = Type.Object(
  {
    key: Type.String({ description: 'Permanent: system and document' }),
    system: Type.String(),
    kind: Type.String(),
    subject: Type.String(),
    state: Type.Enum(EFFECT_STATES),
    attempts: Type.Integer(),
    reason: optional(FreeText),
    externalId: optional(Type.String()),
    correlation: optional(Type.String()),
    nextAt: optional(InstantText),
    createdAt: InstantText,
    changedAt: InstantText,
  },
  { title: 'Effect' },
);

export const FeedEvent = Type.Object(
  {
    id: RowId,
    message: RowId,
    position: Type.Integer(),
    type: Type.Enum(EVENT_TYPES),
    source: Type.String(),
    key: Type.String({ description: "The sender's id; with `source` the idempotency key" }),
    sender: Type.String(),
    shipment: optional(Type.String()),
    reportedAt: InstantText,
    recordedAt: InstantText,
    data: Type.Unknown({ description: 'As in the schema of its type' }),
  },
  { title: 'Event' },
);

export const KeyView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role: Type.String(),
    partner: optional(Type.String()),
    createdAt: InstantText,
    expiresAt: optional(InstantText),
    revokedAt: optional(InstantText),
    lastUsedAt: optional(InstantText),
  },
  { title: 'Key' },
);

/** Unknown parameters are refused by name: a misspelt filter must not answer with everything. */
export function Query<const P extends TObject['properties']>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}
