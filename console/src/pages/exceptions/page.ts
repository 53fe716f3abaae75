import { IconInbox } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/exceptions',
    title: 'Exceptions',
    right: 'exceptions:read',
    nav: { label: 'Exceptions', icon: IconInbox, order: 40, key: 'e' },
    load: () => import('./inbox.tsx'),
  },
  {
    path: '/exceptions/$id',
    title: 'Exception',
    right: 'exceptions:read',
    load: () => import('./exception.tsx'),
  },
];
