// What two runs of one traffic must have in common, however often one of them was killed on the way.
import assert from 'node:assert/strict';
import type { StandIn } from '../../examples/odoo-stand-in/index.ts';
import type { Outcome } from '../../src/insight/outcome.ts';
import { decimal } from '../../src/model/decimal.ts';
import { toMinor } from '../../src/model/money.ts';

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

/**
 * What came of it whatever the pace of the machine: each shipment and charge, what was billed of each charge in all, and
 * what is open. An exception that closed again may have been open for less than a minute in one run.
 */
export function whatIsBilled(outcome: Outcome) {
  const { shipments, charges, messages, conservation } = whatCounts(outcome);
  const billedMinor = new Map<string, bigint>();
  for (const { kind, lines, currency } of outcome.invoices) {
    for (const { shipment, code, amount } of lines) {
      const about = `${shipment} ${code} ${currency}`;
      const minor = toMinor(decimal(amount), currency) * (kind === 'credit-note' ? -1n : 1n);
      billedMinor.set(about, (billedMinor.get(about) ?? 0n) + minor);
    }
  }
  const billed = [...billedMinor].filter(([, minor]) => minor !== 0n).sort();
  const exceptions = outcome.exceptions.filter(({ state }) => state === 'open');
  return { shipments, charges, billed, exceptions, messages, conservation };
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
