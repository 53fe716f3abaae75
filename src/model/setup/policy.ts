// How a customer is billed (contract section 2, `policies.json`; `bills`: part 3).

import { type Static, Type } from 'typebox';
import { Identifier, PositiveDecimalText } from '../text.ts';

const strict = { additionalProperties: false };

export const BillingPolicy = Type.Object(
  {
    customer: Identifier,
    trigger: Type.Optional(Type.Enum(['dispatched', 'delivered', 'pod', 'export-cleared'])),
    consolidation: Type.Optional(Type.Enum(['shipment', 'daily', 'weekly'])),
    paymentTermsDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_650 })),
    adjustments: Type.Optional(Type.Object({ autoApproveUpTo: Type.Optional(PositiveDecimalText) }, strict)),
    creditLimit: Type.Optional(PositiveDecimalText),
    legalEntity: Type.Optional(Identifier),
    bills: Type.Optional(Type.Array(Type.Enum(['goods', 'freight']), { minItems: 1, maxItems: 2 })),
  },
  strict,
);
export type BillingPolicy = Static<typeof BillingPolicy>;
export const BillingPolicies = Type.Array(BillingPolicy, { maxItems: 100_000 });

export type BillingTrigger = 'dispatched' | 'delivered' | 'pod' | 'export-cleared';
