import { IconReceipt } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const page: Page = {
  path: '/billing',
  title: 'Billing',
  // Of our own people: customers read their invoices elsewhere.
  right: 'exceptions:read',
  nav: { label: 'Billing', icon: IconReceipt, order: 50, key: 'b' },
  load: () => import('./billing.tsx'),
};
