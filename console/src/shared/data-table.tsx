// A list of any length: the hub filters and sorts, pages come as one scrolls, only what is seen is drawn.
import { Button, Group, ScrollArea, Table, Text, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { csvOf, saveAs } from './csv.ts';
import { Empty, FaultView, Loading } from './states.tsx';

export type Column<Row> = {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** As plain text, for the CSV; none leaves the column out there. */
  readonly text?: (row: Row) => string | undefined;
  readonly align?: 'left' | 'right';
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
};

export type ListPage<Row> = { readonly items: readonly Row[]; readonly next?: string };

type Props<Row> = {
  /** Says what it is a list of, such as `shipments`. */
  readonly what: string;
  readonly columns: readonly Column<Row>[];
  readonly list: Pick<
    UseInfiniteQueryResult<{ pages: ListPage<Row>[] }>,
    'data' | 'error' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'refetch'
  >;
  readonly keyOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** Said where nothing is found. */
  readonly empty: string;
  readonly height?: string;
};

const ROW_PIXELS = 41;
const AHEAD = 20;

export function DataTable<Row>(props: Props<Row>) {
  const { what, columns: all, list, keyOf, onOpen, empty, height = 'calc(100dvh - 15rem)' } = props;
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const { ref: widthRef, width } = useElementSize();
  const columns = all.filter(({ wideOnly = false }) => width === 0 || width > 720 || !wideOnly);
  const view = useRef<HTMLDivElement>(null);
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PIXELS,
    overscan: AHEAD,
  });
  const seen = drawn.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  if (isPending) return <Loading what={what} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  if (rows.length === 0) return <Empty says={empty} />;
  const before = seen[0]?.start ?? 0;
  const after = drawn.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <div ref={widthRef}>
      <ScrollArea.Autosize mah={height} viewportRef={view} type="auto">
        <Table stickyHeader highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, align = 'left' }) => (
                <Table.Th key={name} ta={align}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {before > 0 && <Gap height={before} columns={columns.length} />}
            {seen.map(({ index }) => {
              const row = rows[index] as Row;
              return (
                <Table.Tr
                  key={keyOf(row)}
                  {...(onOpen === undefined
                    ? {}
                    : {
                        tabIndex: 0,
                        style: { cursor: 'pointer' },
                        onClick: () => onOpen(row),
                        onKeyDown: ({ key }: { key: string }) => key === 'Enter' && onOpen(row),
                      })}
                >
                  {columns.map(({ name, cell, align = 'left' }) => (
                    <Table.Td key={name} ta={align}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
            {after > 0 && <Gap height={after} columns={columns.length} />}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Group justify="space-between" mt="xs" className="no-print">
        <Text size="sm" c="dimmed" role="status">
          {rows.length} {what}
          {hasNextPage ? ' so far' : ''}
          {isFetchingNextPage && <VisuallyHidden>, loading more</VisuallyHidden>}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveAs(`${what.replaceAll(' ', '-')}.csv`, csvOf(all, rows))}
        >
          CSV
        </Button>
      </Group>
    </div>
  );
}

function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <Table.Tr aria-hidden>
      <Table.Td colSpan={columns} p={0} style={{ height }} />
    </Table.Tr>
  );
}
