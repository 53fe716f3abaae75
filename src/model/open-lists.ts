// Shipments on which the physical chain and the money chain disagree: lists for the people who mend it.
import { type Static, Type } from 'typebox';

export const LIST_NAMES = [
  'delivered-unbilled',
  'billed-undelivered',
  'cost-without-revenue',
  'missed-revenue',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

const optional = Type.Optional;

export const ListRow = Type.Object(
  {
    shipment: Type.String(),
    customer: optional(Type.String()),
    carrier: optional(Type.String()),
    status: optional(Type.String()),
    billing: optional(Type.String()),
    /** Of a missed revenue: the charge. */
    code: optional(Type.String()),
    amount: optional(
      Type.String({ description: 'Major units: what is not billed, is billed too soon, or was billed to us' }),
    ),
    currency: optional(Type.String()),
    since: optional(Type.String({ description: 'When it was delivered' })),
    why: Type.String(),
  },
  { title: 'ListRow' },
);
export type ListRow = Static<typeof ListRow>;

const List = Type.Object({ count: Type.Integer(), rows: Type.Array(ListRow, { description: 'The first thousand' }) });

export const OpenLists = Type.Object(
  {
    takenAt: Type.String({ format: 'date-time' }),
    'delivered-unbilled': List,
    'billed-undelivered': List,
    'cost-without-revenue': List,
    'missed-revenue': List,
  },
  { title: 'OpenLists' },
);
export type OpenLists = Static<typeof OpenLists>;
