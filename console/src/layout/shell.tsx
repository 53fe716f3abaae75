// The frame around every page: navigation by right, who is signed in, the keys.
//
// Of plain elements: it is drawn before anything else can be.
import { IconKeyboard, IconMenu2, IconX } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { LiveUpdates } from '../live/live-updates.tsx';
import { dress } from '../mantine/dress.tsx';
import { isPublic, navigation } from '../pages/all.ts';
import { type Session, useMay, useSession } from '../session/use-session.ts';
import { FaultView, Loading } from '../shared/states.tsx';
import { Away } from './away.tsx';
import { ColourSwitch } from './colour-switch.tsx';
import { Notices } from './notices.tsx';
import { Person } from './person.tsx';
import { Shortcuts } from './shortcuts.tsx';
import './frame.css';

const SignIn = lazy(() => dress(import('../session/sign-in.tsx')));
const PortalFrame = lazy(() => dress(import('./portal-frame.tsx').then((of) => ({ default: of.PortalFrame }))));
const PublicFrame = lazy(() => dress(import('./portal-frame.tsx').then((of) => ({ default: of.PublicFrame }))));

export function Shell() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      <Away />
      <Suspense fallback={<Loading what="the console" />}>{isPublic(path) ? <PublicFrame /> : <OwnFrame />}</Suspense>
      <Notices />
    </>
  );
}

function OwnFrame() {
  const { data: session, error, isPending, refetch } = useSession();
  if (isPending) return <Loading what="the console" />;
  if (session === undefined) return <FaultView error={error} again={() => void refetch()} />;
  if (session === null) return <SignIn />;
  return session.role === 'customer' ? <PortalFrame session={session} /> : <Frame session={session} />;
}

function Frame({ session }: { readonly session: Session }) {
  const [isOpen, setOpen] = useState(false);
  const [keysShown, showKeys] = useState(false);
  return (
    <>
      <header className="frame-head">
        <button
          type="button"
          className="frame-button on-phone"
          aria-label="Navigation"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconX size={20} aria-hidden /> : <IconMenu2 size={20} aria-hidden />}
        </button>
        <Link to="/" className="frame-brand">
          Lading
        </Link>
        <div className="frame-actions">
          <button
            type="button"
            className="frame-button on-desk"
            aria-label="Keys"
            title="Keys"
            onClick={() => showKeys(true)}
          >
            <IconKeyboard size={18} aria-hidden />
          </button>
          <ColourSwitch />
          <Person session={session} />
        </div>
      </header>
      <nav className="frame-navigation" data-open={isOpen || undefined}>
        <Navigation onGo={() => setOpen(false)} />
      </nav>
      <main className="frame-main">
        <Outlet />
      </main>
      <LiveUpdates />
      <Shortcuts isShown={keysShown} show={() => showKeys(true)} hide={() => showKeys(false)} />
    </>
  );
}

function Navigation({ onGo }: { readonly onGo: () => void }) {
  const may = useMay();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return navigation
    .filter(({ right }) => may(right))
    .map(({ path: to, nav: { label, icon: Icon } }) => (
      <Link
        key={to}
        to={to}
        className="frame-link"
        data-here={path === to || path.startsWith(`${to}/`) || undefined}
        onClick={onGo}
      >
        <Icon size={18} aria-hidden />
        {label}
      </Link>
    ));
}
