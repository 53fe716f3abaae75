// Ntry → an entry with its transactions, and what is wrong with it.
import { elementAt, elementsOf, textAt, type XmlElement } from '../xml/index.ts';
import type { BankAmount, BankEntry, BankParty, BankTransaction, Direction, StructuredRemittance } from './document.ts';

/** Faults are told under `path`, such as `Ntry[3]`. */
export type Reading = { readonly path: string; readonly faults: string[] };

export function entryFrom(element: XmlElement, { path, faults }: Reading): BankEntry | undefined {
  const amount = amountIn(element, { path, faults });
  const direction = directionIn(element, { path, faults });
  // Since version 8 a status is a code or a bank's own; before, the code itself.
  const status = textAt(element, 'Sts', 'Cd') ?? textAt(element, 'Sts', 'Prtry') ?? textAt(element, 'Sts');
  if (status === undefined) faults.push(`${path}/Sts is missing`);
  const details = elementsOf(element, 'NtryDtls').flatMap((each) => elementsOf(each, 'TxDtls'));
  const transactions = details.map((each, index) =>
    transactionFrom(each, { path: `${path}/TxDtls[${index + 1}]`, faults }),
  );
  if (amount === undefined || direction === undefined || status === undefined) return undefined;
  return {
    ...amount,
    direction,
    isReversal: isTrue(textAt(element, 'RvslInd')),
    status,
    bookedOn: dayIn(elementAt(element, 'BookgDt')),
    valueOn: dayIn(elementAt(element, 'ValDt')),
    reference: textAt(element, 'AcctSvcrRef') ?? '',
    domain: textAt(element, 'BkTxCd', 'Domn', 'Cd') ?? '',
    note: textAt(element, 'AddtlNtryInf') ?? '',
    transactions,
  };
}

function transactionFrom(element: XmlElement, reading: Reading): BankTransaction {
  const refs = elementAt(element, 'Refs');
  const parties = elementAt(element, 'RltdPties');
  const account = textAt(parties, 'DbtrAcct', 'Id', 'IBAN') ?? textAt(parties, 'DbtrAcct', 'Id', 'Othr', 'Id');
  const payers = ['Dbtr', 'UltmtDbtr'].flatMap((role) => {
    const party = partyFrom(elementAt(parties, role), role === 'Dbtr' ? account : undefined);
    return party === undefined ? [] : [party];
  });
  const otherIds = ['TxId', 'InstrId', 'ClrSysRef', 'UETR'].flatMap((name) => textAt(refs, name) ?? []);
  const amount = transactionAmount(element, reading);
  return {
    reference: textAt(refs, 'AcctSvcrRef') ?? '',
    endToEndId: textAt(refs, 'EndToEndId') ?? '',
    otherIds,
    ...(amount === undefined ? {} : { amount }),
    isReturn: elementAt(element, 'RtrInf') !== undefined,
    payers,
    unstructured: elementsOf(elementAt(element, 'RmtInf'), 'Ustrd').flatMap((each) => each.text.trim() || []),
    structured: elementsOf(elementAt(element, 'RmtInf'), 'Strd').map((each) => structuredFrom(each, reading)),
  };
}

// The amount of the transaction itself; version 2 has it among the details. What was instructed may be another.
function transactionAmount(element: XmlElement, reading: Reading): BankAmount | undefined {
  const details = elementAt(element, 'AmtDtls', 'TxAmt');
  const holder = [element, details].find((each) => elementAt(each, 'Amt') !== undefined);
  return holder && amountIn(holder, reading);
}

// Since version 8 a party is a person or firm (Pty) or an agent; before, the party itself.
function partyFrom(element: XmlElement | undefined, account: string | undefined): BankParty | undefined {
  const party = elementAt(element, 'Pty') ?? elementAt(element, 'Agt', 'FinInstnId') ?? element;
  const organisation = elementAt(party, 'Id', 'OrgId') ?? elementAt(party, 'Id', 'PrvtId');
  const own = (organisation?.children ?? []).flatMap(
    (each) => (each.name === 'Othr' ? textAt(each, 'Id') : each.text.trim()) || [],
  );
  const name = textAt(party, 'Nm') ?? '';
  const ids = [...own, ...(account === undefined ? [] : [account])];
  return name === '' && ids.length === 0 ? undefined : { name, ids };
}

function structuredFrom(element: XmlElement, reading: Reading): StructuredRemittance {
  const amounts = elementAt(element, 'RfrdDocAmt');
  const remitted = elementAt(amounts, 'RmtdAmt') && amountIn(amounts as XmlElement, reading, 'RmtdAmt');
  return {
    documents: elementsOf(element, 'RfrdDocInf').flatMap((each) => textAt(each, 'Nb') ?? []),
    creditorReference: textAt(element, 'CdtrRefInf', 'Ref') ?? '',
    ...(remitted === undefined ? {} : { remitted }),
    notes: elementsOf(element, 'AddtlRmtInf').flatMap((each) => each.text.trim() || []),
  };
}

/** ISO 20022 amounts: unsigned, at most 18 digits, of which at most five behind the point; here any number of them. */
const AMOUNT = /^\d{1,18}(\.\d{1,18})?$/;

export function amountIn(holder: XmlElement, { path, faults }: Reading, name = 'Amt'): BankAmount | undefined {
  const element = elementAt(holder, name);
  const amount = element?.text.trim() ?? '';
  const currency = element?.attributes.get('Ccy') ?? '';
  if (element === undefined) faults.push(`${path}/${name} is missing`);
  else if (!AMOUNT.test(amount)) faults.push(`${path}/${name} "${amount.slice(0, 40)}" is no amount`);
  else if (!/^[A-Z]{3}$/.test(currency)) faults.push(`${path}/${name} has no currency (Ccy)`);
  else return { amount, currency };
  return undefined;
}

export function directionIn(holder: XmlElement, { path, faults }: Reading): Direction | undefined {
  const code = textAt(holder, 'CdtDbtInd');
  if (code === 'CRDT') return 'credit';
  if (code === 'DBIT') return 'debit';
  faults.push(
    code === undefined
      ? `${path}/CdtDbtInd is missing`
      : `${path}/CdtDbtInd "${code.slice(0, 40)}" is none of CRDT, DBIT`,
  );
  return undefined;
}

// A date, or a date and time whose day is meant at the bank.
function dayIn(element: XmlElement | undefined): string {
  return (textAt(element, 'Dt') ?? textAt(element, 'DtTm') ?? '').slice(0, 10);
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}
