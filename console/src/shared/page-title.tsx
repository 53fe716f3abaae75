// The head of a page: what it is, how it stands, what can be done; and the title of the window.
import { type ReactNode, useEffect } from 'react';
import { Row } from '../plain/layout.tsx';

type Props = {
  readonly title: string;
  /** Beside the title: states and the like. */
  readonly badges?: ReactNode;
  readonly actions?: ReactNode;
};

export function PageTitle({ title, badges, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Lading`;
  }, [title]);
  return (
    <Row justify="space-between" gap="sm" className="page-head">
      <Row gap="sm">
        <h1 className="title breakable">{title}</h1>
        {badges}
      </Row>
      {actions !== undefined && (
        <Row gap="xs" className="no-print">
          {actions}
        </Row>
      )}
    </Row>
  );
}
