// Addresses: every page has one, filters are in it, and back and forward work.
import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Guarded } from './layout/guarded.tsx';
import { NoSuchPage } from './layout/no-such-page.tsx';
import { Shell } from './layout/shell.tsx';
import { loadedView, loadView, pages } from './pages/all.ts';
import type { Page } from './pages/page.ts';
import { landingOf } from './session/landing.ts';
import { useOwnSession } from './session/use-session.ts';
import { FaultView, Loading } from './shared/states.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage });

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start });

function Start() {
  return <Navigate to={landingOf(useOwnSession().role)} replace />;
}

const routes = pages.map((page) =>
  createRoute({ getParentRoute: () => root, path: page.path, component: guarded(page) }),
);

function guarded(page: Page) {
  const { right, title } = page;
  const Later = lazy(() => loadView(page));
  return function GuardedPage() {
    // What is there already is drawn at once: React shows what it says meanwhile for some tenths of a second at the least.
    const [View] = useState(() => loadedView(page)?.default ?? Later);
    const view = (
      <Suspense fallback={<Loading what={title} />}>
        <View />
      </Suspense>
    );
    if (right === 'everybody') return view;
    return (
      <Guarded right={right} title={title}>
        {view}
      </Guarded>
    );
  };
}

export const router = createRouter({
  routeTree: root.addChildren([start, ...routes]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // Plain text, as any other program writes an address: `?unbilled=true`, not `?unbilled=%22true%22`.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString();
    return text === '' ? '' : `?${text}`;
  },
  defaultErrorComponent: ({ error, reset }) => <FaultView error={error} again={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
