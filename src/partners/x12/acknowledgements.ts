// 997 and 999 → what became of what we sent: rejections, and receipts of the tenders that wait for one. Other acceptance
// needs no event.

import type { X12InterchangeHeader, X12Segment, X12Transaction } from '../../formats/x12/index.ts';
import {
  type Acknowledgement,
  type TransactionResponse,
  viewAcknowledgement,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import { eventId, freeText, type Meaning, type Said, type X12Context } from './meaning.ts';

/** AK501, IK501 and AK901: rejected, and rejected for want of authentic content. */
const REJECTIONS: ReadonlySet<string> = new Set(['R', 'M', 'W', 'X']);

/** AK101 of groups whose receipt is awaited: load tenders. */
const AWAITED: ReadonlySet<string> = new Set(['SM']);

export function meaningOfAcknowledgement(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewAcknowledgement(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const receipts = AWAITED.has(view.functionalId) ? receiptsIn(view, context) : [];
  const rejected = view.responses.filter(({ verdict }) => REJECTIONS.has(verdict));
  if (rejected.length > 0)
    return { said: [...receipts, ...rejected.map((each) => transactionRejected(view, each, context))], faults: [] };
  if (!REJECTIONS.has(view.groupVerdict)) return { said: receipts, faults: [] };
  const codes = view.groupCodes.length === 0 ? '' : `, AK9 code ${view.groupCodes.join(' ')}`;
  const reason = `${context.sender.id} rejected the whole group ${view.functionalId}${codes}`;
  return { said: [rejection(view.groupControlNumber, reason, view.segment, context)], faults: [] };
}

// Of a group answered as a whole, the group.
function receiptsIn(view: Acknowledgement, context: X12Context): Said[] {
  const { responses, groupVerdict, groupControlNumber, segment } = view;
  if (responses.length === 0) {
    return REJECTIONS.has(groupVerdict) ? [] : [receipt(groupControlNumber, segment, context)];
  }
  return responses
    .filter(({ verdict }) => !REJECTIONS.has(verdict))
    .map((response) => receipt(`${groupControlNumber}/${response.controlNumber}`, response.segment, context));
}

function receipt(named: string, segment: X12Segment, context: X12Context): Said {
  const document = named.slice(0, 200);
  const event: CanonicalEvent = {
    id: eventId(context, segment),
    source: context.source,
    type: 'delivery.acknowledged',
    time: context.reportedText,
    data: { document },
  };
  return { event, names: [], teaches: [], subject: document };
}

/** TA1 `R`: an interchange of ours that the partner could not take (TA101 its number, TA105 the reason). */
export function rejectedInterchanges(interchange: X12InterchangeHeader, context: X12Context): Said[] {
  return interchange.interchangeAcknowledgements
    .filter((segment) => segment.element(4).trim() === 'R' && segment.element(1).trim() !== '')
    .map((segment) => {
      const reason = `${context.sender.id} rejected the interchange, TA105 code ${segment.element(5).trim()}`;
      return rejection(segment.element(1).trim(), reason, segment, context);
    });
}

function transactionRejected(view: Acknowledgement, response: TransactionResponse, context: X12Context): Said {
  const document = `${view.groupControlNumber}/${response.controlNumber}`;
  const complaints = response.complaints.flatMap(({ segmentId, position, code, elements }) => {
    const where = `${segmentId} at segment ${position}`;
    if (elements.length === 0) return [code === '' ? where : `${where}, code ${code}`];
    return elements.map((each) => `${where}, element ${each.position}, code ${each.code}`);
  });
  const codes = response.codes.length === 0 ? [] : [`code ${response.codes.join(' ')}`];
  const why = [...codes, ...complaints].join('; ');
  const reason = `${context.sender.id} rejected the ${response.code}${why === '' ? '' : `: ${why}`}`;
  return rejection(document, reason, response.segment, context);
}

function rejection(named: string, reason: string, segment: X12Segment, context: X12Context): Said {
  const document = named.slice(0, 200);
  const event: CanonicalEvent = {
    id: eventId(context, segment),
    source: context.source,
    type: 'delivery.rejected',
    time: context.reportedText,
    data: { document, reason: freeText(reason) },
  };
  return { event, names: [], teaches: [], subject: document };
}
