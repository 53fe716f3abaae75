// What a column of a list is, and those that several lists have.
import type { ReactNode } from 'react';

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

type OfCustomer = { readonly customer?: string; readonly customerName?: string };

/** By name where it is known; the hub sorts by it. */
export function customerColumn<Row extends OfCustomer>(more: Partial<Column<Row>> = {}): Column<Row> {
  const name = ({ customer, customerName }: Row) => customerName ?? customer;
  return { name: 'Customer', sort: 'customer', cell: name, text: name, ...more };
}

export function currencyColumn<Row extends { readonly currency: string }>(): Column<Row> {
  return { name: 'Currency', wideOnly: true, cell: ({ currency }) => currency, text: ({ currency }) => currency };
}
