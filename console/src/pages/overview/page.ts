import { IconLayoutDashboard } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const page: Page = {
  path: '/overview',
  title: 'Overview',
  right: 'outcome:read',
  nav: { label: 'Overview', icon: IconLayoutDashboard, order: 10, key: 'o' },
  load: () => import('./overview.tsx'),
};
