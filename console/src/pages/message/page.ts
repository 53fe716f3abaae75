import type { Page } from '../page.ts';

export const page: Page = {
  path: '/messages/$id',
  title: 'Message',
  right: 'messages:read',
  load: () => import('./message.tsx'),
};
