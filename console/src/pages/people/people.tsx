// Who may sign in, and which keys programs come with.
import { Stack } from '@mantine/core';
import { PageTitle } from '../../shared/page-title.tsx';
import { KeyList } from './keys.tsx';
import { UserList } from './users.tsx';

export default function People() {
  return (
    <Stack>
      <PageTitle title="People and keys" />
      <UserList />
      <KeyList />
    </Stack>
  );
}
