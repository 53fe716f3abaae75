// The clauses that hold: of each agreement version used, the terms used, as they were. Pure.

import { formatInstant } from '../../model/time.ts';
import type { Basis, Clause, Finding, ShipmentFinding } from './packet.ts';

type Use = {
  readonly id: string;
  readonly version: number;
  readonly lane?: string;
  readonly code: string;
  readonly what: string;
};

export function clausesOf(
  basis: Basis,
  shipments: readonly ShipmentFinding[],
  documents: Finding['documents'],
): Clause[] {
  const uses = [...usesByCharges(shipments), ...usesByDocuments(documents, basis)];
  const groups = Map.groupBy(uses, ({ id, version }) => `${id} ${version}`);
  return [...groups.values()].flatMap((group) => clauseOf(group, basis));
}

function usesByCharges(shipments: readonly ShipmentFinding[]): Use[] {
  return shipments.flatMap(({ shipment, charges }) =>
    charges.flatMap(({ agreement, lane, code, side }) =>
      agreement === undefined
        ? []
        : [{ ...agreement, lane, code, what: `${shipment} ${code} (${side}), as rated now` }],
    ),
  );
}

function usesByDocuments(documents: Finding['documents'], { charge }: Basis): Use[] {
  return documents.flatMap(({ number, lines }) =>
    lines
      .filter(({ code }) => charge === undefined || code.toUpperCase() === charge.code)
      .flatMap(({ shipment, code, agreement, lane }) =>
        agreement === undefined ? [] : [{ ...agreement, lane, code, what: `${shipment} ${code} on ${number}` }],
      ),
  );
}

function clauseOf(uses: readonly Use[], { rules }: Basis): Clause[] {
  const [first] = uses;
  const found = rules.agreements.find(({ version, content }) => version === first?.version && content.id === first.id);
  if (found === undefined) return [];
  const { id, side, party, currency, validFrom, validTo, rounding = 'half-up', lanes, fuel } = found.content;
  const used = new Set(uses.map(({ lane }) => lane));
  const codes = new Set(uses.map(({ code }) => code));
  return [
    {
      ...{ agreement: id, version: found.version, importedAt: formatInstant(found.importedAt) },
      ...{ side, party, currency, validFrom, validTo, rounding },
      lanes: lanes.filter((lane) => used.has(lane.id)),
      fuel: codes.has('FSC') ? fuel : undefined,
      accessorials: (found.content.accessorials ?? []).filter(({ code }) => codes.has(code)),
      usedFor: [...new Set(uses.map(({ what }) => what))],
    },
  ];
}
