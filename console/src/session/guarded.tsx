// A page, or why it is not shown.
import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { type Right, useMay, useOwnSession } from './use-session.ts';

type Props = { readonly right: Right; readonly title: string; readonly children: ReactNode };

export function Guarded({ right, title, children }: Props) {
  const may = useMay();
  const { role } = useOwnSession();
  useEffect(() => {
    document.title = `${title} · Lading`;
  }, [title]);
  if (may(right)) return children;
  return (
    <Stack gap="xs">
      <Title order={1}>{title}</Title>
      <Text>Your role, {role}, does not see this page. Ask an administrator if you need it.</Text>
    </Stack>
  );
}
