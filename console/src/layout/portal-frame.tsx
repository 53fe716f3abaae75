// The frame of the customer portal, and of pages that are shared with anybody: plain, few words, made for a phone.
import { Button, MantineThemeProvider, Text } from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LiveUpdates } from '../live/live-updates.tsx';
import { portalTheme } from '../mantine/theme.ts';
import { type Session, useSignOut } from '../session/use-session.ts';
import { ColourSwitch } from './colour-switch.tsx';
import './portal.css';

const LINKS: readonly { readonly to: string; readonly label: string; readonly areas: readonly string[] }[] = [
  { to: '/portal', label: 'Shipments', areas: ['/portal', '/portal/shipments'] },
  { to: '/portal/invoices', label: 'Invoices', areas: ['/portal/invoices'] },
  { to: '/portal/questions', label: 'Questions', areas: ['/portal/questions'] },
];

export function PortalFrame({ session }: { readonly session: Session }) {
  const signOut = useSignOut();
  return (
    <PlainFrame
      home="/portal"
      links={<PortalLinks />}
      actions={
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => void signOut()}
          aria-label={`Sign out ${session.name}`}
        >
          Sign out
        </Button>
      }
    >
      <LiveUpdates />
    </PlainFrame>
  );
}

export function PublicFrame() {
  return <PlainFrame />;
}

type Props = {
  readonly home?: string;
  readonly links?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
};

function PlainFrame({ home, links, actions, children }: Props) {
  return (
    <MantineThemeProvider theme={portalTheme}>
      <div className="portal">
        <header className="portal-head">
          {home === undefined ? (
            <span className="portal-brand">Lading</span>
          ) : (
            <Link to={home} className="portal-brand">
              Lading
            </Link>
          )}
          {links}
          <div className="portal-actions">
            <ColourSwitch />
            {actions}
          </div>
        </header>
        <main className="portal-main">
          <Outlet />
        </main>
        {children}
      </div>
    </MantineThemeProvider>
  );
}

function PortalLinks() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <nav aria-label="Portal" className="portal-links">
      {LINKS.map(({ to, label, areas }) => {
        const isHere = areas.some((area) => path === area || (area !== '/portal' && path.startsWith(`${area}/`)));
        return (
          <Link key={to} to={to} activeOptions={{ exact: true }} data-here={isHere || undefined}>
            <Text span fw={600} inherit>
              {label}
            </Text>
          </Link>
        );
      })}
    </nav>
  );
}
