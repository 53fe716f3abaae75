// An MT940 statement as the bank statements of ISO 20022 are, so that one place says what an entry means.

import type { BankEntry, BankStatement, BankTransaction } from '../../formats/iso20022/index.ts';
import type { Mt940Balance, Mt940Line, Mt940Statement } from '../../formats/mt940/index.ts';
import { BOOKED } from '../bank/balance.ts';

/** Transaction types (SWIFT MT940, field 61, subfield 6) in which no customer pays → domain of the ISO 20022 code set. */
const DOMAIN_BY_TYPE: Readonly<Record<string, string>> = {
  INT: 'ACMT',
  CHG: 'ACMT',
  COM: 'ACMT',
  BRF: 'ACMT',
  DIV: 'SECU',
  SEC: 'SECU',
  FEX: 'FORX',
  LDP: 'LDAS',
};
/** Business transaction codes of the German banks for payments that came back: direct debits (108, 109), transfers (159). */
const RETURN_CODES: ReadonlySet<string> = new Set(['108', '109', '159']);
const RETURNED_ITEM = 'RTI';

/**
 * `payerIn` says who may have paid. Banks number statements as they like, some not at all, so account, number and day name
 * a statement together.
 */
export function statementFrom(
  { account, sequence, opening, closing, lines }: Mt940Statement,
  payerIn: (line: Mt940Line) => BankTransaction['payers'],
): BankStatement {
  // Without a number, the balances part two statements of one day.
  const numbered = /[1-9]/.test(sequence.split('/')[0] ?? '') ? [] : [opening.amount, closing.amount];
  const id = [account, sequence, closing.on, ...numbered].filter((each) => each !== '').join(' ');
  return {
    id,
    account,
    balances: [balanceFrom(opening, 'OPBD'), balanceFrom(closing, 'CLBD')],
    entries: lines.map((line) => entryFrom(line, closing.currency, payerIn(line))),
  };
}

function balanceFrom({ isInterim, amount, currency, direction }: Mt940Balance, type: 'OPBD' | 'CLBD') {
  return { type: isInterim ? 'ITBD' : type, amount, currency, direction };
}

function entryFrom(line: Mt940Line, currency: string, payers: BankTransaction['payers']): BankEntry {
  const { amount, direction, isReversal, isExpected, type, valueOn, bookedOn } = line;
  const { reference, bankReference, information, details } = line;
  const kind = type.slice(1);
  const transaction: BankTransaction = {
    // A bank's reference here is not bound to be its only one: it is another name and not the payment's own.
    reference: '',
    endToEndId: information.endToEndId,
    otherIds: [bankReference, reference].filter((each) => each !== ''),
    isReturn: kind === RETURNED_ITEM || RETURN_CODES.has(information.code),
    payers,
    unstructured: [information.text].filter((each) => each !== ''),
    structured: [],
  };
  return {
    ...{ amount, currency, direction, isReversal, bookedOn, valueOn },
    status: isExpected ? 'PDNG' : BOOKED,
    reference: '',
    domain: DOMAIN_BY_TYPE[kind] ?? '',
    note: details,
    transactions: [transaction],
  };
}
