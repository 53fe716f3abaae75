// A link within the console, as light as a link can be: lists have hundreds.
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

type Props = { readonly to: string; readonly className?: string; readonly children: ReactNode };

export function GoTo({ to, className, children }: Props) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    // Another tab or window is the browser's own matter.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to });
  };
  return (
    <a href={to} className={className} onClick={follow}>
      {children}
    </a>
  );
}
