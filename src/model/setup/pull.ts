// Reading from an ERP, as its partner profile says it: how often, and what becomes of the orders found there.
import { type Static, Type } from 'typebox';
import { Identifier, InstantText } from '../text.ts';

export const Pull = Type.Object(
  {
    /** Seconds from one look to the next. */
    everySeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 86_400, default: 60 })),
    /** Each look begins so many seconds before the last one: longer than the longest transaction in the ERP. */
    overlapSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400, default: 300 })),
    /** Hours from one search for deleted records to the next. */
    sweepHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 744, default: 24 })),
    /** Whose confirmed orders become transport demand: the partner that gets it. None given: orders only. */
    demandTo: Type.Optional(Identifier),
    /** Orders confirmed before this become no transport demand. None given: since the partner is first asked. */
    demandSince: Type.Optional(InstantText),
    /** Our customer, by the ERP's id of its contact, where the contact carries neither our id nor an identifier. */
    customers: Type.Optional(Type.Record(Type.String({ pattern: '^[1-9]\\d*$' }), Identifier)),
    /** Unit in which the ERP keeps products' weights. */
    weightUnit: Type.Optional(Type.Enum(['kg', 'lb'], { default: 'kg' })),
    /** Legal entity, by the ERP's id of its company. */
    legalEntities: Type.Optional(Type.Record(Type.String({ pattern: '^[1-9]\\d*$' }), Identifier)),
  },
  { additionalProperties: false },
);
export type Pull = Static<typeof Pull>;

export const DEFAULT_PULL = { everySeconds: 60, overlapSeconds: 300, sweepHours: 24 } as const;
