// MT940 customer statements → canonical events (contract section 3, "Payments").

import { type Mt940Line, type Mt940Statement, type ReadMt940, readMt940 } from '../../formats/mt940/index.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { imbalanceOf } from '../bank/balance.ts';
import { type Judged, translationOf, unbalanced } from '../bank/statements.ts';
import { customerInText } from '../customer-in-text.ts';
import { unknownPartner } from '../json/translate.ts';
import { plain } from '../texts.ts';
import type { InboundMessage, Translation } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { statementFrom } from './statement.ts';

const FORMAT = 'mt940';

export function translateMt940(message: InboundMessage, rules: RuleBook): Translation {
  const read = readMt940(message.bytes);
  if (read.length === 0) {
    const detail = "it has no statement (field :20:) in it; send the bank's file again as it was, whole";
    return { format: FORMAT, events: [], problems: [unreadable(message, detail)] };
  }
  const sender = rules.partners.get(message.partner);
  if (sender === undefined) return { format: FORMAT, events: [], problems: [unknownPartner(message.partner)] };
  const judged = onlyIds(read.map((each) => judgedOf(each, rules.partners)));
  return translationOf(FORMAT, judged, { sender, reportedAt: message.receivedAt, partners: rules.partners });
}

function judgedOf(read: ReadMt940, partners: ReadonlyMap<string, Partner>): Judged {
  if (!read.ok) {
    const refusal = `${plain(read.faults.join('; '), 500)}; nothing of it was booked, ask the bank to send it again`;
    return { id: read.reference || 'MT940', refusal };
  }
  const statement = statementFrom(read.statement, (line) => payersOf(line, partners));
  const imbalance = imbalanceOf(statement);
  return imbalance === undefined ? { statement } : { id: nameOf(read.statement), refusal: unbalanced(imbalance) };
}

function nameOf({ reference, account, sequence }: Mt940Statement): string {
  return [reference, account, sequence].filter((each) => each !== '').join(' ');
}

function payersOf({ information, details }: Mt940Line, partners: ReadonlyMap<string, Partner>) {
  const { counterpartName, counterpartAccount, text } = information;
  const named = customerInText(`${counterpartName} ${text} ${details}`, partners);
  return [
    { name: counterpartName, ids: [counterpartAccount].filter((each) => each !== '') },
    ...(named === undefined ? [] : [{ name: '', ids: [named] }]),
  ].filter(({ name, ids }) => name !== '' || ids.length > 0);
}

// Two statements that are alike in all that names them are two all the same.
function onlyIds(judged: readonly Judged[]): Judged[] {
  const times = new Map<string, number>();
  return judged.map((each) => {
    if (each.refusal !== undefined) return each;
    const { statement } = each;
    const time = (times.get(statement.id) ?? 0) + 1;
    times.set(statement.id, time);
    return time === 1 ? each : { statement: { ...statement, id: `${statement.id} (${time})` } };
  });
}
