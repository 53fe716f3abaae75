// A list of any length: the hub filters and sorts, pages come as one scrolls, only what is seen is drawn.
import { ScrollArea, Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { HeaderCell, type Sorting } from './header-cell.tsx';
import { ListFoot } from './list-foot.tsx';
import { Empty, FaultView, Loading } from './states.tsx';

export type Column<Row> = {
  readonly name: string;
  /** In place of the name at its head. */
  readonly heading?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** As plain text, for the CSV; none leaves the column out there. */
  readonly text?: (row: Row) => string | undefined;
  readonly align?: 'left' | 'right';
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
  /** The hub sorts by it under this name. */
  readonly sort?: string;
};

export type ListPage<Row> = { readonly items: readonly Row[]; readonly next?: string };

type Props<Row> = {
  /** Says what it is a list of, such as `shipments`. */
  readonly what: string;
  readonly columns: readonly Column<Row>[];
  readonly list: Pick<
    UseInfiniteQueryResult<{ pages: ListPage<Row>[] }>,
    'data' | 'error' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'refetch'
  > & {
    /** Every row, for the CSV; without it, those loaded so far. */
    readonly all?: () => Promise<readonly Row[]>;
  };
  readonly keyOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** The key of the row that one is at; it is brought into view. */
  readonly current?: string;
  /** Said where nothing is found. */
  readonly empty: string;
  readonly sorting?: Sorting;
  readonly height?: string;
};

const ROW_PIXELS = 41;
const AHEAD = 20;
const DRAWN_AHEAD = 8;
const PHONE_PIXELS = 720;

export function DataTable<Row>(props: Props<Row>) {
  const { what, columns: all, list, keyOf, onOpen, current, empty, sorting, height = 'calc(100dvh - 15rem)' } = props;
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const { ref: widthRef, width } = useElementSize();
  const columns = all.filter(({ wideOnly = false }) => width === 0 || width > PHONE_PIXELS || !wideOnly);
  const view = useRef<HTMLDivElement>(null);
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PIXELS,
    overscan: DRAWN_AHEAD,
  });
  const seen = drawn.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const at = current === undefined ? -1 : rows.findIndex((row) => keyOf(row) === current);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one scrolls to oneself, one stays
  useEffect(() => {
    if (at >= 0) drawn.scrollToIndex(at);
  }, [at]);
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  if (isPending) return <Loading what={what} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  // A page may be empty and more follow: what filters leave is looked for further on.
  if (rows.length === 0 && hasNextPage) return <Loading what={what} />;
  if (rows.length === 0) return <Empty says={empty} />;
  return (
    <div ref={widthRef}>
      <ScrollArea.Autosize
        mah={height}
        viewportRef={view}
        type="auto"
        viewportProps={{ tabIndex: 0, 'aria-label': what }}
      >
        <Table stickyHeader highlightOnHover verticalSpacing="xs" aria-rowcount={hasNextPage ? -1 : rows.length + 1}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, heading, align, sort }) => (
                <HeaderCell key={name} name={name} heading={heading} align={align} sort={sort} sorting={sorting} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Gap height={seen[0]?.start ?? 0} columns={columns.length} />
            {seen.map(({ index }) => {
              const row = rows[index] as Row;
              return (
                <Line
                  key={keyOf(row)}
                  {...{ row, columns, index, onOpen }}
                  isCurrent={index === at}
                  measure={drawn.measureElement}
                />
              );
            })}
            <Gap height={drawn.getTotalSize() - (seen.at(-1)?.end ?? 0)} columns={columns.length} />
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <ListFoot
        {...{ what, rows, columns: all, hasMore: hasNextPage, isLoadingMore: isFetchingNextPage, all: list.all }}
      />
    </div>
  );
}

type LineProps<Row> = {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly isCurrent: boolean;
  readonly measure: (element: HTMLElement | null) => void;
};

function Line<Row>({ row, index, columns, onOpen, isCurrent, measure }: LineProps<Row>) {
  const opening =
    onOpen === undefined
      ? {}
      : {
          tabIndex: 0,
          style: { cursor: 'pointer' },
          // A link inside goes where it says.
          onClick: ({ target }: { target: EventTarget }) =>
            (target as Element).closest('a, input, label') ?? onOpen(row),
          onKeyDown: ({ key, target, currentTarget }: { key: string; target: EventTarget; currentTarget: Element }) =>
            key === 'Enter' && target === currentTarget && onOpen(row),
        };
  return (
    <Table.Tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-current={isCurrent ? true : undefined}
      {...opening}
    >
      {columns.map(({ name, cell, align = 'left' }) => (
        <Table.Td key={name} ta={align}>
          {cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <Table.Tr aria-hidden>
      <Table.Td colSpan={columns} p={0} style={{ height }} />
    </Table.Tr>
  );
}
