// How a system or a partner does, in a word.
import { StateBadge, type Tone } from '../../shared/state-badge.tsx';
import type { System } from './systems.ts';

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

type Heard = { readonly isSilent?: boolean; readonly lastHeardAt?: string };

/** Of a partner whose profile does not say how often it is to be heard, nothing is claimed. */
export function hearingOf({ isSilent, lastHeardAt }: Heard): string {
  if (isSilent === undefined) return 'not watched';
  if (isSilent) return 'silent';
  return lastHeardAt === undefined ? 'not heard yet' : 'heard';
}

const HEARING_TONES: Readonly<Record<string, Tone>> = { silent: 'bad', heard: 'good', 'not heard yet': 'wait' };

export function Hearing({ partner }: { readonly partner: Heard }) {
  const says = hearingOf(partner);
  return <StateBadge state={says} tone={HEARING_TONES[says] ?? 'plain'} />;
}
