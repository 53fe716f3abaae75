import { IconUsers } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const page: Page = {
  path: '/people',
  title: 'People and keys',
  right: 'users:write',
  nav: { label: 'People and keys', icon: IconUsers, order: 110 },
  load: () => import('./people.tsx'),
};
