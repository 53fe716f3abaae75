import { IconMessageQuestion } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/disputes',
    title: 'Disputes of customers',
    right: 'invoices:read',
    nav: { label: 'Disputes', icon: IconMessageQuestion, order: 55, key: 'd' },
    isPlain: true,
    load: () => import('./list.tsx'),
  },
  {
    path: '/disputes/$id',
    title: 'Dispute of a customer',
    right: 'invoices:read',
    load: () => import('./dispute.tsx'),
  },
];
