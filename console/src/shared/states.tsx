// What a page shows when there is nothing, not yet anything, or something went wrong.
import { Alert, Button, Center, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { faultOf } from '../api/client.ts';

export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="loading" role="status">
      Loading {what}…
    </div>
  );
}

/** `children`: what one can do about it. */
export function Empty({ says, children }: { readonly says: string; readonly children?: ReactNode }) {
  return (
    <Center className="nothing-yet">
      <Stack align="center" gap="xs">
        <IconInbox size={28} aria-hidden />
        <Text c="dimmed" ta="center">
          {says}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}

export function FaultView({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const { title, detail, correlation, errors = [] } = faultOf(error);
  return (
    <Alert color="red" title={title} icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{detail}</Text>
        {errors.map(({ path, message }) => (
          <Text key={path} size="sm">
            {path}: {message}
          </Text>
        ))}
        {correlation !== undefined && (
          <Text size="sm" c="dimmed">
            In the log: {correlation}
          </Text>
        )}
        {again !== undefined && (
          <Button size="xs" variant="light" onClick={again}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
