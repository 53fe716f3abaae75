// Columns that several lists have.
import type { Column } from './data-table.tsx';

type OfCustomer = { readonly customer?: string; readonly customerName?: string };

/** By name where it is known; the hub sorts by it. */
export function customerColumn<Row extends OfCustomer>(more: Partial<Column<Row>> = {}): Column<Row> {
  const name = ({ customer, customerName }: Row) => customerName ?? customer;
  return { name: 'Customer', sort: 'customer', cell: name, text: name, ...more };
}

export function currencyColumn<Row extends { readonly currency: string }>(): Column<Row> {
  return { name: 'Currency', wideOnly: true, cell: ({ currency }) => currency, text: ({ currency }) => currency };
}
