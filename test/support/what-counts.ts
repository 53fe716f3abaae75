// What two runs of one traffic must have in common, however often one of them was killed on the way.
import assert from 'node:assert/strict';
import type { StandIn } from '../../examples/odoo-stand-in/index.ts';
import type { Outcome } from '../../src/insight/outcome.ts';

/**
 * The outcome but for when things were posted, and with a message that was sent again, because its answer was lost with
 * the process, counted once.
 */
export function whatCounts({ messages, invoices, ...rest }: Outcome) {
  const { received, duplicates, quarantined, waiting } = messages;
  return {
    ...rest,
    invoices: invoices.map(({ postedAt, ...invoice }) => ({ ...invoice, isPosted: postedAt !== null })),
    messages: { single: received - duplicates, quarantined, waiting },
  };
}

/** Holds the ERP itself to what the hub says of it: each document once, posted, with its amount, and no other. */
export function assertErpHolds(standIn: StandIn, { invoices }: Pick<Outcome, 'invoices'>): void {
  const documents = standIn.documents();
  // What a document bills is told by its lines, so a second one under another key would show as well.
  const billed = documents.map(({ lines }) => lines.map(({ description }) => description).join('\n'));
  for (const texts of [documents.map(({ externalId }) => externalId), billed]) {
    assert.deepEqual(repeated(texts), [], 'nothing is in the ERP twice');
  }
  const held = documents.map(({ externalId, moveType, state, total }) => ({
    number: externalId.replace(/^.*\.doc_/, ''),
    isCredit: moveType === 'out_refund',
    state,
    total: total.toFixed(2),
  }));
  const wanted = invoices.map(({ number, kind, total }) => ({
    number,
    isCredit: kind === 'credit-note',
    state: 'posted',
    total,
  }));
  assert.deepEqual(
    held.sort(byNumber),
    wanted.sort(byNumber),
    'the ERP holds the documents of the outcome and no other',
  );
}

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

function byNumber(a: { number: string }, b: { number: string }): number {
  return a.number < b.number ? -1 : 1;
}
