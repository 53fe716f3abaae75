// What people of ours did to a shipment's charges, as `lading explain` tells it.
import type { ShipmentExplanation } from '../../insight/explanation/shipment.ts';
import { table } from './parts.ts';

export function approvalLines({ approvals = [] }: ShipmentExplanation): string[] {
  return table(
    approvals.map(({ at, by, word, of, reason }) => [
      at,
      `${word} by ${by}`,
      `${of.join(', ')}${reason === undefined ? '' : `: ${reason}`}`,
    ]),
  );
}

export function byHandLines({ byHand }: ShipmentExplanation): string[] {
  return table(
    byHand.map(({ reportedAt, entry, code, amount, currency, reason, standing, ruledBy, sender }) => [
      reportedAt,
      `${entry} ${code}`,
      `${amount} ${currency}`,
      `by ${sender}: ${reason}`,
      ruledBy === undefined ? standing : `${standing} by ${ruledBy}`,
    ]),
  );
}
