import { IconTruck } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/shipments',
    title: 'Shipments',
    right: 'shipments:read',
    nav: { label: 'Shipments', icon: IconTruck, order: 30, key: 's' },
    isPlain: true,
    load: () => import('./list.tsx'),
  },
  {
    path: '/shipments/$id',
    title: 'Shipment',
    right: 'shipments:read',
    load: () => import('./shipment.tsx'),
  },
];
