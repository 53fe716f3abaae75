import type { Page } from '../page.ts';

export const page: Page = {
  path: '/invoices/$number',
  title: 'Invoice',
  right: 'invoices:read',
  load: () => import('./invoice.tsx'),
};
