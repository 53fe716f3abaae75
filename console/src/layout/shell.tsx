// The frame around every page: navigation by right, who is signed in, the keys.
import { ActionIcon, AppShell, Burger, Group, Menu, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconUser } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { LiveUpdates } from '../live/live-updates.tsx';
import { isPublic, navigation } from '../pages/all.ts';
import { SignIn } from '../session/sign-in.tsx';
import { type Session, useMay, useSession, useSignOut } from '../session/use-session.ts';
import { FaultView, Loading } from '../shared/states.tsx';
import { ColourSwitch } from './colour-switch.tsx';
import { PortalFrame, PublicFrame } from './portal-frame.tsx';
import { Shortcuts } from './shortcuts.tsx';

export function Shell() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return isPublic(path) ? <PublicFrame /> : <OwnFrame />;
}

function OwnFrame() {
  const { data: session, error, isPending, refetch } = useSession();
  if (isPending) return <Loading what="the console" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  if (session === null) return <SignIn />;
  return session.role === 'customer' ? <PortalFrame session={session} /> : <Frame session={session} />;
}

function Frame({ session }: { readonly session: Session }) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const [keysShown, keys] = useDisclosure();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'md' }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <Text component={Link} to="/" fw={700} size="lg" c="inherit" td="none">
              Lading
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" aria-label="Keys" visibleFrom="sm" onClick={keys.open}>
              <IconKeyboard size={18} />
            </ActionIcon>
            <ColourSwitch />
            <Person session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <ScrollArea>
          <Navigation onGo={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
      <LiveUpdates />
      <Shortcuts isShown={keysShown} show={keys.open} hide={keys.close} />
    </AppShell>
  );
}

function Navigation({ onGo }: { readonly onGo: () => void }) {
  const may = useMay();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return navigation
    .filter(({ right }) => may(right))
    .map(({ path: to, nav: { label, icon: Icon } }) => (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} aria-hidden />}
        active={path === to || path.startsWith(`${to}/`)}
        onClick={onGo}
      />
    ));
}

function Person({ session }: { readonly session: Session }) {
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton aria-label={`${session.name}, ${session.role}`}>
          <Group gap={6} wrap="nowrap">
            <IconUser size={18} aria-hidden />
            <Text size="sm" visibleFrom="sm">
              {session.name}
            </Text>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.name} · {session.role}
        </Menu.Label>
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
