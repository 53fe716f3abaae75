// How a system or a partner does, in a word.
import { StateBadge, type Tone } from '../../shared/state-badge.tsx';
import type { System } from './connections.tsx';

const SAYS: Readonly<Record<System['health'], readonly [string, Tone]>> = {
  good: ['answers', 'good'],
  paused: ['paused', 'wait'],
  down: ['does not answer', 'bad'],
  'needs-somebody': ['answers, refuses some', 'bad'],
  idle: ['nothing sent yet', 'plain'],
};

export function Health({ system: { health } }: { readonly system: Pick<System, 'health'> }) {
  const [words, tone] = SAYS[health];
  return <StateBadge state={words} tone={tone} />;
}

/** Of a partner whose profile does not say how often it is to be heard, nothing is claimed. */
export function Hearing({ isSilent }: { readonly isSilent: boolean | undefined }) {
  if (isSilent === undefined) return <StateBadge state="not watched" tone="plain" />;
  return isSilent ? <StateBadge state="silent" tone="bad" /> : <StateBadge state="heard" tone="good" />;
}
