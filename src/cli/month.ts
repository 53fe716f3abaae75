// Months as people type them.
import { UserError } from './user-error.ts';

/** `2026-05`. Throws `UserError` where it is none. */
export function monthFrom(text: string | undefined): string {
  if (text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new UserError({ what: 'not a month', where: text ?? 'PERIOD', mend: 'give one such as 2026-05' });
}
