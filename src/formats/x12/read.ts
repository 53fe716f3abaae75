// Reading a whole document at once, in place: the bytes are not copied and must not change while the document is in use.
import type { X12Document, X12Group, X12GroupHeader, X12Interchange, X12Transaction } from './document.ts';
import { EnvelopeReader } from './envelope.ts';
import type { X12Fault } from './faults.ts';
import { MAXIMUM_TRANSACTION_BYTES, type X12ReaderOptions } from './reader.ts';
import { SegmentScanner } from './scan.ts';

/** Reads all interchanges of `bytes`. Never throws: what is wrong is in `faults`, of the document and of each part. */
export function readX12(bytes: Uint8Array, options: X12ReaderOptions = {}): X12Document {
  const interchanges: X12Interchange[] = [];
  const faults: X12Fault[] = [];
  let groups: X12Group[] = [];
  let transactions: X12Transaction[] = [];
  const limit = options.maximumTransactionBytes ?? MAXIMUM_TRANSACTION_BYTES;
  const listener = new EnvelopeReader(
    {
      interchange(header) {
        groups = [];
        interchanges.push(Object.assign(header, { groups }));
      },
      group(header: X12GroupHeader) {
        transactions = [];
        groups.push(Object.assign(header, { transactions }));
      },
      transaction: (transaction) => transactions.push(transaction),
      fault: (fault) => faults.push(fault),
    },
    limit,
    true,
  );
  const scanner = new SegmentScanner(listener, limit, true);
  scanner.readWhole(bytes);
  listener.end(scanner, bytes.length);
  return { interchanges, faults, length: bytes.length };
}
