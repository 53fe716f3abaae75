// What the statements of a bank file mean, whatever its form: heard one by one, or none of them.
//
// A file is one message of the bank. When one of its statements breaks its form or does not balance, something went wrong in
// making it, and nothing of the file is taken; the bank sends it again, whole.

import type { BankStatement } from '../../formats/iso20022/index.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { formatInstant, type Instant, localDateIn } from '../../model/time.ts';
import { directoryOf } from '../directory.ts';
import { subjectOf } from '../event-names.ts';
import { speechProblem } from '../speech.ts';
import { plain } from '../texts.ts';
import type { TranslatedEvent, Translation, TranslationProblem } from '../translation.ts';
import { type Said, type StatementContext, saidBy } from './payments.ts';

/** A statement that was read, or the reason why it is refused. */
export type Judged =
  | { readonly statement: BankStatement; readonly refusal?: undefined }
  | { readonly id: string; readonly refusal: string };

/** More of one statement are counted, not told one by one. */
const MOST_PROBLEMS = 100;

type Report = {
  readonly sender: Partner;
  readonly reportedAt: Instant;
  readonly partners: ReadonlyMap<string, Partner>;
};

export function translationOf(
  format: string,
  judged: readonly Judged[],
  { sender, reportedAt, partners }: Report,
): Translation {
  const refused = judged.flatMap((each) => (each.refusal === undefined ? [] : [each]));
  if (refused.length > 0) {
    const others = judged.length - refused.length;
    const more =
      others === 0
        ? ''
        : `; nor was anything of the other ${others === 1 ? 'statement' : `${others} statements`} of the file`;
    const problems = refused.map(({ id, refusal }) => violation(plain(id, 200) || format, `${refusal}${more}`));
    return { format, sender: sender.id, events: [], problems };
  }
  const context: StatementContext = {
    directory: directoryOf(partners),
    source: `/${format}/${sender.id}`,
    reportedText: formatInstant(reportedAt),
    reportedOn: localDateIn(sender.timezone ?? 'UTC', reportedAt),
  };
  const hearing: Hearing = { sender, reportedAt, events: [], problems: [] };
  for (const each of judged) {
    if (each.refusal === undefined) hear(saidBy(each.statement, context), each.statement, hearing);
  }
  return { format, sender: sender.id, events: hearing.events, problems: hearing.problems };
}

type Hearing = {
  readonly sender: Partner;
  readonly reportedAt: Instant;
  readonly events: TranslatedEvent[];
  readonly problems: TranslationProblem[];
};

function hear(said: readonly Said[], { id }: BankStatement, { sender, reportedAt, events, problems }: Hearing): void {
  const found: TranslationProblem[] = [];
  for (const each of said) {
    if (!each.ok) {
      found.push(violation(each.subject, each.detail));
      continue;
    }
    const { event } = each;
    const problem = speechProblem(event, sender);
    if (problem !== undefined) found.push(problem);
    else
      events.push({
        event,
        sender: sender.id,
        reportedAt,
        keyed: false,
        names: [],
        teaches: [],
        subject: subjectOf(event),
      });
  }
  problems.push(...found.slice(0, MOST_PROBLEMS));
  const more = found.length - MOST_PROBLEMS;
  if (more > 0)
    problems.push(
      violation(plain(id, 200), `${more} more of its entries could not be taken; mend those told first, and replay`),
    );
}

function violation(subject: string, detail: string): TranslationProblem {
  return { kind: 'schema-violation', subject, detail };
}

/** How an unbalanced statement is told. */
export function unbalanced(imbalance: string): string {
  return `the statement does not balance: ${imbalance}; nothing of it was booked, ask the bank to send it again`;
}
