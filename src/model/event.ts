// The canonical events: what every message, of whatever form, means in the end (contract section 3).
//
// On the wire an event is a CloudEvents 1.0 object; `source` and `id` together are its idempotency key.
// What an X12 file leaves open until the shipment's stops are known (a local time without a zone, a stop that is only
// hinted at) stands in fields of our own beside the contract's: `localTime`, `stopHint`.

import { type Static, type TSchema, Type } from 'typebox';
import { Milestone } from './milestone.ts';
import { Reference } from './reference.ts';
import { ContentsRow, LineNumber, Order, ShipmentPlan } from './shipment.ts';
import {
  ChargeCode,
  CountryText,
  CurrencyText,
  DecimalText,
  FreeText,
  Identifier,
  InstantText,
  LocalDateText,
  PositiveDecimalText,
  WallClockText,
} from './text.ts';

const named = {
  shipment: Type.Optional(Identifier),
  references: Type.Optional(Type.Array(Reference, { maxItems: 1_000 })),
};
const placed = {
  stop: Type.Optional(Type.Integer({ minimum: 0, maximum: 9_999 })),
  /** The stop meant where the city does not tell: X12 L11 `QN`. */
  stopHint: Type.Optional(Type.Integer({ minimum: 0, maximum: 9_999 })),
  city: Type.Optional(FreeText),
  region: Type.Optional(FreeText),
  country: Type.Optional(CountryText),
  /** Wall clock of the stop, where the message gave no zone; the instant beside it is a reading in the sender's zone. */
  localTime: Type.Optional(WallClockText),
};

export const MilestoneReport = Type.Object({
  ...named,
  ...placed,
  carrier: Type.Optional(Identifier),
  milestone: Milestone,
  occurredAt: InstantText,
  reason: Type.Optional(FreeText),
  eta: Type.Optional(InstantText),
  equipment: Type.Optional(Identifier),
});
export type MilestoneReport = Static<typeof MilestoneReport>;

/** A stop's appointment was moved (X12 214, AT703 `AA` and `AB`). */
export const AppointmentChange = Type.Object({
  ...named,
  ...placed,
  kind: Type.Enum(['pickup', 'delivery']),
  from: InstantText,
});
export type AppointmentChange = Static<typeof AppointmentChange>;

/** A status kept in the history that is no milestone (X12 AT701 `XB OO AI BA BC`). */
export const StatusNote = Type.Object({
  ...named,
  ...placed,
  code: Identifier,
  occurredAt: Type.Optional(InstantText),
  reason: Type.Optional(FreeText),
});
export type StatusNote = Static<typeof StatusNote>;

export const DocumentAttached = Type.Object({
  ...named,
  kind: Type.Enum(['pod', 'bol', 'export-release', 'export-proof', 'customs', 'other']),
  mediaType: Identifier,
  content: Type.Optional(Type.String({ maxLength: 40_000_000, pattern: '^[A-Za-z0-9+/\\s]*={0,2}\\s*$' })),
  url: Type.Optional(Type.String({ maxLength: 2_000 })),
  signedBy: Type.Optional(FreeText),
  signedAt: Type.Optional(InstantText),
});
export type DocumentAttached = Static<typeof DocumentAttached>;

export const ChargeReport = Type.Object({
  ...named,
  carrier: Type.Optional(Identifier),
  code: ChargeCode,
  quantity: Type.Optional(PositiveDecimalText),
  side: Type.Enum(['sell', 'buy', 'both']),
  occurredAt: InstantText,
  note: Type.Optional(FreeText),
});
export type ChargeReport = Static<typeof ChargeReport>;

export const CarrierInvoice = Type.Object({
  carrier: Identifier,
  invoice: Identifier,
  issuedOn: LocalDateText,
  currency: CurrencyText,
  lines: Type.Array(Type.Object({ ...named, code: ChargeCode, amount: DecimalText }), { maxItems: 10_000 }),
});
export type CarrierInvoice = Static<typeof CarrierInvoice>;

export const PaymentReceived = Type.Object({
  payment: Identifier,
  customer: Identifier,
  currency: CurrencyText,
  amount: DecimalText,
  receivedOn: LocalDateText,
  remittance: Type.Optional(
    Type.Array(Type.Object({ invoice: Identifier, amount: DecimalText }), { maxItems: 10_000 }),
  ),
  /** What the payer wrote. An invoice's number in it, ours or the ERP's, names that invoice. */
  text: Type.Optional(FreeText),
  /** Other numbers of the same payment, by which a reversal may name it. */
  references: Type.Optional(Type.Array(Identifier, { maxItems: 100 })),
  /** Which of our legal entities was paid: it settles no invoice of another. */
  legalEntity: Type.Optional(Identifier),
});
export type PaymentReceived = Static<typeof PaymentReceived>;

/** A bank took a payment back, whole: what it settled is open again. */
export const PaymentReversed = Type.Object({
  /** The reversal's own number. */
  reversal: Identifier,
  customer: Identifier,
  currency: CurrencyText,
  amount: DecimalText,
  reversedOn: LocalDateText,
  /** Names of the payment: its `payment` or any of its `references`. */
  references: Type.Array(Identifier, { minItems: 1, maxItems: 100 }),
});
export type PaymentReversed = Static<typeof PaymentReversed>;

export const FuelPublished = Type.Object({ index: Identifier, effective: LocalDateText, price: PositiveDecimalText });
export type FuelPublished = Static<typeof FuelPublished>;

const contents = Type.Array(ContentsRow, { maxItems: 10_000 });

export const ShipmentPacked = Type.Object({
  ...named,
  contents,
  packedAt: InstantText,
  packages: Type.Optional(
    Type.Array(
      Type.Object({
        sscc: Type.Optional(Identifier),
        weight: Type.Optional(Type.Unknown()),
        contents: Type.Optional(contents),
      }),
      { maxItems: 10_000 },
    ),
  ),
});
export const DeliveryShort = Type.Object({
  ...named,
  shortages: Type.Array(
    Type.Object({
      order: Identifier,
      line: LineNumber,
      quantity: PositiveDecimalText,
      reason: Type.Enum(['short', 'damaged', 'refused']),
    }),
    { maxItems: 10_000 },
  ),
  occurredAt: InstantText,
});
export const GoodsReturned = Type.Object({ ...named, contents, receivedAt: InstantText });

/** What a person of ours enters by hand, `amount` above zero. Made by the hub itself, never taken from a partner. */
export const ChargeEntered = Type.Object({
  shipment: Identifier,
  entry: Type.Enum(['charge', 'credit', 'write-off']),
  code: ChargeCode,
  amount: PositiveDecimalText,
  currency: CurrencyText,
  reason: FreeText,
  enteredAt: InstantText,
  /** Beyond what its author may enter alone. */
  needsApproval: Type.Boolean(),
});

/** An approver's word on entries that needed it, named by their event ids. Made by the hub itself. */
export const ChargeRuled = Type.Object({
  shipment: Identifier,
  entries: Type.Array(Identifier, { minItems: 1, maxItems: 1_000 }),
  ruling: Type.Enum(['approved', 'refused']),
  reason: Type.Optional(FreeText),
  ruledAt: InstantText,
});

/** A person of ours said which shipment these numbers mean. Made by the hub itself. */
export const ReferenceLinked = Type.Object({
  shipment: Identifier,
  references: Type.Array(Reference, { minItems: 1, maxItems: 100 }),
  reason: Type.Optional(FreeText),
  linkedAt: InstantText,
});

/** An outgoing document was answered with a rejection (X12 997, 999, 824). */
export const DeliveryRejected = Type.Object({ document: Identifier, reason: FreeText });

/** An outgoing document was answered with a receipt (X12 997, 999). */
export const DeliveryAcknowledged = Type.Object({ document: Identifier });

/** What the ERP says of a document of ours: people pay, cancel and credit it there too. */
export const DocumentStated = Type.Object({
  /** Our number. */
  document: Identifier,
  state: Type.Enum(['posted', 'cancelled', 'deleted']),
  currency: CurrencyText,
  /** With tax, what is not paid or set off. */
  open: DecimalText,
  /** In the ERP's own words, such as `partial`. */
  paymentState: Type.Optional(Identifier),
  /** A credit note against it that we did not make. */
  creditedBy: Type.Optional(
    Type.Object({
      erpNumber: Identifier,
      /** With tax. */
      amount: DecimalText,
      isPosted: Type.Boolean(),
      /** The ERP's own permanent name of the note; with what it comes to before tax, and its tax. */
      record: Type.Optional(Identifier),
      subtotal: Type.Optional(DecimalText),
      tax: Type.Optional(DecimalText),
    }),
  ),
});
export type DocumentStated = Static<typeof DocumentStated>;

/** Every canonical type and the schema of its `data`: the one list that validation, JSON Schema and OpenAPI are made from. */
export const EVENT_DATA = {
  'order.placed': Order,
  'shipment.planned': ShipmentPlan,
  'shipment.milestone': MilestoneReport,
  'shipment.packed': ShipmentPacked,
  'delivery.short': DeliveryShort,
  'goods.returned': GoodsReturned,
  'document.attached': DocumentAttached,
  'charge.reported': ChargeReport,
  'charge.entered': ChargeEntered,
  'charge.ruled': ChargeRuled,
  'reference.linked': ReferenceLinked,
  'carrier.invoice': CarrierInvoice,
  'payment.received': PaymentReceived,
  'payment.reversed': PaymentReversed,
  'fuel.published': FuelPublished,
  'appointment.changed': AppointmentChange,
  'status.noted': StatusNote,
  'delivery.acknowledged': DeliveryAcknowledged,
  'delivery.rejected': DeliveryRejected,
  'document.stated': DocumentStated,
} as const satisfies Record<string, TSchema>;

export type EventType = keyof typeof EVENT_DATA;
export type EventData<T extends EventType> = Static<(typeof EVENT_DATA)[T]>;

/** One canonical event. `time` is when it was reported; without it, the arrival stands. */
export type CanonicalEvent = {
  [T in EventType]: { id: string; source: string; type: T; time?: string; data: EventData<T> };
}[EventType];

export const CloudEvent = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Identifier,
  source: Identifier,
  type: Identifier,
  time: Type.Optional(InstantText),
  datacontenttype: Type.Optional(Type.String()),
  data: Type.Unknown(),
});
