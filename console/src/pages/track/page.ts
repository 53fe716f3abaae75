import type { Page } from '../page.ts';

export const page: Page = {
  path: '/track/$token',
  title: 'Your shipment',
  right: 'everybody',
  load: () => import('./track.tsx'),
};
