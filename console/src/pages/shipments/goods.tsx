// What of which orders is in it: what was shipped, and what of that arrived and was kept.
import { Table } from '@mantine/core';
import { LinkTo } from '../../shared/link-to.tsx';
import { PlainTable, toTheRight } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import type { ExplainedShipment } from './explained.ts';

export function Goods({ goods = [] }: { readonly goods: ExplainedShipment['goods'] }) {
  if (goods.length === 0) return null;
  return (
    <Section title="Goods" id="goods" count={goods.length}>
      <PlainTable label="Goods" minWidth={240} heads={['Order', 'Line', ...toTheRight('Shipped', 'Kept')]}>
        {goods.map(({ order, line, shipped, kept }) => (
          <Table.Tr key={`${order} ${line}`}>
            <Table.Td>
              <LinkTo kind="orders" id={order} />
            </Table.Td>
            <Table.Td>{line}</Table.Td>
            <Table.Td ta="right">{shipped}</Table.Td>
            <Table.Td ta="right" fw={shipped === kept ? undefined : 600}>
              {kept}
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </Section>
  );
}
