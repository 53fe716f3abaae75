// Garbage in: real files and our own, broken at random, must never throw, hang or read differently as a stream.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksLikeX12 } from './sniff.ts';
import { corpusBytes, x12CorpusNames } from './testing/corpus.ts';
import { digestOfStream, digestOfWhole } from './testing/digest.ts';
import { bytesOf, interchangeText, isaText, STATUS_214 } from './testing/interchange-text.ts';

const CASES = process.env.LADING_TEST_LONG === '1' ? 100_000 : 2_000;
/** A reader that takes longer on a few kilobytes does not grow with its input alone. */
const LONGEST_CASE_MS = 2_000;
const LARGEST_SEED_BYTES = 6_000;

const own = [
  interchangeText(),
  interchangeText(STATUS_214, { terminator: '\n', lineBreak: '' }),
  interchangeText(STATUS_214, { terminator: '\r\n', lineBreak: '', component: '~' }),
  interchangeText(STATUS_214, { terminator: '…', lineBreak: '\n', repetition: '^', version: '00501' }),
  interchangeText(STATUS_214, { element: '|', terminator: '~', lineBreak: '' }),
  `${interchangeText()}\u001a`,
  interchangeText() + interchangeText(STATUS_214, { element: '~', component: '`', terminator: '*', lineBreak: '\r\n' }),
  `\ufeff${isaText()}TA1*000000001*260312*0815*A*000~\nIEA*0*000004711~\n`,
  interchangeText([...STATUS_214, ...STATUS_214], {}, 2).replace(/.{80}/gs, '$&\n'),
].map(bytesOf);

test(`fuzz: ${CASES} broken files are read the same whole and in chunks`, () => {
  const real = x12CorpusNames()
    .map(corpusBytes)
    .filter((bytes) => bytes.length <= LARGEST_SEED_BYTES);
  const seeds = [...own, ...real];
  for (let number = 0; number < CASES; number++) {
    const random = randomFrom(number);
    const bytes = broken(seeds, random);
    const options = random(3) === 0 ? { maximumTransactionBytes: 1 + random(400) } : {};
    const started = performance.now();
    const label = `case ${number}: ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`;
    assert.doesNotThrow(() => looksLikeX12(bytes), label);
    const whole = digestOfWhole(bytes, options);
    const stream = digestOfStream(bytes, cutsFor(bytes.length, random), options);
    assert.ok(whole === stream, `reads differently as a stream, ${label}`);
    assert.ok(whole.length < 40_000 + 3_000 * bytes.length, `grows beyond its input, ${label}`);
    assert.ok(performance.now() - started < LONGEST_CASE_MS, `takes too long, ${label}`);
  }
});

type Random = (below: number) => number;

// Mulberry32: small, and the same on every machine, so that a failing case can be run again by its number.
function randomFrom(seed: number): Random {
  let state = (seed + 1) * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function broken(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes = seeds[random(seeds.length)] as Uint8Array;
  for (let times = 1 + random(5); times > 0; times--) bytes = brokenOnce(bytes, seeds, random);
  return bytes.subarray(0, 2 * LARGEST_SEED_BYTES);
}

const STRUCTURE = bytesOf('*~>^\r\n \u0000\u001a|\\SEGISTAI0');

function brokenOnce(bytes: Uint8Array, seeds: readonly Uint8Array[], random: Random): Uint8Array {
  const at = random(bytes.length + 1);
  const length = random(random(4) === 0 ? 300 : 6);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + length)];
  const piece = bytes.subarray(at, at + length);
  switch (random(7)) {
    case 0: // flip
      return joined(before, Uint8Array.of(random(256)), bytes.subarray(at + 1));
    case 1: // delete
      return joined(before, after);
    case 2: // insert what has a meaning
      return joined(before, Uint8Array.of(STRUCTURE[random(STRUCTURE.length)] as number), bytes.subarray(at));
    case 3: // truncate
      return random(3) === 0 ? before : joined(before, after);
    case 4: // duplicate
      return joined(before, piece, piece, after);
    case 5: {
      // splice another file in
      const other = seeds[random(seeds.length)] as Uint8Array;
      return joined(before, other.subarray(random(other.length)), after);
    }
    default: // one byte for another, everywhere
      return everywhere(bytes, bytes[random(bytes.length)] ?? 0, STRUCTURE[random(STRUCTURE.length)] as number);
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function everywhere(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return bytes.map((byte) => (byte === from ? to : byte));
}

function cutsFor(length: number, random: Random): number[] {
  const step = [1, 3, 17, 106, 512, 4_096][random(6)] as number;
  const cuts: number[] = [];
  for (let at = random(step) + 1; at < length; at += 1 + random(2 * step)) cuts.push(at);
  return cuts;
}
