// The page begins here: the look, the way to the hub, the routes.
import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import './look.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/queries.ts';
import { beforeFirstDrawn } from './before-first-drawn.ts';
import { theme } from './look.ts';
import { router } from './router.tsx';

const Notices = lazy(() => import('./layout/notices.tsx'));

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
await beforeFirstDrawn();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Suspense>
        <Notices />
      </Suspense>
    </MantineProvider>
  </StrictMode>,
);
