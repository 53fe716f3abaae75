// A page, or why it is not shown.
import { type ReactNode, useEffect } from 'react';
import { type Right, useMay, useOwnSession } from '../session/use-session.ts';
import { PageTitle } from '../shared/page-title.tsx';

type Props = { readonly right: Right; readonly title: string; readonly children: ReactNode };

export function Guarded({ right, title, children }: Props) {
  const may = useMay();
  const { role } = useOwnSession();
  useEffect(() => {
    document.title = `${title} · Lading`;
  }, [title]);
  if (may(right)) return children;
  return (
    <>
      <PageTitle title={title} />
      <p>Your role, {role}, does not see this page. Ask an administrator if you need it.</p>
    </>
  );
}
