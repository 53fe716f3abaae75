// 990 → tender accepted or declined. It has no time of occurrence of its own: the GS date and time stands for it.

import type { X12Transaction } from '../../formats/x12/index.ts';
import { elementFault, viewTenderResponse } from '../../formats/x12/transactions/index.ts';
import type { Reference } from '../../model/reference.ts';
import { TENDER_RESPONSES } from './codes/load-tender.ts';
import { eventId, hardened, isIdentifier, type Meaning, type X12Context } from './meaning.ts';
import { learnedFrom, namesFrom, referencesFrom } from './references.ts';

export function meaningOfTenderResponse(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewTenderResponse(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { segment, scac, shipmentId, action, references: listed } = read.view;
  const milestone = TENDER_RESPONSES.get(action);
  if (milestone === undefined) {
    return { said: [], faults: [hardened(elementFault('element-code-unknown', segment, 4, { found: action }))] };
  }
  if (!isIdentifier(shipmentId)) {
    const detail = { expected: '200', found: shipmentId };
    return { said: [], faults: [hardened(elementFault('element-too-long', segment, 2, detail))] };
  }
  const references = referencesFrom(listed);
  const carrier = context.directory.byScac(scac)?.id ?? (isIdentifier(scac) ? scac : undefined);
  const event = {
    id: eventId(context, segment),
    source: context.source,
    type: 'shipment.milestone',
    time: context.reportedText,
    data: {
      shipment: shipmentId,
      ...(references.length === 0 ? {} : { references: references as Reference[] }),
      ...(carrier === undefined ? {} : { carrier }),
      milestone,
      occurredAt: context.reportedText,
    },
  } as const;
  const names = namesFrom(shipmentId, listed, references);
  return { said: [{ event, names, teaches: learnedFrom(references), subject: shipmentId }], faults: [] };
}
