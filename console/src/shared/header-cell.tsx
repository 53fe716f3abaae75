// The head of a column; where the hub can sort by it, a button that does.
import { Group, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** `by` as the hub takes it: `pickup`, or `-pickup` for the other way round. */
export type Sorting = { readonly by: string | undefined; readonly change: (by: string) => void };

type Props = {
  readonly name: string;
  /** In place of the name. */
  readonly heading?: ReactNode;
  readonly align?: 'left' | 'right';
  readonly sort?: string;
  readonly sorting?: Sorting;
};

export function HeaderCell({ name, heading = name, align = 'left', sort, sorting }: Props) {
  if (sort === undefined || sorting === undefined) return <Table.Th ta={align}>{heading}</Table.Th>;
  const { by, change } = sorting;
  const order = by === sort ? 'ascending' : by === `-${sort}` ? 'descending' : 'none';
  return (
    <Table.Th ta={align} aria-sort={order}>
      <UnstyledButton fz="sm" fw={700} onClick={() => change(order === 'ascending' ? `-${sort}` : sort)}>
        <Group gap={4} wrap="nowrap" justify={align === 'right' ? 'flex-end' : 'flex-start'}>
          {name}
          {order === 'ascending' && <IconArrowUp size={14} aria-hidden />}
          {order === 'descending' && <IconArrowDown size={14} aria-hidden />}
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
