// A list of any length: the hub filters and sorts, pages come as one scrolls, only what is seen is drawn.
//
// Its table is of plain elements, and a row is drawn again only when it changed: a list is hundreds of cells, and a page is
// there as soon as they are.
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useCallback, useEffect, useRef } from 'react';
import { classOf } from './cell-class.ts';
import type { Column } from './columns.ts';
import { HeaderCell, type Sorting } from './header-cell.tsx';
import { ListFoot } from './list-foot.tsx';
import { Empty, FaultView, Loading } from './states.tsx';
import type { ListPage } from './use-list.ts';
import './data-table.css';

type Props<Row> = {
  /** Says what it is a list of, such as `shipments`. */
  readonly what: string;
  /** The same array until what it shows changes: then rows that did not change are not drawn again. */
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
const DRAWN_AHEAD = 3;
/** Supposed until it is measured, so that the first rows stand there at once. */
const FIRST_VIEW = { width: 1_000, height: 500 };

export function DataTable<Row>(props: Props<Row>) {
  const { what, columns, list, keyOf, onOpen, current, empty, sorting, height = 'calc(100dvh - 15rem)' } = props;
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const view = useRef<HTMLElement>(null);
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PIXELS,
    overscan: DRAWN_AHEAD,
    initialRect: FIRST_VIEW,
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
  const open = useLatest(onOpen);
  if (isPending) return <Loading what={what} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  // A page may be empty and more follow: what filters leave is looked for further on.
  if (rows.length === 0 && hasNextPage) return <Loading what={what} />;
  if (rows.length === 0) return <Empty says={empty} />;
  return (
    <div className="list">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard (axe: scrollable-region-focusable) */}
      <section className="list-view" style={{ maxHeight: height }} ref={view} tabIndex={0} aria-label={what}>
        <table className="list-table" aria-rowcount={hasNextPage ? -1 : rows.length + 1}>
          <thead>
            <tr>
              {columns.map(({ name, heading, align, sort, wideOnly }) => (
                <HeaderCell key={name} {...{ name, heading, align, sort, sorting, wideOnly }} />
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap height={seen[0]?.start ?? 0} columns={columns.length} />
            {seen.map(({ index }) => {
              const row = rows[index] as Row;
              return (
                <Line
                  key={keyOf(row)}
                  {...{ row, columns, index, open }}
                  isCurrent={index === at}
                  measure={drawn.measureElement}
                />
              );
            })}
            <Gap height={drawn.getTotalSize() - (seen.at(-1)?.end ?? 0)} columns={columns.length} />
          </tbody>
        </table>
      </section>
      <ListFoot {...{ what, rows, columns, hasMore: hasNextPage, isLoadingMore: isFetchingNextPage, all: list.all }} />
    </div>
  );
}

// One function for as long as the list stands, which does what was last wanted.
function useLatest<Row>(wanted: ((row: Row) => void) | undefined): ((row: Row) => void) | undefined {
  const latest = useRef(wanted);
  useEffect(() => {
    latest.current = wanted;
  });
  const call = useCallback((row: Row) => latest.current?.(row), []);
  return wanted === undefined ? undefined : call;
}

type LineProps<Row> = {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly open: ((row: Row) => void) | undefined;
  readonly isCurrent: boolean;
  readonly measure: (element: HTMLElement | null) => void;
};

const Line = memo(function Line<Row>({ row, index, columns, open, isCurrent, measure }: LineProps<Row>) {
  const opening =
    open === undefined
      ? {}
      : {
          tabIndex: 0,
          className: 'list-opens',
          // A link inside goes where it says.
          onClick: ({ target }: { target: EventTarget }) => (target as Element).closest('a, input, label') ?? open(row),
          onKeyDown: ({ key, target, currentTarget }: { key: string; target: EventTarget; currentTarget: Element }) =>
            key === 'Enter' && target === currentTarget && open(row),
        };
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} aria-current={isCurrent || undefined} {...opening}>
      {columns.map(({ name, cell, align, wideOnly }) => (
        <td key={name} className={classOf(align, wideOnly)}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}) as <Row>(props: LineProps<Row>) => ReactNode;

function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className="list-gap">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
