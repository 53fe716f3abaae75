// Bank files for tests: only what a test is about is written, the rest is as a bank would have it.

import type { Partner } from '../../model/setup/partner.ts';
import { translate } from '../translate.ts';
import type { Translation } from '../translation.ts';
import { rulesWith } from './interchange.ts';

export const BANK: Partner = { id: 'bank', name: 'First Bank', roles: ['bank'], timezone: 'Europe/Amsterdam' };
export const PAYERS: readonly Partner[] = [
  {
    id: 'acme',
    name: 'Acme Tools',
    roles: ['customer'],
    identifiers: [{ scheme: 'iban', value: 'NL91ABNA0417164300' }],
  },
  { id: 'bolt', name: 'Bolt & Nut', roles: ['customer'] },
];

export type EntryText = {
  readonly amount?: string;
  readonly currency?: string;
  readonly direction?: 'CRDT' | 'DBIT';
  readonly status?: string;
  readonly reference?: string;
  /** Elements after the bank transaction code. */
  readonly details?: string;
  /** Elements before the status. */
  readonly head?: string;
  readonly domain?: string;
};

export function entry(given: EntryText = {}): string {
  const { amount = '100.00', currency = 'EUR', direction = 'CRDT', status = 'BOOK', reference = 'B-1' } = given;
  const { details = transaction(), head = '', domain = 'PMNT' } = given;
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${head}<Sts>${status}</Sts>
    <BookgDt><Dt>2026-03-09</Dt></BookgDt><ValDt><Dt>2026-03-10</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef>
    <BkTxCd><Domn><Cd>${domain}</Cd></Domn></BkTxCd><NtryDtls>${details}</NtryDtls></Ntry>`;
}

/** TxDtls of a payment by Acme. */
export function transaction(
  remittance = '',
  { refs = '', amount = '', payer = '<Nm>ACME TOOLS</Nm>', more = '' } = {},
) {
  return `<TxDtls><Refs>${refs}</Refs>${amount}<RltdPties><Dbtr>${payer}</Dbtr></RltdPties><RmtInf>${remittance}</RmtInf>${more}</TxDtls>`;
}

/** Opening 1000.00, closing as given. */
export function statement(
  entries: readonly string[],
  { closing = '1100.00', id = 'ST-1', currency = 'EUR' } = {},
): string {
  const balance = (type: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;
  return `<Stmt><Id>${id}</Id><Acct><Id><IBAN>NL26VAYB8060476890</IBAN></Id></Acct>${balance('OPBD', '1000.00')}${balance('CLBD', closing)}${entries.join('')}</Stmt>`;
}

export function statementFile(statements: readonly string[], version = '02'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt>
<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-03-10T06:00:00</CreDtTm></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`;
}

/** The same entries as a notification, under a prefix as some banks write it. */
export function notificationFile(entries: readonly string[]): string {
  const inner = `<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M-2</MsgId><CreDtTm>2026-03-09T18:00:00+01:00</CreDtTm></GrpHdr><Ntfctn><Id>NT-1</Id>${entries.join('')}</Ntfctn></BkToCstmrDbtCdtNtfctn>`;
  const prefixed = inner.replace(/<(\/?)(\w)/g, '<$1b:$2');
  return `<b:Document xmlns:b="urn:iso:std:iso:20022:tech:xsd:camt.054.001.04">${prefixed}</b:Document>`;
}

export function translatedFrom(
  text: string | Uint8Array,
  sender: Partner = BANK,
  ours: readonly Partner[] = [],
): Translation {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const message = { bytes, partner: sender.id, fileName: 'day.xml', receivedAt: Date.parse('2026-03-10T07:00:00Z') };
  return translate(message, rulesWith([sender, ...PAYERS, ...ours]));
}
