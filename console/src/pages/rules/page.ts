import { IconScale } from '@tabler/icons-react';
import type { Page } from '../page.ts';

export const pages: readonly Page[] = [
  {
    path: '/rules',
    title: 'Rules',
    right: 'setup:read',
    nav: { label: 'Rules', icon: IconScale, order: 90, key: 'u' },
    load: () => import('./list.tsx'),
  },
  { path: '/rules/calculator', title: 'Rate calculator', right: 'quotes:read', load: () => import('./calculator.tsx') },
  { path: '/rules/fuel', title: 'Fuel prices', right: 'setup:read', load: () => import('./fuel.tsx') },
  { path: '/rules/$kind/$id', title: 'Rule', right: 'setup:read', load: () => import('./rule.tsx') },
];
