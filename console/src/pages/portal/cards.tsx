// A list for a phone: cards one below the other, and more on request.
import { Button, Center } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Column } from '../../shared/columns.ts';
import { ListFoot } from '../../shared/list-foot.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import type { WholeList } from '../../shared/use-list.ts';

type Props<Row> = {
  readonly what: string;
  readonly list: WholeList<Row>;
  readonly empty: string;
  readonly keyOf: (row: Row) => string;
  readonly addressOf: (row: Row) => string;
  /** For the CSV. */
  readonly columns: readonly { readonly name: string; readonly text: (row: Row) => string | undefined }[];
  readonly children: (row: Row) => ReactNode;
};

export function Cards<Row>({ what, list, empty, keyOf, addressOf, columns, children }: Props<Row>) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch, all } = list;
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  if (isPending) return <Loading what={what} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  if (rows.length === 0 && !hasNextPage) return <Empty says={empty} />;
  const inCsv: readonly Column<Row>[] = columns.map((column) => ({ ...column, cell: column.text }));
  return (
    <>
      <ul className="portal-cards" aria-label={what}>
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <Link to={addressOf(row)} className="portal-card">
              {children(row)}
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
      <ListFoot {...{ what, rows, columns: inCsv, hasMore: hasNextPage, isLoadingMore: isFetchingNextPage, all }} />
    </>
  );
}
