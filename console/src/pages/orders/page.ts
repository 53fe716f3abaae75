import { IconClipboardList } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/orders',
    title: 'Orders',
    right: 'orders:read',
    nav: { label: 'Orders', icon: IconClipboardList, order: 20, key: 'r' },
    isPlain: true,
    load: () => import('./list.tsx'),
  },
  { path: '/orders/$id', title: 'Order', right: 'orders:read', load: () => import('./order.tsx') },
];
