// What customers owe, by age.
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import type { Column } from '../../shared/columns.ts';
import { currencyColumn, customerColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { Money } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Receivable = components['schemas']['Receivable'];

const money = (name: string, of: (row: Receivable) => string | undefined, wideOnly = true): Column<Receivable> => ({
  name,
  align: 'right',
  wideOnly,
  cell: (row) => {
    const amount = of(row);
    return amount === undefined || /^0(\.0+)?$/.test(amount) ? (
      <Nothing />
    ) : (
      <Money amount={amount} currency={row.currency} />
    );
  },
  text: of,
});

const COLUMNS: readonly Column<Receivable>[] = [
  customerColumn({ sort: undefined }),
  currencyColumn(),
  money('Not due', ({ ages }) => ages.notDue),
  money('1 to 30 days', ({ ages }) => ages.days1To30),
  money('31 to 60', ({ ages }) => ages.days31To60),
  money('61 to 90', ({ ages }) => ages.days61To90),
  money('Over 90', ({ ages }) => ages.over90Days),
  money('Credit notes', ({ creditNotes }) => creditNotes),
  money('On account', ({ onAccount }) => onAccount),
  money('Disputed', ({ disputed }) => disputed),
  money('Owed', ({ owed }) => owed, false),
];

export function Receivables() {
  const [, , showOnly] = useFilters();
  const list = useList<Receivable>('payments', { of: 'receivables' }, ({ of: _, ...query }) =>
    api.GET('/v1/receivables', { params: { query: query as never } }),
  );
  return (
    <DataTable
      what="receivables"
      columns={COLUMNS}
      list={list}
      keyOf={({ customer, currency }) => `${customer} ${currency}`}
      onOpen={({ customer }) => showOnly({ view: 'collections', customer })}
      empty="No customer owes anything."
      height="max(20rem, calc(100dvh - 22rem))"
    />
  );
}
