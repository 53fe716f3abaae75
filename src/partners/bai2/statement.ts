// An account of a BAI2 report as the bank statements of ISO 20022 are, so that one place says what an entry means.

import type { Bai2Account, Bai2File, Bai2Group, Bai2Transaction } from '../../formats/bai2/index.ts';
import type { BankEntry, BankStatement, BankTransaction } from '../../formats/iso20022/index.ts';
import { formatMinor } from '../../model/money.ts';
import { BOOKED } from '../bank/balance.ts';
import { directionOf, meaningOf } from './codes.ts';

/** The ISO 20022 domain in which no customer pays. */
const NO_PAYMENT_DOMAIN = 'ACMT';

/** `currency`: of the account. `payersIn` finds customers in a text: the format has no field for who paid. */
export function statementFrom(
  { account, transactions }: Bai2Account,
  { group, file, currency, position }: { group: Bai2Group; file: Bai2File; currency: string; position: number },
  payersIn: (text: string) => BankTransaction['payers'],
): BankStatement {
  const id = [group.originator, account, group.asOf, file.createdOn, file.fileId, String(position)].join(' ');
  const entries = transactions.flatMap((transaction) => entryFrom(transaction, { currency, on: group.asOf }, payersIn));
  return { id, account, balances: [], entries };
}

function entryFrom(
  { type, amountMinor, bankReference, customerReference, text }: Bai2Transaction,
  { currency, on }: { currency: string; on: string },
  payersIn: (text: string) => BankTransaction['payers'],
): BankEntry[] {
  const direction = directionOf(type);
  if (direction === undefined || amountMinor <= 0n) return [];
  const meaning = meaningOf(type);
  const transaction: BankTransaction = {
    reference: '',
    endToEndId: customerReference,
    otherIds: [bankReference].filter((each) => each !== ''),
    isReturn: meaning === 'taken-back',
    payers: payersIn(`${text} ${customerReference}`),
    unstructured: [text].filter((each) => each !== ''),
    structured: [],
  };
  const entry: BankEntry = {
    amount: formatMinor(amountMinor, currency),
    ...{ currency, direction, isReversal: false, bookedOn: on, valueOn: on, status: BOOKED, reference: '', note: '' },
    domain: meaning === 'no-payment' ? NO_PAYMENT_DOMAIN : '',
    transactions: [transaction],
  };
  return [entry];
}
