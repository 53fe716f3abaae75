// Reading a stream: bytes come in chunks of any size, transactions go out one at a time, memory stays flat.
import { EnvelopeReader, type X12Handlers } from './envelope.ts';
import { SegmentScanner } from './scan.ts';

export type X12ReaderOptions = {
  /** Bytes a transaction may have, ST to SE; a longer one is rejected as `transaction-too-large`. Default 16 MiB. */
  readonly maximumTransactionBytes?: number;
  /**
   * Transactions of a stream stay valid after their handler returned. Default true. With false, memory is used again for
   * the next ones, the smallest and steadiest way; reading an element later throws.
   */
  readonly transactionsKept?: boolean;
};

export const MAXIMUM_TRANSACTION_BYTES = 16 * 1024 * 1024;

export interface X12Reader {
  /** Takes the next bytes; they are copied as far as they are still needed. */
  push(chunk: Uint8Array): void;
  /** The input has ended: what is open is closed with a fault. */
  end(): void;
  /** Bytes taken so far. */
  readonly bytesTaken: number;
}

/**
 * Reads X12 as it comes. What the handlers are told is what `readX12` returns, in the same order. Only at the `interchangeEnd` is it known whether the interchange is `complete`.
 */
export function createX12Reader(handlers: X12Handlers, options: X12ReaderOptions = {}): X12Reader {
  const limit = options.maximumTransactionBytes ?? MAXIMUM_TRANSACTION_BYTES;
  const kept = options.transactionsKept ?? true;
  const listener = new EnvelopeReader(handlers, limit, kept);
  // Where nothing outlives its reading, pages may be written over.
  const scanner = new SegmentScanner(listener, limit, kept && handlers.transaction !== undefined);
  let bytesTaken = 0;
  return {
    push(chunk) {
      bytesTaken += chunk.length;
      scanner.push(chunk);
    },
    end() {
      scanner.end();
      listener.end(scanner, bytesTaken);
    },
    get bytesTaken() {
      return bytesTaken;
    },
  };
}
