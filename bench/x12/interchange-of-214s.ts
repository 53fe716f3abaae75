// A generated interchange of 214s, as a carrier's night run sends it: one group, some 420 bytes a transaction.
//
// The stream of any length numbers the same block of bytes anew, so that memory seen beside it is the reader's and not its own.

const LINES = [
  'AT7*AF*NS***20260311*0815*ET',
  'AT7*X6*NS***20260311*1140*CT',
  'AT7*X1*NS***20260312*0652*CT',
  'AT7*D1*NS***20260312*0731*CT',
];
const CITIES = ['MEMPHIS*TN*US', 'DALLAS*TX*US', 'COLUMBUS*OH*US', 'ATLANTA*GA*US', 'KANSAS CITY*MO*US'];

const ISA =
  'ISA*00*          *00*          *02*SWFT           *ZZ*LADINGHUB      *260312*0815*U*00401*000004711*0*P*>~\n';
const GS = 'GS*QM*SWFT*LADINGHUB*20260312*0815*4711*X*004010~\n';

/** One 214 with the given number, ST to SE. Control numbers have nine digits, so that they can be written over. */
export function transaction214(number: number): string {
  const control = String(number).padStart(9, '0');
  const city = CITIES[number % CITIES.length];
  const body = [
    `ST*214*${control}`,
    `B10*PRO${7000000 + number}*SHP-${100000 + number}*SWFT`,
    `L11*BOL${880000 + number}*BM`,
    'N1*SH*NORTHWIND DISTRIBUTION*93*NW01',
    'N3*4100 LAMAR AVENUE',
    'N4*MEMPHIS*TN*38118*US',
    'N1*CN*HILLSIDE BUILDING SUPPLY*93*HB14',
    'N3*221 COMMERCE STREET*DOCK 7',
    'N4*DALLAS*TX*75201*US',
    'LX*1',
    LINES[number % LINES.length] as string,
    `MS1*${city}`,
    `MS2*SWFT*TRL${number % 9973}`,
    'AT8*G*L*12400*22',
  ];
  return `${[...body, `SE*${body.length + 1}*${control}`].join('~\n')}~\n`;
}

/** The interchange piece by piece, until it has at least `bytes` bytes; never whole in memory. */
export function* interchangeOf214s(bytes: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let written = 0;
  let number = 0;
  let text = ISA + GS;
  while (written + text.length < bytes) {
    number++;
    text += transaction214(number);
    if (text.length < 65_536) continue;
    written += text.length;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(`${text}GE*${number}*4711~\nIEA*1*000004711~\n`);
}

/** As `interchangeOf214s`, for interchanges of any size. The chunk handed out is written over by the next. */
export function* endlessInterchangeOf214s(bytes: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(ISA + GS);
  const inBlock = 150;
  const texts = Array.from({ length: inBlock }, (_, n) => transaction214(n));
  const block = encoder.encode(texts.join(''));
  const places = controlPlaces(texts);
  let number = 0;
  for (let written = 0; written < bytes; written += block.length) {
    for (const [st, se] of places) {
      number++;
      writeDigits(block, st, number);
      writeDigits(block, se, number);
    }
    yield block;
  }
  yield encoder.encode(`GE*${number}*4711~\nIEA*1*000004711~\n`);
}

// Where the digits of ST02 and of SE02 end, of each transaction of the block.
function controlPlaces(texts: readonly string[]): [number, number][] {
  let end = 0;
  return texts.map((text) => {
    const start = end;
    end += text.length;
    return [start + 'ST*214*'.length + 9, end - '~\n'.length];
  });
}

function writeDigits(block: Uint8Array, end: number, number: number): void {
  let rest = number;
  for (let at = end - 1; at >= end - 9; at--) {
    block[at] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
