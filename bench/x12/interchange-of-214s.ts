// A generated interchange of 214s, as a carrier's night run sends it: one group, some 420 bytes a transaction.

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

/** One 214 with the given number, ST to SE. */
export function transaction214(number: number): string {
  const control = String(number).padStart(4, '0');
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
