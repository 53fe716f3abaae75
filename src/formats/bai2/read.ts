// BAI2 bytes → groups, accounts and transactions, whole or not at all: the control totals decide.

import type { Bai2Account, Bai2Group, Bai2Read } from './document.ts';
import { summariesFrom, transactionFrom, wholeFrom } from './elements.ts';
import { type Record, recordsIn } from './records.ts';

type OpenAccount = {
  account: Bai2Account & { transactions: Bai2Account['transactions'][number][] };
  sum: bigint;
  records: number;
};
type OpenGroup = { group: Bai2Group & { accounts: Bai2Account[] }; sum: bigint; records: number };
type Reading = {
  head?: readonly string[];
  groups: Bai2Group[];
  group?: OpenGroup;
  account?: OpenAccount;
  sum: bigint;
  records: number;
  isEnded: boolean;
};

/** Never throws for what is in the bytes. */
export function readBai2(bytes: Uint8Array): Bai2Read {
  const reading: Reading = { groups: [], sum: 0n, records: 0, isEnded: false };
  for (const record of recordsIn(new TextDecoder('latin1').decode(bytes))) {
    const fault = take(reading, record);
    if (fault !== undefined) return { ok: false, fault: `line ${record.line}, record ${record.code}: ${fault}` };
  }
  if (!reading.isEnded) return { ok: false, fault: 'the file has no trailer (99): it is cut off' };
  const [sender = '', receiver = '', date = '', , fileId = ''] = reading.head ?? [];
  return { ok: true, file: { sender, receiver, createdOn: dayFrom(date), fileId, groups: reading.groups } };
}

/** What is wrong with the record where it stands, in words. */
function take(reading: Reading, record: Record): string | undefined {
  if (reading.isEnded) return 'it comes after the trailer (99)';
  if ((reading.head === undefined) !== (record.code === '01')) return 'the file header (01) comes first, and once';
  for (const counted of [reading, reading.group, reading.account])
    if (counted !== undefined) counted.records += record.count;
  switch (record.code) {
    case '01':
      reading.head = record.elements;
      return undefined;
    case '02':
      return beginGroup(reading, record);
    case '03':
      return beginAccount(reading, record);
    case '16':
      return addTransaction(reading, record);
    case '49':
      return endAccount(reading, record);
    case '98':
      return endGroup(reading, record);
    default:
      return endFile(reading, record);
  }
}

function beginGroup(reading: Reading, { elements, count }: Record): string | undefined {
  if (reading.group !== undefined) return 'the group before it has no trailer (98)';
  const [, originator = '', status = '', date = '', , currency = '', modifier = ''] = elements.map((each) =>
    each.trim(),
  );
  const group = { originator, status, asOf: dayFrom(date), modifier, currency, accounts: [] };
  reading.group = { group, sum: 0n, records: count };
  return undefined;
}

function beginAccount(reading: Reading, { elements, count }: Record): string | undefined {
  if (reading.group === undefined) return 'it is in no group (02)';
  if (reading.account !== undefined) return 'the account before it has no trailer (49)';
  const [account = '', currency = '', ...rest] = elements;
  const summaries = summariesFrom(rest);
  if (typeof summaries === 'string') return summaries;
  const open = { account: account.trim(), currency: currency.trim(), summaries: summaries.amounts, transactions: [] };
  reading.account = { account: open, sum: summaries.totalMinor, records: count };
  return undefined;
}

function addTransaction({ account: open }: Reading, { elements }: Record): string | undefined {
  if (open === undefined) return 'it is in no account (03)';
  const transaction = transactionFrom(elements);
  if (typeof transaction === 'string') return transaction;
  open.account.transactions.push(transaction);
  open.sum += transaction.amountMinor;
  return undefined;
}

function endAccount(reading: Reading, { elements: [total = '', records = ''] }: Record): string | undefined {
  const { account: open, group } = reading;
  if (open === undefined || group === undefined) return 'it ends no account';
  const { account } = open.account;
  const fault = controlled(`account ${account}`, open, { total, records });
  if (fault !== undefined) return fault;
  group.group.accounts.push(open.account);
  group.sum += open.sum;
  reading.account = undefined;
  return undefined;
}

function endGroup(
  reading: Reading,
  { elements: [total = '', accounts = '', records = ''] }: Record,
): string | undefined {
  const { group: open } = reading;
  if (open === undefined || reading.account !== undefined)
    return 'it ends no group, or one with an account that is open';
  const counted = open.group.accounts.length;
  if (wholeFrom(accounts) !== BigInt(counted)) return `it says ${accounts.trim()} accounts, and there are ${counted}`;
  const fault = controlled('the group', open, { total, records });
  if (fault !== undefined) return fault;
  reading.groups.push(open.group);
  reading.sum += open.sum;
  reading.group = undefined;
  return undefined;
}

function endFile(reading: Reading, { elements: [total = '', groups = '', records = ''] }: Record): string | undefined {
  if (reading.group !== undefined) return 'the last group has no trailer (98)';
  const counted = reading.groups.length;
  if (wholeFrom(groups) !== BigInt(counted)) return `it says ${groups.trim()} groups, and there are ${counted}`;
  reading.isEnded = true;
  return controlled('the file', reading, { total, records });
}

function controlled(
  what: string,
  { sum, records }: { readonly sum: bigint; readonly records: number },
  said: { readonly total: string; readonly records: string },
): string | undefined {
  if (wholeFrom(said.total) !== sum) {
    return `${what} does not balance: its amounts come to ${sum}, and its control total is ${said.total.trim().slice(0, 40)}`;
  }
  if (wholeFrom(said.records) === BigInt(records)) return undefined;
  return `${what} has ${records} records, and its control says ${said.records.trim().slice(0, 40)}`;
}

/** `YYMMDD` → `YYYY-MM-DD`, empty where it is none. */
function dayFrom(digits: string): string {
  const [, yy, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits.trim()) ?? [];
  return yy === undefined ? '' : `${Number(yy) < 80 ? '20' : '19'}${yy}-${month}-${day}`;
}
