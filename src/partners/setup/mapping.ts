// A mapping that has the right form and still can give no bill: said before it is imported.
import type { FreightBillMapping } from '../../model/setup/mapping.ts';
import type { Partner } from '../../model/setup/partner.ts';

export function mappingProblems(
  mappings: readonly FreightBillMapping[],
  roles: Partner['roles'],
  path: string,
): { path: string; message: string }[] {
  return mappings.flatMap(({ name, columns, currency }, at) => {
    const say = (key: string, message: string) => ({ path: `${path}[${at}]${key}`, message });
    const { code, amount, charges, shipment, references, carrier } = columns;
    const before = mappings.findIndex((each) => each.name === name);
    return [
      ...(before < at ? [say('.name', `repeats the name ${name} of ${path}[${before}]`)] : []),
      ...(amount === undefined && charges === undefined
        ? [say('.columns', 'says no amounts; name the column of amount, or charges with a column each')]
        : []),
      ...(code !== undefined && amount === undefined ? [say('.columns.code', 'is given without amount')] : []),
      ...(shipment === undefined && references === undefined
        ? [say('.columns', 'names no shipment; give the column of shipment, or references')]
        : []),
      ...(columns.currency === undefined && currency === undefined
        ? [say('', 'says no currency; give one, or its column in columns')]
        : []),
      ...(carrier === undefined && !roles.includes('carrier')
        ? [say('.columns', 'names no carrier, and the partner is none; give the column of carrier')]
        : []),
    ];
  });
}
