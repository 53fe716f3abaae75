// Links to the objects of the hub, so that every page leads to them the same way.
import type { ReactNode } from 'react';
import { GoTo } from './go-to.tsx';

type Kind = 'shipments' | 'orders' | 'invoices' | 'carrier-invoices' | 'messages' | 'exceptions';
type Props = { readonly kind: Kind; readonly id: string; readonly children?: ReactNode };

/** `<LinkTo kind="shipments" id="S-1" />`: its name in the type of numbers, unless `children` say more. */
export function LinkTo({ kind, id, children }: Props) {
  return (
    // Among other words, colour alone does not tell a link.
    <GoTo to={addressOf(kind, id)} className={children === undefined ? 'link mono' : 'link link-in-words'}>
      {children ?? id}
    </GoTo>
  );
}

export function addressOf(kind: Kind, id: string): string {
  return `/${kind}/${encodeURIComponent(id)}`;
}
