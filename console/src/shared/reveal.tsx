// A line with more behind it: arithmetic, evidence. Open lines are printed, closed ones are not.
import { Collapse, Group, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = {
  /** The line itself, as its button says it. */
  readonly line: ReactNode;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
};

export function Reveal({ line, children, isOpenAtFirst = false }: Props) {
  const [isOpen, { toggle }] = useDisclosure(isOpenAtFirst);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className="reveal">
      <UnstyledButton onClick={toggle} aria-expanded={isOpen} w="100%" py={6}>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <Chevron size={16} aria-hidden className="no-print reveal-mark" />
          <div className="reveal-line">{line}</div>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <div className="reveal-body">{isOpen && children}</div>
      </Collapse>
    </div>
  );
}
