// The page begins here: the look, the way to the hub, the routes.
import './colours.css';
import './plain/plain.css';
import './look.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/queries.ts';
import { beforeFirstDrawn } from './before-first-drawn.ts';
import { followColourScheme } from './colour-scheme.ts';
import { router } from './router.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const page = (
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>
);
followColourScheme();
// Not awaited up here: what is loaded meanwhile imports from the file that this is in.
void beforeFirstDrawn().then(() => createRoot(root).render(page));
