// From a judgement, or from a document as Odoo holds it, to what the deliver station is told.
import { isPurchase, type SendResult, type Verdict, type WantedDocument } from '../../contract.ts';
import type { OdooSettings } from '../settings.ts';
import { differenceFrom, type Move } from './invoice.ts';

export function resultFrom(key: string, verdict: Verdict): SendResult {
  switch (verdict.verdict) {
    case 'refuse': {
      const { kind, scope, sentence } = verdict;
      return { key, outcome: 'refused', kind, scope, sentence };
    }
    case 'retry': {
      const { scope, reason, afterMs } = verdict;
      return { key, outcome: 'retry', scope, reason, afterMs };
    }
    case 'unknown': {
      const { scope, reason } = verdict;
      return { key, outcome: 'unknown', scope, reason };
    }
  }
}

/** A posted document, held against what was meant; `partnerId`: where it is known whom it should name. */
export function confirmationOf(
  document: WantedDocument,
  move: Move,
  { closedPeriod }: OdooSettings,
  { partnerId }: { readonly partnerId?: number } = {},
): SendResult {
  const { key, number, issuedOn } = document;
  const difference = differenceFrom(document, move, { partnerId });
  if (difference !== undefined) {
    return { key, outcome: 'refused', kind: 'differs', scope: 'document', sentence: difference };
  }
  // A bill is booked when it is entered, and so is by policy what came too late; their own date stands beside that.
  const mayMove = isPurchase(document.kind) || closedPeriod === 'next-open-day';
  if (move.date !== undefined && move.date !== issuedOn && !(mayMove && move.date > issuedOn)) {
    const sentence = `${number} of ${issuedOn} was booked by Odoo as ${move.name} on ${move.date}: the period is closed`;
    return { key, outcome: 'refused', kind: 'period-closed', scope: 'document', sentence };
  }
  return {
    key,
    outcome: 'confirmed',
    externalId: String(move.id),
    erpNumber: move.name ?? '',
    storedTotalMinor: move.totalMinor,
  };
}

export function cancelledByHand({ key, number }: WantedDocument): SendResult {
  const sentence = `Somebody cancelled ${number} in Odoo; reset it to draft and post it there, or waive it here`;
  return { key, outcome: 'refused', kind: 'cancelled-by-hand', scope: 'document', sentence };
}
