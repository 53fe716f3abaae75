// Who is signed in, and the way out.
import { IconUser } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { type Session, useSignOut } from '../session/use-session.ts';

export function Person({ session: { name, role } }: { readonly session: Session }) {
  const signOut = useSignOut();
  const own = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ type, key, target }: Event & { readonly key?: string }) => {
      if (type === 'keydown' ? key === 'Escape' : own.current?.contains(target as Node) === false)
        own.current?.removeAttribute('open');
    };
    window.addEventListener('pointerdown', close);
    window.addEventListener('keydown', close);
    return () => {
      window.removeEventListener('pointerdown', close);
      window.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details className="frame-person" ref={own}>
      <summary aria-label={`${name}, ${role}`}>
        <IconUser size={18} aria-hidden />
        <span className="on-desk">{name}</span>
      </summary>
      <div className="frame-person-menu">
        <p className="soft">
          {name} · {role}
        </p>
        <button type="button" onClick={() => void signOut()}>
          Sign out
        </button>
      </div>
    </details>
  );
}
