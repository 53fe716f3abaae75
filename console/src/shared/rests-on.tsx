// The facts that something rests on, each with the message that brought it.
import { List } from '@mantine/core';
import { useMay } from '../session/use-session.ts';
import { LinkTo } from './link-to.tsx';

type Fact = { readonly event: string; readonly what: string; readonly message?: string };

export function RestsOn({ facts }: { readonly facts: readonly Fact[] }) {
  const may = useMay();
  return (
    <List size="sm">
      {facts.map(({ event, message, what }) => (
        <List.Item key={event}>
          {what}
          {message !== undefined && may('messages:read') && (
            <>
              {' · '}
              <LinkTo kind="messages" id={message}>
                message {message}
              </LinkTo>
            </>
          )}
        </List.Item>
      ))}
    </List>
  );
}
