// The page begins here: the look, the way to the hub, the routes.
import './colours.css';
import './plain/plain.css';
import './look.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/queries.ts';
import { beforeFirstDrawn } from './before-first-drawn.ts';
import { followColourScheme } from './colour-scheme.ts';
import { dress } from './mantine/dress.tsx';
import { router } from './router.tsx';
import { useAnyNotice } from './shared/notice.ts';

const Notices = lazy(() => dress(import('./layout/notices.tsx')));

function Said() {
  return useAnyNotice() && <Notices />;
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const page = (
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
    <Suspense>
      <Said />
    </Suspense>
  </StrictMode>
);
followColourScheme();
// Not awaited up here: what is loaded meanwhile imports from the file that this is in.
void beforeFirstDrawn().then(() => createRoot(root).render(page));
