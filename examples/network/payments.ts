// What customers pay in the week: Hawthorn tells it by X12 820, and the bank's statement (camt.053) shows what else came in.
//
// Amounts are those of the invoices, which come out the same on every machine. Hawthorn pays its third invoice in part; Cascadia
// pays what it names; and of one payment nobody knows what it is for.

import { at, digitsIn, textIn } from './calendar.ts';
import { type Step, type Week, x12File } from './week.ts';
import { HANDS, interchange } from './x12-hands.ts';

const CHICAGO = 'America/Chicago';

/** Number, what is paid, what it came to. */
const REMITTED = [
  ['LK-1000-1', '199.21', '199.21'],
  ['LK-1002-1', '288.59', '288.59'],
  ['LK-1014-1', '500.00', '549.44'],
] as const;
const REMITTED_IN_ALL = '987.80';

export function payments(week: Week): Step[] {
  return [remittance(week), statement(week)];
}

function remittance(week: Week): Step {
  const sentAt = at(week.firstDay, 7, 10, 0, CHICAGO);
  const local = digitsIn(CHICAGO, sentAt);
  const bank = ['CTX', '01', '071000013', 'DA', '4471120', '1061234578', '', '01', '071923284', 'DA', '88100234'];
  const segments = [
    ['BPR', 'C', REMITTED_IN_ALL, 'C', 'ACH', ...bank, local.slice(0, 8)],
    ['TRN', '1', 'HH-558120', '1061234578'],
    ['CUR', 'PR', 'USD'],
    ['N1', 'PR', 'Hawthorn Hardware', '01', '061234578'],
    ['N1', 'PE', 'Lakeland Supply'],
    ['ENT', '1'],
    ...REMITTED.map(([number, paid, due]) => ['RMR', 'IV', number, '', paid, due]),
  ];
  const body = interchange(HANDS.hawthorn, week.control(), local, [{ code: '820', segments }]);
  return x12File('hawthorn', '820-HH-558120.edi', body, sentAt);
}

type Entry = {
  readonly reference: string;
  readonly amount: string;
  readonly direction: 'CRDT' | 'DBIT';
  readonly details: string;
};

function statement({ firstDay }: Week): Step {
  const sentAt = at(firstDay, 7, 17, 30, CHICAGO);
  const made = textIn(CHICAGO, sentAt);
  const day = made.slice(0, 10);
  const entries: Entry[] = [
    paid('FL-7730014', '904.50', 'Cascadia Outfitters', 'INVOICE LK-5001-1 THANK YOU'),
    paid('FL-7730015', '61.00', 'Hawthorn Hardware', 'STORE 31 CREDIT ADJ'),
    { reference: 'FL-7730016', amount: '12.00', direction: 'DBIT', details: '' },
  ];
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>FLB-${day}</MsgId><CreDtTm>${made}</CreDtTm></GrpHdr>
    <Stmt>
      <Id>FLB-${day}-1</Id>
      <CreDtTm>${made}</CreDtTm>
      <Acct><Id><Othr><Id>88100234</Id></Othr></Id><Ccy>USD</Ccy></Acct>
${balance('OPBD', '182400.00', day)}
${balance('CLBD', '183353.50', day)}
${entries.map((entry) => entryText(entry, day)).join('\n')}
    </Stmt>
  </BkToCstmrStmt>
</Document>
`;
  return { kind: 'message', at: sentAt, partner: 'firstlakes', fileName: `camt053-${day}.xml`, body, via: 'http' };
}

function paid(reference: string, amount: string, payer: string, text: string): Entry {
  const parties = `<RltdPties><Dbtr><Nm>${payer}</Nm></Dbtr></RltdPties>`;
  const details = `<NtryDtls><TxDtls>${parties}<RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls>`;
  return { reference, amount, direction: 'CRDT', details };
}

function balance(type: string, amount: string, day: string): string {
  return `      <Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="USD">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
}

function entryText({ reference, amount, direction, details }: Entry, day: string): string {
  const domain = direction === 'DBIT' ? 'ACMT' : 'PMNT';
  return `      <Ntry><Amt Ccy="USD">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef><BkTxCd><Domn><Cd>${domain}</Cd></Domn></BkTxCd>${details}</Ntry>`;
}
