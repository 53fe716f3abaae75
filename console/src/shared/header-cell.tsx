// The head of a column; where the hub can sort by it, a button that does.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { classOf } from './cell-class.ts';

/** `by` as the hub takes it: `pickup`, or `-pickup` for the other way round. */
export type Sorting = { readonly by: string | undefined; readonly change: (by: string) => void };

type Props = {
  readonly name: string;
  /** In place of the name. */
  readonly heading?: ReactNode;
  readonly align?: 'left' | 'right';
  readonly wideOnly?: boolean;
  readonly sort?: string;
  readonly sorting?: Sorting;
};

export function HeaderCell({ name, heading = name, align, wideOnly, sort, sorting }: Props) {
  const className = classOf(align, wideOnly);
  if (sort === undefined || sorting === undefined) return <th className={className}>{heading}</th>;
  const { by, change } = sorting;
  const order = by === sort ? 'ascending' : by === `-${sort}` ? 'descending' : 'none';
  return (
    <th className={className} aria-sort={order}>
      <button type="button" className="list-sorts" onClick={() => change(order === 'ascending' ? `-${sort}` : sort)}>
        {name}
        {order === 'ascending' && <IconArrowUp size={14} aria-hidden />}
        {order === 'descending' && <IconArrowDown size={14} aria-hidden />}
      </button>
    </th>
  );
}
