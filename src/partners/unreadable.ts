// A message that nothing can be taken from, said once.

import type { InboundMessage, TranslationProblem } from './translation.ts';

/** Its subject is the file's name; for a body, which has none, the partner (contract section 3). */
export function unreadable(message: InboundMessage, detail: string, offset?: number): TranslationProblem {
  const subject = message.fileName ?? message.partner;
  return { kind: 'unreadable-message', subject, detail, ...(offset === undefined ? {} : { offset }) };
}
