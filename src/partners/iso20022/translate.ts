// ISO 20022 bank files → canonical events (contract section 3, "Payments").
//
// A file is taken whole or not at all: one that breaks its form or does not balance is refused with the reason.

import { type BankFile, type ReadStatement, readBankFile } from '../../formats/iso20022/index.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { type Instant, instantIn, parseInstant } from '../../model/time.ts';
import { imbalanceOf } from '../bank/balance.ts';
import { type Judged, translationOf, unbalanced } from '../bank/statements.ts';
import { unknownPartner } from '../json/translate.ts';
import { plain } from '../texts.ts';
import type { InboundMessage, Translation } from '../translation.ts';
import { unreadable } from '../unreadable.ts';

const FORMAT = 'iso20022';

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
  return translationOf(
    FORMAT,
    file.statements.map((each) => judged(each, file)),
    { sender, reportedAt, partners: rules.partners },
  );
}

function judged(each: ReadStatement, file: BankFile): Judged {
  const refusal = refusalOf(each, file);
  if (each.ok && refusal === undefined) return { statement: each.statement };
  return { id: (each.ok ? each.statement.id : each.id) || file.messageId, refusal: refusal ?? '' };
}

/** Why nothing of the statement is taken; `undefined` when it is. */
function refusalOf(read: ReadStatement, { kind }: BankFile): string | undefined {
  if (!read.ok) return `${plain(read.faults.join('; '), 500)}; ask the bank to send it again`;
  if (kind === 'camt.052') {
    return 'a camt.052 reports on a day that is not closed; send the statement (camt.053) or the notifications (camt.054)';
  }
  const imbalance = kind === 'camt.053' ? imbalanceOf(read.statement) : undefined;
  return imbalance && unbalanced(imbalance);
}

// A time without an offset is the bank's own.
function reportedIn({ createdAt }: BankFile, { timezone = 'UTC' }: Partner): Instant | undefined {
  const instant = parseInstant(createdAt);
  if (instant !== undefined) return instant;
  const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(createdAt)?.[0];
  return local !== undefined && parseInstant(`${local}Z`) !== undefined ? instantIn(timezone, local) : undefined;
}
