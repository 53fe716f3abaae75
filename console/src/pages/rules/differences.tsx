// What differs, place by place: what was there, what is there.
import { Table, Text } from '@mantine/core';
import type { components } from '../../api/types.ts';

type Difference = components['schemas']['Difference'];

export function Differences({ differences, label }: { differences: readonly Difference[]; label: string }) {
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Where</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
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
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
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
