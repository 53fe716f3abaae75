// Who takes part: `partners.json` (contract section 2; profile keys: part 2).

import { type Static, Type } from 'typebox';
import { Milestone } from '../milestone.ts';
import { ChargeCode, FreeText, Identifier, ZoneText } from '../text.ts';
import { DemandProfile } from './demand.ts';
import { FreightBillMapping } from './mapping.ts';
import { Pull } from './pull.ts';

const PARTNER_ROLES = ['customer', 'carrier', 'warehouse', 'tms', 'broker', 'erp', 'bank', 'legal-entity'] as const;
export const PartnerRole = Type.Enum(PARTNER_ROLES);
export type PartnerRole = Static<typeof PartnerRole>;

const PARTNER_SCHEMES = ['scac', 'x12', 'edifact', 'duns', 'gln', 'vat', 'odoo', 'email', 'iban'] as const;

export const PartnerIdentifier = Type.Object(
  {
    scheme: Type.Enum(PARTNER_SCHEMES),
    qualifier: Type.Optional(Identifier),
    value: Identifier,
  },
  { additionalProperties: false },
);

export const Partner = Type.Object(
  {
    id: Identifier,
    name: FreeText,
    roles: Type.Array(PartnerRole, { minItems: 1 }),
    identifiers: Type.Optional(Type.Array(PartnerIdentifier)),
    timezone: Type.Optional(ZoneText),
    /** Their status code (X12 AT701) → our milestone; goes before the standard table. */
    statusCodes: Type.Optional(Type.Record(Type.String(), Milestone)),
    /** Their charge code (X12 L108) → ours; goes before the standard table. */
    chargeCodes: Type.Optional(Type.Record(Type.String(), ChargeCode)),
    /** A D1 status also stands for a proof of delivery. */
    podFromD1: Type.Optional(Type.Boolean()),
    /** Which functional acknowledgement this partner gets; 997 when not given. */
    acknowledgement: Type.Optional(Type.Enum(['997', '999'])),
    /** L11/N9 qualifier that carries the distance in miles, where it is not `DIS`. */
    distanceQualifier: Type.Optional(Identifier),
    /** How its delimited files read; the first mapping whose columns a file has is taken. */
    delimited: Type.Optional(Type.Array(FreightBillMapping, { minItems: 1, maxItems: 20 })),
    /** It is to be heard at least this often; after longer silence `partner-silent` opens. Without it nobody is told. */
    silentAfterMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 525_600 })),
    /** Of an ERP: that it is read from, and how. Without it nothing is read. */
    pull: Type.Optional(Pull),
    /** Of a TMS or carrier: how it is asked to carry an order. Who asks it says `pull.demandTo` of the ERP. */
    demand: Type.Optional(DemandProfile),
  },
  { additionalProperties: false },
);
export type Partner = Static<typeof Partner>;
export const Partners = Type.Array(Partner, { maxItems: 100_000 });

export type Speaker = 'carrier' | 'customer' | 'trusted';

/** For whom a partner may speak: one that is only a carrier, or only a customer, for itself; any further role, for others too. */
export function speakerOf({ roles }: Pick<Partner, 'roles'>): Speaker {
  const [only] = roles;
  if (only === undefined || roles.some((role) => role !== only)) return 'trusted';
  return only === 'carrier' || only === 'customer' ? only : 'trusted';
}
