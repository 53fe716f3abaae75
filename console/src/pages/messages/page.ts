import { IconMessages } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const page: Page = {
  path: '/messages',
  title: 'Messages',
  right: 'messages:read',
  nav: { label: 'Messages', icon: IconMessages, order: 70, key: 'm' },
  isPlain: true,
  load: () => import('./list.tsx'),
};
