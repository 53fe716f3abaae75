// The life of a dispute with a carrier, and where it can be taken.
import { Button, Group, Text, TextInput, Timeline } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { moneyText, Time } from '../../shared/text.tsx';
import { useAct } from '../../shared/use-act.ts';
import type { Explanation } from './detail.ts';
import { MOVES, type Move } from './words.ts';

type Dispute = NonNullable<Explanation['invoices'][number]['dispute']>;
type Props = { readonly id: string; readonly currency: string; readonly dispute: Dispute };

export function DisputePart({ id, currency, dispute }: Props) {
  const may = useMay();
  const { state, disputed, recovered, steps } = dispute;
  const isUnsettled = state === 'open' || state === 'sent';
  return (
    <Section title="Dispute" id="dispute">
      <Group gap="xs" mb="sm">
        <StateBadge state={state} />
        <Text size="sm">
          {moneyText(disputed, currency)} disputed
          {isUnsettled ? '' : `, ${moneyText(recovered, currency)} recovered`}
        </Text>
      </Group>
      <Timeline bulletSize={14} lineWidth={2} active={steps.length - 1}>
        {steps.map(({ state: to, at, by, reason }) => (
          <Timeline.Item key={`${to} ${at}`} title={<Text size="sm">{to.replaceAll('-', ' ')}</Text>}>
            <Text size="sm" className="breakable">
              {reason}
            </Text>
            <Text size="xs" c="dimmed">
              {by}, <Time at={at} />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
      {isUnsettled && may('disputes:write') && <Moves id={id} currency={currency} dispute={dispute} />}
    </Section>
  );
}

function Moves({ id, currency, dispute: { state, disputed } }: Props) {
  const { act, isBusy } = useAct(['carrier-invoices', 'exceptions']);
  const [chosen, choose] = useState<Move>();
  const [recovered, setRecovered] = useState('');
  const move = MOVES.find(({ to }) => to === chosen);
  const submit = async (reason: string) => {
    if (chosen === undefined) return;
    const part = chosen === 'accepted' && recovered.trim() !== '' ? { recovered: recovered.trim() } : {};
    const asked = api.POST('/v1/carrier-disputes/{id}/move', {
      params: { path: { id } },
      body: { to: chosen, reason, ...part },
    });
    const moved = await act(asked, (now) => `The dispute is ${now.state.replaceAll('-', ' ')}`);
    if (moved !== undefined) choose(undefined);
  };
  return (
    <Group gap="xs" mt="md" className="no-print">
      {MOVES.filter(({ to }) => to !== state).map(({ to, label }) => (
        <Button key={to} size="sm" variant={to === 'sent' ? 'filled' : 'default'} onClick={() => choose(to)}>
          {label}…
        </Button>
      ))}
      <ReasonDialog
        key={chosen ?? 'none'}
        title={move?.label ?? ''}
        says={move?.says ?? ''}
        does={move?.label ?? ''}
        isOpen={move !== undefined}
        isBusy={isBusy}
        close={() => choose(undefined)}
        submit={(reason) => void submit(reason)}
      >
        {chosen === 'accepted' && (
          <TextInput
            label={`Given up, of ${moneyText(disputed, currency)}`}
            description="Empty: all of it"
            inputMode="decimal"
            pattern="[0-9]+([.][0-9]+)?"
            value={recovered}
            onChange={({ currentTarget }) => setRecovered(currentTarget.value)}
          />
        )}
      </ReasonDialog>
    </Group>
  );
}
