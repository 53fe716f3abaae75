// A table of a few rows, all of them drawn; where it is too wide it scrolls within itself, by keyboard too.
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

type Head = string | { readonly name: string; readonly align: 'right' };

type Props = {
  /** What it is a table of, for those who do not see it. */
  readonly label: string;
  readonly heads: readonly Head[];
  readonly minWidth: number;
  /** Its rows. */
  readonly children: ReactNode;
};

export function PlainTable({ label, heads, minWidth, children }: Props) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => {
              const { name, align } = typeof head === 'string' ? { name: head, align: undefined } : head;
              return (
                <Table.Th key={name} ta={align}>
                  {name}
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Heads of columns of numbers. */
export function toTheRight(...names: readonly string[]): readonly Head[] {
  return names.map((name) => ({ name, align: 'right' }));
}
