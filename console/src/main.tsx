// The page begins here: the look, the way to the hub, the routes.
import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/notifications/styles.css';
import './look.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/queries.ts';
import { theme } from './look.ts';
import { isPublic, pageAt } from './pages/all.ts';
import { router } from './router.tsx';
import { sessionQuery } from './session/use-session.ts';

// Asked for while the rest is still being set up: who one is, and the page that was come to.
if (!isPublic(location.pathname)) void queries.prefetchQuery(sessionQuery);
void pageAt(location.pathname)?.load();

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
