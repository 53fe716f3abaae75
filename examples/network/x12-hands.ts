// How each sender of the sample network writes its X12: real partners differ, and none is quite by the book.
//
// Written here by hand and not with the hub's own writer, which could only write what the hub already expects.

/** One sender's manner of writing an interchange. */
export type Hand = {
  readonly qualifier: string;
  readonly id: string;
  readonly element: string;
  readonly component: string;
  /** What stands between segments: the terminator and whatever follows it. */
  readonly terminator: string;
  /** ISA fields padded to their fixed length, as the standard has it. */
  readonly padded: boolean;
  readonly byteOrderMark?: true;
  /** After the last segment. */
  readonly tail: string;
};

export const HANDS: Readonly<Record<'desk' | 'prairie' | 'heron' | 'hawthorn' | 'northdock' | 'stranger', Hand>> = {
  // A transport management system on a mainframe: one segment a line, nothing but the line end.
  desk: { qualifier: 'ZZ', id: 'LAKELANDTMS', element: '*', component: ':', terminator: '\n', padded: true, tail: '' },
  // A carrier's translator: tilde, carriage return, line feed, and blanks after the end.
  prairie: {
    qualifier: '02',
    id: 'PRML',
    element: '*',
    component: ':',
    terminator: '~\r\n',
    padded: true,
    tail: '   ',
  },
  // A home-grown export: a bar ends segments, the ISA is not padded.
  heron: { qualifier: 'ZZ', id: 'BLUEHERON', element: '*', component: '>', terminator: '|', padded: false, tail: '\n' },
  // A customer's accounts payable: by the book, all in one line.
  hawthorn: { qualifier: '01', id: '061234578', element: '*', component: '>', terminator: '~', padded: true, tail: '' },
  // A warehouse's PC: byte order mark and tilde with a line feed.
  northdock: {
    qualifier: 'ZZ',
    id: 'NORTHDOCK',
    element: '*',
    component: ':',
    terminator: '~\n',
    padded: true,
    byteOrderMark: true,
    tail: '',
  },
  // Nobody has told us of this one.
  stranger: { qualifier: '02', id: 'GHXP', element: '*', component: ':', terminator: '~', padded: true, tail: '' },
};

export type Transaction = {
  readonly code: keyof typeof GROUPS;
  readonly segments: readonly (readonly string[])[];
};

const GROUPS = { '204': 'SM', '990': 'GF', '214': 'QM', '210': 'IM', '820': 'RA', '850': 'PO', '945': 'SW' } as const;

/** One interchange of transactions of one kind. `local` is the sender's wall clock, `YYYYMMDDHHMM`. */
export function interchange(
  hand: Hand,
  controlNumber: number,
  local: string,
  transactions: readonly Transaction[],
): string {
  const isa13 = String(controlNumber).padStart(9, '0');
  const code = transactions[0]?.code ?? '214';
  const pad = (text: string, length: number) => (hand.padded ? text.padEnd(length) : text);
  const isa = [
    'ISA',
    '00',
    pad('', 10),
    '00',
    pad('', 10),
    hand.qualifier,
    pad(hand.id, 15),
    'ZZ',
    pad('LAKELANDSUP', 15),
    local.slice(2, 8),
    local.slice(8),
    'U',
    '00401',
    isa13,
    '0',
    'P',
    hand.component,
  ];
  const gs = [
    'GS',
    GROUPS[code],
    hand.id,
    'LAKELANDSUP',
    local.slice(0, 8),
    local.slice(8),
    String(controlNumber),
    'X',
    '004010',
  ];
  const sets = transactions.flatMap(({ segments }, index) => {
    const st02 = String(index + 1).padStart(4, '0');
    return [['ST', code, st02], ...segments, ['SE', String(segments.length + 2), st02]];
  });
  const all = [isa, gs, ...sets, ['GE', String(transactions.length), String(controlNumber)], ['IEA', '1', isa13]];
  const text = all.map((segment) => segment.join(hand.element).replace(/\*+$/, '')).join(hand.terminator);
  return `${hand.byteOrderMark ? '\uFEFF' : ''}${text}${hand.terminator}${hand.tail}`;
}
