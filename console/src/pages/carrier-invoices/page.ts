import { IconFileInvoice } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/carrier-invoices',
    title: 'Carrier invoices',
    right: 'carrier-invoices:read',
    nav: { label: 'Carrier invoices', icon: IconFileInvoice, order: 60, key: 'c' },
    load: () => import('./list.tsx'),
  },
  {
    path: '/carrier-invoices/$id',
    title: 'Carrier invoice',
    right: 'carrier-invoices:read',
    load: () => import('./carrier-invoice.tsx'),
  },
];
