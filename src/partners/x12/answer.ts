// The 997 or 999 of an accepted interchange, with what translation found beside what the reader found; the TA1 of others.

import { type AnsweredTransaction, acknowledge, type X12Fault, type X12Interchange } from '../../formats/x12/index.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { Instant } from '../../model/time.ts';

export type Answered = Map<AnsweredTransaction, readonly X12Fault[]>;

/** `undefined` where there is nothing to answer: acknowledgements are not acknowledged. */
export function answer(
  interchange: X12Interchange,
  { acknowledgement: kind = '997' }: Partner,
  at: Instant,
  found: Answered,
): Uint8Array | undefined {
  const number = answerNumber(interchange.controlNumber);
  const answered = acknowledge(interchange, {
    kind,
    controlNumbers: { interchange: number, group: number },
    at,
    found,
  });
  // A sender whose ids cannot be written back got its faults as exceptions; there is no envelope to answer in.
  return answered.kind === 'written' ? answered.bytes : undefined;
}

const LARGEST_CONTROL_NUMBER = 999_999_999;

// The same interchange is always answered under the same number, and two of one sender under two.
function answerNumber(controlNumber: string): number {
  const digits = controlNumber.replace(/\D/g, '').slice(-9);
  const number = Number(digits);
  return number >= 1 && number <= LARGEST_CONTROL_NUMBER ? number : 1;
}
