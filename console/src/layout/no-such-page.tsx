import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';

export function NoSuchPage() {
  return (
    <Stack gap="xs">
      <Title order={1}>There is no such page</Title>
      <Text>
        The address may be cut short.{' '}
        <Anchor component={Link} to="/">
          Begin at your own page
        </Anchor>
        .
      </Text>
    </Stack>
  );
}
