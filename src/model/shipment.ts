// A shipment as it is planned: the `data` of `shipment.planned` (contract section 3).

import { type Static, Type } from 'typebox';
import { StopKind } from './milestone.ts';
import { Reference } from './reference.ts';
import {
  CountryText,
  DecimalText,
  FreeText,
  Identifier,
  InstantText,
  LocodeText,
  PositiveDecimalText,
  RegionText,
  ZoneText,
} from './text.ts';

export const Appointment = Type.Object({ from: InstantText, to: Type.Optional(InstantText) });
export type Appointment = Static<typeof Appointment>;

export const Stop = Type.Object({
  sequence: Type.Integer({ minimum: 0, maximum: 9_999 }),
  kind: StopKind,
  name: Type.Optional(FreeText),
  city: Type.Optional(FreeText),
  region: Type.Optional(RegionText),
  postal: Type.Optional(Identifier),
  country: CountryText,
  locode: Type.Optional(LocodeText),
  timezone: Type.Optional(ZoneText),
  appointment: Type.Optional(Appointment),
});
export type Stop = Static<typeof Stop>;

export const WeightText = Type.Object({ value: PositiveDecimalText, unit: Type.Enum(['lb', 'kg']) });

/** A line of an order, as the order numbers it. */
export const LineNumber = Type.Integer({ minimum: 0, maximum: 999_999_999 });

export const ContentsRow = Type.Object({ order: Identifier, line: LineNumber, quantity: PositiveDecimalText });
export type ContentsRow = Static<typeof ContentsRow>;

export const ShipmentPlan = Type.Object({
  shipment: Identifier,
  customer: Identifier,
  carrier: Type.Optional(Identifier),
  orders: Type.Optional(Type.Array(Identifier, { maxItems: 1_000 })),
  mode: Identifier,
  service: Type.Optional(Identifier),
  equipment: Type.Optional(Identifier),
  references: Type.Optional(Type.Array(Reference, { maxItems: 1_000 })),
  stops: Type.Array(Stop, { minItems: 1, maxItems: 200 }),
  weight: Type.Optional(WeightText),
  pallets: Type.Optional(PositiveDecimalText),
  units: Type.Optional(PositiveDecimalText),
  distanceMiles: Type.Optional(PositiveDecimalText),
  attributes: Type.Optional(Type.Array(Identifier, { maxItems: 200 })),
  contents: Type.Optional(Type.Array(ContentsRow, { maxItems: 10_000 })),
});
export type ShipmentPlan = Static<typeof ShipmentPlan>;

export const OrderLine = Type.Object({
  line: LineNumber,
  sku: Type.Optional(Identifier),
  description: Type.Optional(FreeText),
  quantity: PositiveDecimalText,
  unit: Type.Optional(Identifier),
  unitPrice: DecimalText,
  taxCategory: Type.Optional(Identifier),
  /** Of the whole line. */
  weight: Type.Optional(WeightText),
});
export type OrderLine = Static<typeof OrderLine>;

export const ShipTo = Type.Object({
  name: Type.Optional(FreeText),
  street: Type.Optional(FreeText),
  city: Type.Optional(FreeText),
  region: Type.Optional(RegionText),
  postal: Type.Optional(Identifier),
  country: Type.Optional(CountryText),
});

export const Order = Type.Object({
  order: Identifier,
  customer: Identifier,
  lines: Type.Array(OrderLine, { maxItems: 10_000 }),
  shipTo: ShipTo,
  currency: Type.String({ format: 'iso-4217' }),
  legalEntity: Type.Optional(Identifier),
  placedAt: InstantText,
  /** When the customer wants it. */
  wantedBy: Type.Optional(InstantText),
  /** The customer's own number of it. */
  customerReference: Type.Optional(Identifier),
  /** It was called off; its lines are gone. */
  cancelledAt: Type.Optional(InstantText),
});
export type Order = Static<typeof Order>;
