import { IconHistory } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const page: Page = {
  path: '/audit',
  title: 'Audit',
  right: 'audit:read',
  nav: { label: 'Audit', icon: IconHistory, order: 100, key: 'a' },
  load: () => import('./list.tsx'),
};
