// Said over every page while the hub does not answer.
import { useIsAway } from '../api/reach.ts';
import './notices.css';

export function Away() {
  const isAway = useIsAway();
  return (
    <div className="no-print" role="status">
      {isAway && (
        <p className="away-text">The hub does not answer. What is here is from before; it is asked again by itself.</p>
      )}
    </div>
  );
}
