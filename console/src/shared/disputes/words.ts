// Disputes in plain words, as a customer reads them and as we do.
import type { components } from '../../api/types.ts';
import { chargeName } from '../charge-names.ts';

export type Dispute = components['schemas']['CustomerDisputeOnLine'];
export type DisputeDetail = components['schemas']['CustomerDisputeDetail'];

/** `Liftgate, shipment S-1`, or the whole invoice. */
export function subjectOf({ code, shipment, invoice }: Pick<Dispute, 'code' | 'shipment' | 'invoice'>): string {
  return code === undefined ? `All of invoice ${invoice}` : `${chargeName(code)}, shipment ${shipment}`;
}

const VERDICTS: Readonly<Record<NonNullable<Dispute['verdict']>, string>> = {
  accepted: 'We agreed with you',
  'partly-accepted': 'We agreed in part',
  declined: 'We did not agree',
  withdrawn: 'You took it back',
};

/** For the customer: whose turn it is, or how it ended. */
export function standingInWords({ state, waitsFor, verdict }: Pick<Dispute, 'state' | 'waitsFor' | 'verdict'>): string {
  if (state === 'open') return waitsFor === 'customer' ? 'We have answered' : 'We are looking into it';
  return verdict === undefined ? 'Ended' : VERDICTS[verdict];
}

/** For our own people. */
export function standingForUs({ state, waitsFor, verdict }: Pick<Dispute, 'state' | 'waitsFor' | 'verdict'>): string {
  if (state === 'open') return waitsFor === 'customer' ? 'waits for the customer' : 'waits for us';
  return verdict?.replaceAll('-', ' ') ?? 'closed';
}
