// What became of a document: payments, corrections, its life in the ERP.
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EffectLife } from '../../shared/effect-life.tsx';
import { explained } from '../../shared/explanation.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { Money, Reference, Time } from '../../shared/text.tsx';
import type { Invoice } from './detail.ts';

type Props = { readonly invoice: Invoice };

export function Payments({ invoice: { settledBy, currency, kind } }: Props) {
  if (kind === 'credit-note') return null;
  return (
    <Section title="Payments" id="payments" count={settledBy.length}>
      {settledBy.length === 0 && <Empty says="Nothing is paid of it yet." />}
      {settledBy.map(({ kind: how, source, amount, at }) => (
        <Group key={`${how} ${source}`} justify="space-between" gap="xs" py={4}>
          <Text size="sm" component="div">
            {how === 'credit-note' ? (
              <>
                Credit note <LinkTo kind="invoices" id={source} />
              </>
            ) : (
              <>
                Payment <Reference>{source}</Reference>
              </>
            )}
            <Text span c="dimmed" size="sm">
              {' '}
              applied <Time at={at} />
            </Text>
          </Text>
          <Text size="sm" fw={600}>
            <Money amount={amount} currency={currency} />
          </Text>
        </Group>
      ))}
    </Section>
  );
}

export function Corrections({ invoice: { correctedBy } }: Props) {
  if (correctedBy.length === 0) return null;
  return (
    <Section title="Corrected by" id="corrections" count={correctedBy.length}>
      {correctedBy.map(({ number, kind, state, total, currency }) => (
        <Group key={number} justify="space-between" gap="xs" py={4}>
          <Group gap="xs">
            <LinkTo kind="invoices" id={number} />
            <Text size="sm">{kind.replaceAll('-', ' ')}</Text>
            <StateBadge state={state} />
          </Group>
          <Text size="sm" fw={600}>
            {kind === 'credit-note' && 'gives back '}
            <Money amount={total} currency={currency} />
          </Text>
        </Group>
      ))}
    </Section>
  );
}

export function ErpLife({ number }: { readonly number: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['effects', 'of', number],
    queryFn: () => explained('invoice', `invoice:${number}`),
  });
  return (
    <div className="no-print">
      <Section title="In the ERP" id="erp">
        {isPending && <Loading what="its life in the ERP" />}
        {error !== null && <FaultView error={error} again={() => void refetch()} />}
        {data?.invoice.effects.length === 0 && <Empty says="Nothing is wanted of an outside system yet." />}
        {data?.invoice.effects.map((effect) => (
          <EffectLife key={effect.key} effect={effect} />
        ))}
      </Section>
    </div>
  );
}
