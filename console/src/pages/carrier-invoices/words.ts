// Verdicts and disputes in the words of this page.

export const VERDICTS: readonly string[] = ['approved', 'disputed', 'duplicate', 'unmatched', 'none'];
export const DISPUTE_STATES: readonly string[] = ['open', 'sent', 'accepted', 'short-paid', 'written-off', 'resolved'];

export type Move = 'sent' | 'accepted' | 'short-paid' | 'written-off';

export const MOVES: readonly { readonly to: Move; readonly label: string; readonly says: string }[] = [
  {
    to: 'sent',
    label: 'Sent to the carrier',
    says: 'The carrier has our objection and its proof. It stays unsettled.',
  },
  {
    to: 'accepted',
    label: 'Carrier accepts',
    says: 'The carrier gives up what is disputed, or the part written here. Settled: the bill is paid less that.',
  },
  { to: 'short-paid', label: 'Short-pay', says: 'What is expected is paid, whatever the carrier says. Settled.' },
  { to: 'written-off', label: 'Write off', says: 'It is paid as billed; the difference is lost. Settled.' },
];
