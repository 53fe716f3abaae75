// Addresses: every page has one, filters are in it, and back and forward work.
import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { NoSuchPage } from './layout/no-such-page.tsx';
import { Shell } from './layout/shell.tsx';
import { pages } from './pages/all.ts';
import type { Page } from './pages/page.ts';
import { Guarded } from './session/guarded.tsx';
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

function guarded({ right, title, load }: Page) {
  const View = lazy(load);
  const view = (
    <Suspense fallback={<Loading what={title} />}>
      <View />
    </Suspense>
  );
  return function GuardedPage() {
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
