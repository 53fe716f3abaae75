import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/portal',
    title: 'Your shipments',
    right: 'shipments:read',
    load: () => import('./shipments.tsx'),
  },
  {
    path: '/portal/shipments/$id',
    title: 'Your shipment',
    right: 'explain:read',
    load: () => import('./shipment.tsx'),
  },
  {
    path: '/portal/invoices',
    title: 'Your invoices',
    right: 'invoices:read',
    load: () => import('./invoices.tsx'),
  },
  {
    path: '/portal/invoices/$number',
    title: 'Your invoice',
    right: 'invoices:read',
    load: () => import('./invoice.tsx'),
  },
  {
    path: '/portal/questions',
    title: 'Your questions',
    right: 'invoices:read',
    load: () => import('./questions.tsx'),
  },
  {
    path: '/portal/questions/$id',
    title: 'Your question',
    right: 'invoices:read',
    load: () => import('./question.tsx'),
  },
];
