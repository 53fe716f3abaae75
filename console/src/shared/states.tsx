// What a page shows when there is nothing, not yet anything, or something went wrong.
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { faultOf } from '../api/client.ts';
import { followReach } from '../api/reach.ts';
import { Button } from '../plain/button.tsx';

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
    <div className="nothing-yet">
      <IconInbox size={28} aria-hidden />
      <p className="plain-text soft">{says}</p>
      {children}
    </div>
  );
}

/** Nothing went wrong: it is not there, or not this reader's to see. */
function NotHere({ says }: { readonly says: string }) {
  return (
    <div className="nothing-yet" role="alert">
      <IconInbox size={28} aria-hidden />
      <p className="plain-text">
        <strong>Not here</strong>
      </p>
      <p className="plain-text soft capital">{says}</p>
      <Button onClick={() => history.back()}>Back</Button>
    </div>
  );
}

export function FaultView({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const { kind, title, detail, correlation, errors = [] } = faultOf(error);
  useLoadWhenBack(kind === 'not-loaded');
  if (kind === 'not-found') return <NotHere says={detail} />;
  return (
    <div className="fault" role="alert">
      <IconAlertTriangle aria-hidden className="fault-mark" />
      <div className="fault-body">
        <strong>{title}</strong>
        <p className="plain-text">{detail}</p>
        {errors.map(({ path, message }) => (
          <p key={path} className="plain-text small">
            {path}: {message}
          </p>
        ))}
        {correlation !== undefined && <p className="plain-text small soft">In the log: {correlation}</p>}
        {kind === 'not-loaded' && (
          <Button isCompact onClick={() => location.reload()}>
            Load the page again
          </Button>
        )}
        {kind !== 'not-loaded' && again !== undefined && (
          <Button isCompact onClick={again}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

// A file that did not come is not asked for twice by one page.
function useLoadWhenBack(isNeeded: boolean): void {
  useEffect(() => {
    if (isNeeded) return followReach((isAway) => !isAway && location.reload());
  }, [isNeeded]);
}
