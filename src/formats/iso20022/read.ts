// ISO 20022 bytes → bank statements. Entry by entry: once read, its XML is let go.
import { elementAt, elementsOf, readXml, textAt, type XmlElement } from '../xml/index.ts';
import type { Balance, BankEntry, BankFile, BankMessageKind, BankStatement, ReadStatement } from './document.ts';
import { amountIn, directionIn, entryFrom, type Reading } from './entry.ts';

export type BankFileRead =
  | { readonly ok: true; readonly file: BankFile }
  | { readonly ok: false; readonly fault: { readonly kind: BankFileFault; readonly message: string } };

/** `not-read`: another ISO 20022 message, or a version we do not know. */
export type BankFileFault = 'not-xml' | 'not-read' | 'incomplete';

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})\.\d{3}\.(\d{2})$/;
const KINDS: ReadonlySet<string> = new Set<BankMessageKind>(['camt.052', 'camt.053', 'camt.054']);
const OLDEST_VERSION = '02';
const STATEMENTS: ReadonlySet<string> = new Set(['Rpt', 'Stmt', 'Ntfctn']);
const MESSAGES: ReadonlySet<string> = new Set(['BkToCstmrAcctRpt', 'BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn']);
const MOST_FAULTS = 5;

/** Never throws for what is in the bytes. */
export function readBankFile(bytes: Uint8Array): BankFileRead {
  const statements: ReadStatement[] = [];
  let entries: BankEntry[] = [];
  let faults: string[] = [];
  let entryCount = 0;
  const read = readXml(bytes, {
    onClose(element, around) {
      const parent = around.at(-1) ?? '';
      if (element.name === 'Ntry' && STATEMENTS.has(parent)) {
        entryCount += 1;
        const entry = entryFrom(element, { path: `Ntry[${entryCount}]`, faults });
        if (entry !== undefined) entries.push(entry);
        return 'drop';
      }
      if (!STATEMENTS.has(element.name) || !MESSAGES.has(parent)) return 'keep';
      statements.push(statementFrom(element, entries, faults));
      [entries, faults, entryCount] = [[], [], 0];
      return 'drop';
    },
  });
  if (!read.ok) return { ok: false, fault: { kind: 'not-xml', message: read.fault.message } };
  return fileFrom(read.root, statements);
}

function fileFrom(root: XmlElement, statements: readonly ReadStatement[]): BankFileRead {
  // Some banks put the document and a business header into an envelope.
  const document = root.name === 'Document' ? root : root.children.find(({ name }) => name === 'Document');
  const [, kind = '', version = ''] = NAMESPACE.exec(document?.namespace ?? '') ?? [];
  if (document === undefined || kind === '') {
    return incomplete('there is no Document in a namespace of ISO 20022');
  }
  if (!isKind(kind) || version < OLDEST_VERSION) {
    const message = `it is ${kind}.001.${version}; read are camt.052, camt.053 and camt.054 from version ${OLDEST_VERSION}`;
    return { ok: false, fault: { kind: 'not-read', message } };
  }
  const message = document.children.find(({ name }) => MESSAGES.has(name));
  const messageId = textAt(message, 'GrpHdr', 'MsgId');
  if (messageId === undefined) return incomplete('GrpHdr/MsgId is missing');
  if (statements.length === 0) return incomplete(`message ${messageId.slice(0, 40)} has no statement in it`);
  const createdAt = textAt(message, 'GrpHdr', 'CreDtTm') ?? '';
  return { ok: true, file: { kind, version, messageId, createdAt, statements } };
}

function isKind(kind: string): kind is BankMessageKind {
  return KINDS.has(kind);
}

function incomplete(message: string): BankFileRead {
  return { ok: false, fault: { kind: 'incomplete', message } };
}

function statementFrom(element: XmlElement, entries: readonly BankEntry[], faults: string[]): ReadStatement {
  const id = textAt(element, 'Id') ?? '';
  if (id === '') faults.push('Id is missing');
  const balances = elementsOf(element, 'Bal').flatMap((each, index) => {
    const balance = balanceFrom(each, { path: `Bal[${index + 1}]`, faults });
    return balance === undefined ? [] : [balance];
  });
  if (faults.length > 0) return { ok: false, id, faults: faults.slice(0, MOST_FAULTS) };
  const statement: BankStatement = { id, account: accountIn(element), balances, entries };
  return { ok: true, statement };
}

function accountIn(element: XmlElement): string {
  const id = elementAt(element, 'Acct', 'Id');
  return textAt(id, 'IBAN') ?? textAt(id, 'Othr', 'Id') ?? '';
}

function balanceFrom(element: XmlElement, reading: Reading): Balance | undefined {
  const type = textAt(element, 'Tp', 'CdOrPrtry', 'Cd') ?? textAt(element, 'Tp', 'CdOrPrtry', 'Prtry') ?? '';
  const amount = amountIn(element, reading);
  const direction = directionIn(element, reading);
  return amount === undefined || direction === undefined ? undefined : { ...amount, type, direction };
}
