// Columns of a set-based statement as PostgreSQL's arrays in their binary form: nothing is escaped, nothing is parsed.
//
// For the statements that every event goes through: as text (array-literal.ts) their arrays were a seventh of a worker's
// time, and bytes took twice their room. The driver sends a Buffer in binary form; the layout is that of array_send in
// PostgreSQL's own source.
//
// One buffer is written to over and over, and what it holds is copied out.

const HEADER_BYTES = 20;
const KEPT_BYTES = 4 * 1024 * 1024;
const SHORT = 32;
const OID = { boolean: 16, bytea: 17, bigint: 20, integer: 23, text: 25, float: 701, jsonb: 3802 };

let scratch = Buffer.allocUnsafe(64 * 1024);

type Optional<T> = T | null | undefined;
type Column<T> = <Row>(rows: readonly Row[], pick: (row: Row) => Optional<T>) => Buffer;

/** For `text[]`. */
export const textColumn: Column<string> = (rows, pick) => column(rows, pick, OID.text, writeText);

/** For `jsonb[]`: JSON as text. */
export const jsonColumn: Column<string> = (rows, pick) => column(rows, pick, OID.jsonb, writeJson);

/** For `bytea[]`. */
export const bytesColumn: Column<Uint8Array> = (rows, pick) => column(rows, pick, OID.bytea, writeBytes);

/** For `int[]`. */
export const integerColumn: Column<number> = (rows, pick) =>
  column(rows, pick, OID.integer, (value, at) => {
    room(at + 8);
    scratch.writeInt32BE(4, at);
    return scratch.writeInt32BE(value, at + 4);
  });

/** For `bigint[]`, of digits as well. */
export const bigintColumn: Column<bigint | string> = (rows, pick) =>
  column(rows, pick, OID.bigint, (value, at) => {
    room(at + 12);
    scratch.writeInt32BE(8, at);
    return scratch.writeBigInt64BE(BigInt(value), at + 4);
  });

/** For `float8[]`: instants in milliseconds. */
export const floatColumn: Column<number> = (rows, pick) =>
  column(rows, pick, OID.float, (value, at) => {
    room(at + 12);
    scratch.writeInt32BE(8, at);
    return scratch.writeDoubleBE(value, at + 4);
  });

/** For `boolean[]`. */
export const booleanColumn: Column<boolean> = (rows, pick) =>
  column(rows, pick, OID.boolean, (value, at) => {
    room(at + 5);
    scratch.writeInt32BE(1, at);
    return scratch.writeUInt8(value ? 1 : 0, at + 4);
  });

/** Writes length and value of one element from `at` on; returns where it ends. */
type Write<T> = (value: T, at: number) => number;

function column<Row, T>(
  rows: readonly Row[],
  pick: (row: Row) => Optional<T>,
  elementType: number,
  write: Write<T>,
): Buffer {
  let at = HEADER_BYTES;
  let hasNull = 0;
  for (const row of rows) {
    const value = pick(row);
    if (value === undefined || value === null) {
      hasNull = 1;
      room(at + 4);
      at = scratch.writeInt32BE(-1, at);
    } else at = write(value, at);
  }
  writeHeader(rows.length, hasNull, elementType);
  const written = Buffer.from(scratch.subarray(0, rows.length === 0 ? HEADER_BYTES - 8 : at));
  if (scratch.length > KEPT_BYTES) scratch = Buffer.allocUnsafe(KEPT_BYTES);
  return written;
}

// Dimensions, whether anything is null, type of the elements; then length and first index, where there is a dimension.
function writeHeader(count: number, hasNull: number, elementType: number): void {
  scratch.writeInt32BE(count === 0 ? 0 : 1, 0);
  scratch.writeInt32BE(hasNull, 4);
  scratch.writeInt32BE(elementType, 8);
  scratch.writeInt32BE(count, 12);
  scratch.writeInt32BE(1, 16);
}

function writeText(value: string, at: number): number {
  room(at + 4 + 3 * value.length);
  const start = at + 4;
  const bytes = value.length < SHORT ? writeShort(value, start) : scratch.write(value, start);
  scratch.writeInt32BE(bytes, at);
  return start + bytes;
}

// Version 1 of jsonb's binary form: that byte, and the text.
function writeJson(value: string, at: number): number {
  const end = writeText(value, at + 1);
  scratch.writeInt32BE(end - at - 4, at);
  scratch[at + 4] = 1;
  return end;
}

// A short text of ASCII is written sooner than the runtime's own writer is called.
function writeShort(value: string, start: number): number {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code > 0x7f) return scratch.write(value, start);
    scratch[start + i] = code;
  }
  return value.length;
}

function writeBytes(value: Uint8Array, at: number): number {
  room(at + 4 + value.length);
  scratch.writeInt32BE(value.length, at);
  scratch.set(value, at + 4);
  return at + 4 + value.length;
}

function room(end: number): void {
  if (end <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 * end);
  larger.set(scratch);
  scratch = larger;
}
