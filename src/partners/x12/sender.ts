// Who sent an interchange: by ISA05/06, else GS02, else the SCAC that a carrier writes inside (contract part 2).

import type { X12Group, X12InterchangeHeader } from '../../formats/x12/index.ts';
import type { Partner } from '../../model/setup/partner.ts';
import type { PartnerDirectory } from '../directory.ts';

/** Where a carrier's own SCAC stands, in the sets that carriers send. A 204 names the carrier it is for. */
const SCAC_PLACES: Readonly<Record<string, { segment: string; element: number }>> = {
  '214': { segment: 'B10', element: 3 },
  '990': { segment: 'B1', element: 1 },
  '210': { segment: 'B3', element: 11 },
};

export function senderOf(
  interchange: X12InterchangeHeader,
  group: X12Group | undefined,
  directory: PartnerDirectory,
): Partner | undefined {
  const byInterchange = directory.byInterchangeId(interchange.senderQualifier.trim(), interchange.sender);
  if (byInterchange !== undefined || group === undefined) return byInterchange;
  return directory.byApplicationCode(group.sender.trim()) ?? byScacInside(group, directory);
}

function byScacInside(group: X12Group, directory: PartnerDirectory): Partner | undefined {
  for (const transaction of group.transactions) {
    const place = SCAC_PLACES[transaction.code];
    const segment = place && transaction.segments.find(({ id }) => id === place.segment);
    if (segment !== undefined) return directory.byScac(segment.element(place?.element ?? 0).trim());
  }
  return undefined;
}
