// Each way an X12 file can fail, once: its level, how grave it is, its code in an acknowledgement, and its sentence.
//
// `reject` takes the thing it stands on out of processing; `error` is told to the sender, who is accepted with errors (E);
// `note` is a quirk we read through and do not complain about to partners. Codes: X12 997 (AK3 to AK9), 999 (IK3 to IK5)
// and TA1 code lists of release 005010; a 999 has the same digits where both have a code.
export type X12Severity = 'note' | 'error' | 'reject';
export type X12Level = 'document' | 'interchange' | 'group' | 'transaction' | 'segment' | 'element';

/** What a sentence may be made of beside where it happened. */
export type X12FaultDetail = { readonly expected?: string; readonly found?: string };

export type FaultEntry = {
  readonly level: X12Level;
  readonly severity: X12Severity;
  /** TA105 for interchange, AK905 for group, AK502 for transaction, AK304 for segment, AK403 for element. '' where X12 has none. */
  readonly code: string;
  readonly reason: (detail: Required<X12FaultDetail>) => string;
  readonly mend: string;
};

const entry = (
  level: X12Level,
  severity: X12Severity,
  code: string,
  reason: FaultEntry['reason'],
  mend: string,
): FaultEntry => ({
  level,
  severity,
  code,
  reason,
  mend,
});

export const X12_FAULTS = {
  // Bytes outside any interchange
  'isa-not-found': entry(
    'document',
    'reject',
    '',
    (d) => `an interchange must begin with ISA, found "${d.found}"`,
    'send the whole interchange, from ISA to IEA',
  ),
  'data-between-interchanges': entry(
    'document',
    'reject',
    '',
    (d) => `only another ISA may follow IEA, found "${d.found}"`,
    'put all segments between ISA and IEA',
  ),
  'input-empty': entry('document', 'reject', '', () => 'there is no data', 'send an interchange, from ISA to IEA'),

  'input-hopeless': entry(
    'document',
    'reject',
    '',
    (d) => `${d.expected} interchanges and pieces before this are broken, the rest was not read`,
    'send a file of whole interchanges',
  ),

  // Interchange
  'isa-elements-missing': entry(
    'interchange',
    'reject',
    '022',
    (d) => `ISA needs 16 elements and has ${d.found}`,
    'send all 16 elements of ISA with one element separator',
  ),
  'isa-delimiters-unclear': entry(
    'interchange',
    'reject',
    '004',
    (d) => `the segment terminator after ISA16 cannot be told, found "${d.found}"`,
    'end ISA with the component separator and one terminator',
  ),
  'isa-delimiters-clash': entry(
    'interchange',
    'reject',
    '026',
    (d) => `"${d.found}" serves as two delimiters`,
    'use a different character for each delimiter',
  ),
  'isa-not-padded': entry(
    'interchange',
    'note',
    '',
    (d) => `element has ${d.found} characters where ${d.expected} are fixed`,
    'pad ISA to 106 bytes',
  ),
  'isa-component-separator-missing': entry(
    'interchange',
    'note',
    '',
    () => 'ISA16 is missing, composites cannot be read',
    'put the component separator in ISA16',
  ),
  'isa-line-break-inside': entry(
    'interchange',
    'note',
    '',
    () => 'ISA has a line break inside it, which was taken out',
    'send ISA on one line',
  ),
  'isa-control-number-invalid': entry(
    'interchange',
    'error',
    '018',
    (d) => `control number "${d.found}" is not a number`,
    'number interchanges with nine digits',
  ),
  'iea-missing': entry(
    'interchange',
    'reject',
    '023',
    () => 'the interchange ends without IEA',
    'send the whole interchange again, up to IEA',
  ),
  'iea-group-count-wrong': entry(
    'interchange',
    'reject',
    '021',
    (d) => `IEA01 counts ${d.found} groups, there are ${d.expected}`,
    'send the interchange again with the right count',
  ),
  'iea-control-number-wrong': entry(
    'interchange',
    'reject',
    '001',
    (d) => `IEA02 is "${d.found}", ISA13 is "${d.expected}"`,
    'repeat ISA13 in IEA02',
  ),
  'segment-outside-group': entry(
    'interchange',
    'error',
    '024',
    (d) => `segment "${d.found}" stands outside any functional group`,
    'put it between GS and GE',
  ),
  'faults-left-out': entry(
    'interchange',
    'reject',
    '',
    (d) => `more than ${d.expected} faults, the rest is not listed`,
    'mend those listed first',
  ),

  // Functional group
  'gs-missing': entry(
    'group',
    'reject',
    '',
    () => 'a transaction begins outside any functional group',
    'put GS before the first ST of the group',
  ),
  'gs-elements-missing': entry(
    'group',
    'error',
    '',
    (d) => `GS needs 8 elements and has ${d.found}`,
    'fill GS01 to GS08',
  ),
  'gs-release-differs': entry(
    'group',
    'note',
    '',
    (d) => `GS08 says release ${d.found}, ISA12 says ${d.expected}; GS08 governs`,
    'send the same release in both',
  ),
  'gs-control-number-repeated': entry(
    'group',
    'error',
    '19',
    (d) => `control number ${d.found} was used by an earlier group of this interchange`,
    'number each group once',
  ),
  'ge-missing': entry('group', 'reject', '3', () => 'the group ends without GE', 'send the group again, up to GE'),
  'ge-without-gs': entry('interchange', 'reject', '022', () => 'GE has no GS before it', 'send GS before GE'),
  'ge-transaction-count-wrong': entry(
    'group',
    'reject',
    '5',
    (d) => `GE01 counts ${d.found} transactions, there are ${d.expected}`,
    'send the group again with the right count',
  ),
  'ge-control-number-wrong': entry(
    'group',
    'reject',
    '4',
    (d) => `GE02 is "${d.found}", GS06 is "${d.expected}"`,
    'repeat GS06 in GE02',
  ),
  'segment-outside-transaction': entry(
    'group',
    'error',
    '',
    (d) => `segment "${d.found}" stands outside any transaction`,
    'put it between ST and SE',
  ),

  // Transaction
  'st-elements-missing': entry(
    'transaction',
    'reject',
    '6',
    () => 'ST needs a transaction code and a control number',
    'fill ST01 and ST02',
  ),
  'st-control-number-repeated': entry(
    'transaction',
    'error',
    '23',
    (d) => `control number ${d.found} was used by an earlier transaction of this group`,
    'number each transaction of a group once',
  ),
  'se-missing': entry(
    'transaction',
    'reject',
    '2',
    () => 'the transaction ends without SE',
    'send the transaction again, up to SE',
  ),
  'se-without-st': entry('group', 'error', '', () => 'SE has no ST before it', 'send ST before SE'),
  'se-segment-count-wrong': entry(
    'transaction',
    'reject',
    '4',
    (d) => `SE01 counts ${d.found} segments, there are ${d.expected}`,
    'send the transaction again with the right count',
  ),
  'se-control-number-wrong': entry(
    'transaction',
    'reject',
    '3',
    (d) => `SE02 is "${d.found}", ST02 is "${d.expected}"`,
    'repeat ST02 in SE02',
  ),
  'transaction-too-large': entry(
    'transaction',
    'reject',
    '5',
    (d) => `the transaction is longer than ${d.expected} bytes`,
    'send smaller transactions or raise the limit',
  ),
  'transaction-not-supported': entry(
    'transaction',
    'reject',
    '1',
    (d) => `transaction set ${d.found} is not taken here`,
    'ask which transaction sets are agreed',
  ),
  'content-refused': entry('transaction', 'reject', '5', (d) => d.found, 'correct the transaction and send it again'),
  'unit-price-missing': entry(
    'transaction',
    'reject',
    '5',
    () => 'the line has no unit price (AMT*LI), so that nothing could be billed by this order',
    'place the order by an 850 or by order.placed, or give its prices',
  ),

  // Segment
  'segment-too-long': entry(
    'interchange',
    'reject',
    '022',
    (d) => `a segment is longer than ${d.expected} bytes`,
    'end each segment with the terminator of the ISA',
  ),
  'segment-terminator-missing': entry(
    'segment',
    'note',
    '',
    () => 'the segment has no terminator; the end of the line was taken for it',
    'end each segment with the terminator',
  ),
  'segment-id-invalid': entry(
    'segment',
    'error',
    '1',
    (d) => `"${d.found}" is no segment id`,
    'begin each segment with two or three capitals or digits',
  ),
  'segment-unexpected': entry(
    'segment',
    'error',
    '2',
    () => 'the segment is not expected here',
    'follow the order of the transaction set',
  ),
  'segment-missing': entry(
    'segment',
    'reject',
    '3',
    () => 'the segment is mandatory and missing',
    'send it in its place',
  ),

  // Element
  'element-missing': entry('element', 'reject', '1', () => 'the element is mandatory and missing', 'send a value'),
  'element-condition': entry(
    'element',
    'error',
    '2',
    (d) => `the element is needed because ${d.expected}`,
    'send both or neither',
  ),
  'element-too-short': entry(
    'element',
    'error',
    '4',
    (d) => `"${d.found}" is shorter than ${d.expected} characters`,
    'send a value of the right length',
  ),
  'element-too-long': entry(
    'element',
    'error',
    '5',
    (d) => `"${d.found}" is longer than ${d.expected} characters`,
    'send a value of the right length',
  ),
  'element-number-invalid': entry(
    'element',
    'reject',
    '6',
    (d) => `"${d.found}" is not a number`,
    'send digits, a sign and a decimal point only',
  ),
  'element-code-unknown': entry(
    'element',
    'error',
    '7',
    (d) => `code "${d.found}" is not known here`,
    'send an agreed code or have it added to the partner profile',
  ),
  'element-date-invalid': entry(
    'element',
    'reject',
    '8',
    (d) => `"${d.found}" is not a date`,
    'send CCYYMMDD or YYMMDD',
  ),
  'element-time-invalid': entry('element', 'reject', '9', (d) => `"${d.found}" is not a time`, 'send HHMM or HHMMSS'),
} as const satisfies Record<string, FaultEntry>;

export type X12FaultKind = keyof typeof X12_FAULTS;
