// The state of a thing: a word with a dot. The colour repeats what the word says, and never says more.

export type Tone = 'good' | 'busy' | 'wait' | 'bad' | 'plain';

const TONES: Readonly<Record<string, Tone>> = {
  // Shipments
  planned: 'plain',
  tendered: 'wait',
  accepted: 'busy',
  declined: 'bad',
  dispatched: 'busy',
  'in-transit': 'busy',
  delivered: 'good',
  refused: 'bad',
  returned: 'bad',
  cancelled: 'plain',
  // Billing and charges
  'not-due': 'plain',
  waiting: 'wait',
  held: 'bad',
  ready: 'busy',
  invoiced: 'good',
  adjusting: 'wait',
  'nothing-to-bill': 'plain',
  expected: 'plain',
  pending: 'busy',
  approved: 'good',
  disputed: 'bad',
  waived: 'plain',
  // Documents and effects
  decided: 'busy',
  posted: 'good',
  intended: 'wait',
  sent: 'busy',
  unknown: 'wait',
  confirmed: 'good',
  dead: 'bad',
  // Carriers' invoices and their disputes
  unmatched: 'bad',
  'short-paid': 'good',
  'written-off': 'plain',
  'needs-person': 'bad',
  made: 'good',
  'not-needed': 'plain',
  'given-up': 'plain',
  resolved: 'good',
  // Exceptions, orders, facts, messages
  open: 'wait',
  closed: 'plain',
  'waits for us': 'wait',
  'waits for the customer': 'busy',
  'partly-delivered': 'busy',
  believed: 'good',
  corrected: 'plain',
  'not heard': 'bad',
  quarantined: 'bad',
  mended: 'good',
  duplicate: 'plain',
  translated: 'good',
  applied: 'good',
};

type Props = { readonly state: string | undefined; readonly tone?: Tone };

export function StateBadge({ state, tone }: Props) {
  if (state === undefined) return null;
  return (
    <span className="state" data-tone={tone ?? TONES[state] ?? 'plain'}>
      {state.replaceAll('-', ' ')}
    </span>
  );
}
