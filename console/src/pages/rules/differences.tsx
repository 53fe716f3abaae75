// What differs, place by place: what was there, what is there.
import { Table, Text } from '@mantine/core';
import type { components } from '../../api/types.ts';
import { PlainTable } from '../../shared/plain-table.tsx';

type Difference = components['schemas']['Difference'];

export function Differences({ differences, label }: { differences: readonly Difference[]; label: string }) {
  return (
    <PlainTable label={label} minWidth={480} heads={['Where', 'Before', 'After']}>
      {differences.map(({ path, before, after }) => (
        <Table.Tr key={path}>
          <Table.Td className="mono">{path}</Table.Td>
          <Table.Td>
            <Value value={before} missing="was not there" />
          </Table.Td>
          <Table.Td>
            <Value value={after} missing="taken away" />
          </Table.Td>
        </Table.Tr>
      ))}
    </PlainTable>
  );
}

function Value({ value, missing }: { readonly value: unknown; readonly missing: string }) {
  if (value === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {missing}
      </Text>
    );
  }
  if (typeof value !== 'object') return <span className="breakable">{String(value)}</span>;
  return <pre className="bytes">{JSON.stringify(value, undefined, 1)}</pre>;
}
