// What a code in a message means to us: from the tables that translate it, so that what is shown is what is done.
import { CHARGE_BY_CODE } from './codes/charges.ts';
import { STOP_KIND_BY_REASON, TENDER_PURPOSES } from './codes/load-tender.ts';
import { REFERENCE_TYPE_BY_QUALIFIER } from './codes/references.ts';
import { APPOINTMENT_ENDS, MILESTONE_BY_STATUS, NOTED_STATUSES } from './codes/statuses.ts';

const meaningIn = (table: ReadonlyMap<string, string>, words: (meaning: string) => string) => (code: string) => {
  const meaning = table.get(code);
  return meaning === undefined ? undefined : words(meaning.replaceAll('-', ' '));
};

const plain = (meaning: string) => meaning;
const reference = meaningIn(REFERENCE_TYPE_BY_QUALIFIER, plain);

const MEANINGS: Readonly<Record<string, (code: string) => string | undefined>> = {
  AT701: (code) =>
    MILESTONE_BY_STATUS.get(code)?.replaceAll('-', ' ') ?? (NOTED_STATUSES.has(code) ? 'noted' : undefined),
  AT703: meaningIn(APPOINTMENT_ENDS, (end) => `${end} appointment`),
  L1102: reference,
  N901: reference,
  REF01: reference,
  L108: meaningIn(CHARGE_BY_CODE, (charge) => `charge ${charge}`),
  S502: meaningIn(STOP_KIND_BY_REASON, plain),
  B2A01: meaningIn(TENDER_PURPOSES, (purpose) => (purpose === 'cancel' ? 'cancels' : 'plans')),
};

/** Of element `n` of a segment; `undefined` where the code is not one that we act on. */
export function meaningOfCode(segment: string, element: number, code: string): string | undefined {
  return MEANINGS[`${segment}${String(element).padStart(2, '0')}`]?.(code);
}
