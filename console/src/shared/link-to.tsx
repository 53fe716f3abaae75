// Links to the objects of the hub, so that every page leads to them the same way.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

type Kind = 'shipments' | 'orders' | 'invoices' | 'carrier-invoices' | 'messages' | 'exceptions';
type Props = { readonly kind: Kind; readonly id: string; readonly children?: ReactNode };

/** `<LinkTo kind="shipments" id="S-1" />`: its name in the type of numbers, unless `children` say more. */
export function LinkTo({ kind, id, children }: Props) {
  return (
    <Anchor
      component={Link}
      to={addressOf(kind, id)}
      className={children === undefined ? 'mono' : undefined}
      size="sm"
      // Among other words, colour alone does not tell a link.
      underline={children === undefined ? 'hover' : 'always'}
    >
      {children ?? id}
    </Anchor>
  );
}

export function addressOf(kind: Kind, id: string): string {
  return `/${kind}/${encodeURIComponent(id)}`;
}
