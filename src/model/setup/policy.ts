// How a customer is billed (contract section 2, `policies.json`; `bills`: part 3).

import { type Static, Type } from 'typebox';
import { ChargeCode, Identifier, PositiveDecimalText } from '../text.ts';

const strict = { additionalProperties: false };

const PRO_FORMA_RELEASES = ['planned', 'accepted', 'dispatched'] as const;
export type ProFormaRelease = (typeof PRO_FORMA_RELEASES)[number];

/** Export invoicing in stages. The commercial invoice is the first invoice, at the policy's trigger. */
const InvoiceStages = Type.Object(
  {
    /** From when on a pro-forma is issued; none given: none is. */
    proForma: Type.Optional(Type.Enum(PRO_FORMA_RELEASES)),
    /** What differs from the commercial invoice waits for this document; none given: it is adjusted at once. */
    final: Type.Optional(Type.Literal('export-proof')),
    /** Days from the trigger until a proof that is not there is a problem; none given: never. */
    proofWithinDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  strict,
);

/** Duty and customs lines that carriers and customs agents bill. */
const LandedCost = Type.Object(
  {
    /** Their charge codes. Billed by anybody, they are accepted as they come, and are cost of the shipment and its orders. */
    codes: Type.Array(ChargeCode, { minItems: 1, maxItems: 100, uniqueItems: true }),
    /** The customer is charged them at what they came to; one that is late corrects its invoice. None given: not. */
    correction: Type.Optional(Type.Boolean()),
    /** Of such a charge; none given: `freight`. */
    taxCategory: Type.Optional(Identifier),
  },
  strict,
);

/** Overdue invoices are told to finance when they reach a stage. */
const CollectionStage = Type.Object(
  {
    /** The desk's own word: `reminder`, `notice`, `agency`. */
    stage: Identifier,
    /** 1: the day after the due date. */
    daysOverdue: Type.Integer({ minimum: 1, maximum: 3_650 }),
  },
  strict,
);
export type CollectionStage = Static<typeof CollectionStage>;
/** By role of the key: what a person of that role may enter by hand on one shipment without an approver; none given: zero. */
export const ManualLimits = Type.Object(
  {
    admin: Type.Optional(PositiveDecimalText),
    finance: Type.Optional(PositiveDecimalText),
    operations: Type.Optional(PositiveDecimalText),
    'customer-service': Type.Optional(PositiveDecimalText),
  },
  strict,
);
export type ManualLimits = Static<typeof ManualLimits>;

const Adjustments = Type.Object(
  { autoApproveUpTo: Type.Optional(PositiveDecimalText), manualLimits: Type.Optional(ManualLimits) },
  strict,
);

export const BillingPolicy = Type.Object(
  {
    customer: Identifier,
    trigger: Type.Optional(Type.Enum(['dispatched', 'delivered', 'pod', 'export-cleared'])),
    consolidation: Type.Optional(Type.Enum(['shipment', 'daily', 'weekly'])),
    paymentTermsDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_650 })),
    adjustments: Type.Optional(Adjustments),
    creditLimit: Type.Optional(PositiveDecimalText),
    /** None given: overdue invoices are listed and nobody is told. */
    collections: Type.Optional(Type.Array(CollectionStage, { maxItems: 20 })),
    legalEntity: Type.Optional(Identifier),
    stages: Type.Optional(InvoiceStages),
    /** What is billed of freight that came back; none given: as any other, once its trigger is reached. */
    onReturn: Type.Optional(Type.Enum(['nothing', 'freight', 'freight-and-return-leg'])),
    landedCost: Type.Optional(LandedCost),
    bills: Type.Optional(Type.Array(Type.Enum(['goods', 'freight']), { minItems: 1, maxItems: 2 })),
  },
  strict,
);
export type BillingPolicy = Static<typeof BillingPolicy>;
export const BillingPolicies = Type.Array(BillingPolicy, { maxItems: 100_000 });

export type BillingTrigger = 'dispatched' | 'delivered' | 'pod' | 'export-cleared';
