// Effects as people and the API see them: what should happen outside, and how far it has come.

import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export const EFFECT_STATES = ['intended', 'sent', 'unknown', 'confirmed', 'refused', 'dead'] as const;

export type EffectView = {
  readonly key: string;
  readonly system: string;
  readonly kind: string;
  readonly subject: string;
  readonly state: (typeof EFFECT_STATES)[number];
  readonly attempts: number;
  readonly reason?: string;
  readonly externalId?: string;
  readonly correlation?: string;
  readonly nextAt?: string;
  readonly createdAt: string;
  readonly changedAt: string;
};
export type EffectFilter = {
  readonly system?: string;
  readonly state?: string;
  readonly kind?: string;
  readonly subject?: string;
  readonly subjects?: readonly string[];
};

const COLUMNS = `f.key, f.system, f.kind, f.subject, f.state, f.attempts, f.reason, f.external_id as "externalId",
  f.correlation, ${utc('f.next_at')} as "nextAt", ${utc('f.created_at')} as "createdAt",
  ${utc('f.changed_at')} as "changedAt"`;

/** By key. */
export async function listEffects(
  db: Queryable,
  tenant: string,
  filter: EffectFilter,
  { limit, after }: PageRequest,
): Promise<EffectView[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.effect f
      where f.tenant = $1 and ($2::text is null or f.key > $2) and ($3::text is null or f.system = $3)
        and ($4::text is null or f.state = $4) and ($5::text is null or f.kind = $5)
        and ($6::text is null or f.subject = $6) and ($7::text[] is null or f.subject = any($7))
      order by f.key limit $8`,
    [tenant, after?.[0], filter.system, filter.state, filter.kind, filter.subject, filter.subjects, limit + 1],
  );
  return rows.map(withoutNulls<EffectView>);
}
