// What should happen in an outside system, and how far it has come: intended, sent, and then known or not.
import { Group, Text } from '@mantine/core';
import { StateBadge } from './state-badge.tsx';
import { Time } from './text.tsx';

export type Effect = {
  readonly key: string;
  readonly system: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly nextAt?: string;
  readonly externalId?: string;
  readonly createdAt: string;
  readonly changedAt: string;
};

export function EffectLife({ effect }: { readonly effect: Effect }) {
  const { system, kind, state, attempts, reason, nextAt, externalId, createdAt, changedAt } = effect;
  return (
    <Group gap="xs" pb={6}>
      <StateBadge state={state} />
      <Text size="sm" c="dimmed" component="div">
        {kind} in {system}: intended <Time at={createdAt} />
        {attempts > 0 && `, sent ${attempts === 1 ? 'once' : `${attempts} times`}`}
        {state !== 'intended' && (
          <>
            , {state} <Time at={changedAt} />
          </>
        )}
        {externalId !== undefined && ` as ${externalId}`}
        {nextAt !== undefined && (
          <>
            , next try <Time at={nextAt} />
          </>
        )}
        {reason !== undefined && `: ${reason}`}
      </Text>
    </Group>
  );
}
