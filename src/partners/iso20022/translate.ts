// ISO 20022 bank files → canonical events (contract section 3, "Payments").
//
// A statement is taken whole or not at all: one that breaks its form or does not balance is refused with the reason.

import { type BankFile, type BankStatement, type ReadStatement, readBankFile } from '../../formats/iso20022/index.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { formatInstant, type Instant, instantIn, localDateIn, parseInstant } from '../../model/time.ts';
import { directoryOf } from '../directory.ts';
import { subjectOf } from '../event-names.ts';
import { unknownPartner } from '../json/translate.ts';
import { speechProblem } from '../speech.ts';
import type { InboundMessage, TranslatedEvent, Translation, TranslationProblem } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { imbalanceOf } from './balance.ts';
import { type Said, type StatementContext, saidBy } from './camt.ts';
import { plain } from './texts.ts';

const FORMAT = 'iso20022';
/** More of one statement are counted, not told one by one. */
const MOST_PROBLEMS = 100;

export function translateBankFile(message: InboundMessage, rules: RuleBook): Translation {
  const read = readBankFile(message.bytes);
  if (!read.ok) {
    const detail = `${plain(read.fault.message, 300)}; send the bank's file again as it was, whole`;
    return { format: FORMAT, events: [], problems: [unreadable(message, detail)] };
  }
  const sender = rules.partners.get(message.partner);
  if (sender === undefined) return { format: FORMAT, events: [], problems: [unknownPartner(message.partner)] };
  const { file } = read;
  const reportedAt = reportedIn(file, sender) ?? message.receivedAt;
  const context: StatementContext = {
    directory: directoryOf(rules.partners),
    source: `/iso20022/${sender.id}`,
    reportedText: formatInstant(reportedAt),
    reportedOn: localDateIn(sender.timezone ?? 'UTC', reportedAt),
  };
  const events: TranslatedEvent[] = [];
  const problems: TranslationProblem[] = [];
  for (const each of file.statements) {
    const refusal = refusalOf(each, file);
    if (refusal !== undefined || !each.ok) {
      problems.push(violation(plain((each.ok ? each.statement.id : each.id) || file.messageId, 200), refusal ?? ''));
      continue;
    }
    hear(saidBy(each.statement, context), each.statement, { sender, reportedAt, events, problems });
  }
  return { format: FORMAT, sender: sender.id, events, problems };
}

/** Why nothing of the statement is taken; `undefined` when it is. */
function refusalOf(read: ReadStatement, { kind }: BankFile): string | undefined {
  if (!read.ok) return `${plain(read.faults.join('; '), 500)}; ask the bank to send it again`;
  if (kind === 'camt.052') {
    return 'a camt.052 reports on a day that is not closed; send the statement (camt.053) or the notifications (camt.054)';
  }
  const imbalance = kind === 'camt.053' ? imbalanceOf(read.statement) : undefined;
  return (
    imbalance && `the statement does not balance: ${imbalance}; nothing of it was booked, ask the bank to send it again`
  );
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

// A time without an offset is the bank's own.
function reportedIn({ createdAt }: BankFile, { timezone = 'UTC' }: Partner): Instant | undefined {
  const instant = parseInstant(createdAt);
  if (instant !== undefined) return instant;
  const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(createdAt)?.[0];
  return local !== undefined && parseInstant(`${local}Z`) !== undefined ? instantIn(timezone, local) : undefined;
}
