// Where notices appear. Of plain elements: there is something to say above all when nothing more can be loaded.
import { IconX } from '@tabler/icons-react';
import { dismiss, useNotices } from '../shared/notice.ts';
import './notices.css';

export function Notices() {
  const notices = useNotices();
  return (
    <div className="notices no-print" role="status">
      {notices.map(({ id, color, title, message }) => (
        <div key={id} className="notice" data-color={color}>
          <div className="notice-text">
            {title !== undefined && <strong>{title}</strong>}
            {message !== undefined && <p className="plain-text">{message}</p>}
          </div>
          <button type="button" className="frame-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <IconX size={16} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
