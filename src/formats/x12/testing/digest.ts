// All that was read, as one text: to compare the two ways of reading.
import type { X12GroupHeader, X12InterchangeHeader, X12Transaction } from '../document.ts';
import { readX12 } from '../read.ts';
import { createX12Reader, type X12ReaderOptions } from '../reader.ts';

export function digestOfWhole(bytes: Uint8Array, options?: X12ReaderOptions): string {
  const { interchanges, faults } = readX12(bytes, options);
  const lines = interchanges.map((interchange) => [
    interchange.groups.map((group) => [group.transactions.map(transactionDigest), groupDigest(group)]),
    interchangeDigest(interchange),
  ]);
  return JSON.stringify([lines, faults]);
}

/** Reads `bytes` in the pieces that `cuts` gives. */
export function digestOfStream(bytes: Uint8Array, cuts: readonly number[], options?: X12ReaderOptions): string {
  const interchanges: unknown[] = [];
  const faults: unknown[] = [];
  let groups: unknown[] = [];
  let transactions: X12Transaction[] = [];
  const reader = createX12Reader(
    {
      transaction: (transaction) => transactions.push(transaction),
      groupEnd(group) {
        // Only now: a transaction must stay as it was while others were read.
        groups.push([transactions.map(transactionDigest), groupDigest(group)]);
        transactions = [];
      },
      interchangeEnd(interchange) {
        interchanges.push([groups, interchangeDigest(interchange)]);
        groups = [];
      },
      fault: (fault) => faults.push(fault),
    },
    options,
  );
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    // Written over at once: the reader must not lean on the caller's bytes.
    const chunk = bytes.slice(from, cut);
    reader.push(chunk);
    chunk.fill(0x58);
    from = cut;
  }
  reader.end();
  return JSON.stringify([interchanges, faults]);
}

function transactionDigest(transaction: X12Transaction): unknown {
  const { code, controlNumber, implementation, segmentCount, faults, accepted, start, end } = transaction;
  const segments = transaction.segments.map((segment) => [
    segment.id,
    segment.index,
    segment.offset,
    ...Array.from({ length: segment.count }, (_, n) => [segment.element(n + 1), segment.elementOffset(n + 1)]),
  ]);
  return { code, controlNumber, implementation, segmentCount, faults, accepted, start, end, segments };
}

function groupDigest({ faults, accepted, start, end, controlNumber, transactionCount }: X12GroupHeader): unknown {
  return { faults, accepted, start, end, controlNumber, transactionCount };
}

function interchangeDigest(interchange: X12InterchangeHeader): unknown {
  const { elements, delimiters, faults, complete, start, end, interchangeAcknowledgements } = interchange;
  return { elements, delimiters, faults, complete, start, end, ta1: interchangeAcknowledgements.map((ta1) => ta1.id) };
}
