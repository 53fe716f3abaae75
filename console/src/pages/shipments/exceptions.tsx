// What is or was wrong with it, what it waits for and what mends it.

import { Group, Text } from '@mantine/core';
import { useMay } from '../../session/use-session.ts';
import { kindText } from '../../shared/exception-kind.ts';
import { InWords } from '../../shared/in-words.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Time } from '../../shared/text.tsx';
import type { ExplainedShipment } from './explained.ts';

export function Exceptions({ exceptions }: Pick<ExplainedShipment, 'exceptions'>) {
  const may = useMay();
  return (
    <Section title="Exceptions" id="exceptions" count={exceptions.length}>
      {exceptions.map(({ id, kind, detail, state, owner, openedAt, dueAt, closedAt, waitsFor, mend }) => (
        <div key={id} className="reveal">
          <Group gap="xs" pt={6}>
            {may('exceptions:read') ? (
              <LinkTo kind="exceptions" id={id}>
                {kindText(kind)}
              </LinkTo>
            ) : (
              <Text size="sm">{kindText(kind)}</Text>
            )}
            <StateBadge state={state} />
            <Text size="sm" c="dimmed">
              {owner}, since <Time at={openedAt} />,{' '}
              {closedAt === undefined ? (
                <>
                  due <Time at={dueAt} />
                </>
              ) : (
                <>
                  closed <Time at={closedAt} />
                </>
              )}
            </Text>
          </Group>
          <Text size="sm" className="capital">
            {detail}
          </Text>
          {state === 'open' && (
            <Text size="sm" c="dimmed" pb={6}>
              Waits for {waitsFor}. <InWords text={mend} />
            </Text>
          )}
        </div>
      ))}
    </Section>
  );
}
