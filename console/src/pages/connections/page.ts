import { IconPlugConnected } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/connections',
    title: 'Connections',
    right: 'connections:read',
    nav: { label: 'Connections', icon: IconPlugConnected, order: 80, key: 'n' },
    load: () => import('./connections.tsx'),
  },
  { path: '/connections/$id', title: 'System', right: 'connections:read', load: () => import('./system.tsx') },
  {
    path: '/connections/partners/$id',
    title: 'Partner',
    right: 'connections:read',
    load: () => import('./partner.tsx'),
  },
];
