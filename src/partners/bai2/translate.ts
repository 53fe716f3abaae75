// BAI2 cash reports → canonical events (contract section 3, "Payments").

import { type Bai2Account, type Bai2File, type Bai2Group, readBai2 } from '../../formats/bai2/index.ts';
import { isCurrency } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { type Judged, translationOf, unbalanced } from '../bank/statements.ts';
import { customerInText } from '../customer-in-text.ts';
import { unknownPartner } from '../json/translate.ts';
import { plain } from '../texts.ts';
import type { InboundMessage, Translation } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { imbalanceOf } from './balance.ts';
import { statementFrom } from './statement.ts';

const FORMAT = 'bai2';
/** What the format takes where neither group nor account names one. */
const DEFAULT_CURRENCY = 'USD';
const STATUSES: Readonly<Record<string, string>> = { 2: 'deletes', 3: 'corrects', 4: 'only tests' };
const INTERIM: ReadonlySet<string> = new Set(['1', '3']);

export function translateBai2(message: InboundMessage, rules: RuleBook): Translation {
  const read = readBai2(message.bytes);
  if (!read.ok) {
    const detail = `${plain(read.fault, 300)}; nothing of it was booked, ask the bank to send the file again, whole`;
    return { format: FORMAT, events: [], problems: [unreadable(message, detail)] };
  }
  const sender = rules.partners.get(message.partner);
  if (sender === undefined) return { format: FORMAT, events: [], problems: [unknownPartner(message.partner)] };
  const judged = judgedIn(read.file, rules.partners);
  return translationOf(FORMAT, judged, { sender, reportedAt: message.receivedAt, partners: rules.partners });
}

function judgedIn(file: Bai2File, partners: ReadonlyMap<string, Partner>): Judged[] {
  let position = 0;
  return file.groups.flatMap((group) =>
    group.accounts.map((account) => {
      position += 1;
      return judgedOf(account, { group, file, position }, partners);
    }),
  );
}

type Place = { readonly group: Bai2Group; readonly file: Bai2File; readonly position: number };

function judgedOf(account: Bai2Account, place: Place, partners: ReadonlyMap<string, Partner>): Judged {
  const { group } = place;
  const id = `${group.originator} ${account.account} ${group.asOf}`;
  const currency = account.currency || group.currency || DEFAULT_CURRENCY;
  const refusal = refusalOf(account, group, currency);
  if (refusal !== undefined) return { id, refusal };
  const payersIn = (text: string) => {
    const customer = customerInText(text, partners);
    return customer === undefined ? [{ name: plain(text, 100), ids: [] }] : [{ name: '', ids: [customer] }];
  };
  return { statement: statementFrom(account, { ...place, currency }, payersIn) };
}

function refusalOf(account: Bai2Account, group: Bai2Group, currency: string): string | undefined {
  const act = STATUSES[group.status];
  if (act !== undefined) {
    return `a group that ${act} an earlier report (status ${group.status}) cannot be taken by itself; send the report whole`;
  }
  if (INTERIM.has(group.modifier)) {
    return `an interim report (as-of-date modifier ${group.modifier}) is of a day that is not closed; send the final one`;
  }
  if (!isCurrency(currency)) return `"${currency.slice(0, 10)}" is no currency; ask the bank to send it again`;
  const imbalance = imbalanceOf(account);
  return imbalance && unbalanced(imbalance);
}
