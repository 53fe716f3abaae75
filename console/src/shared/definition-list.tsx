// What is known of one thing, name by name: two columns on a desk, one on a phone.
import type { ReactNode } from 'react';

export function DefinitionList({ children }: { readonly children: ReactNode }) {
  return <dl className="definitions">{children}</dl>;
}

/** Left out where there is nothing to say. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined || children === null || children === false || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
