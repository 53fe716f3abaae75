// Partners by the names people know them under. Pure.

import type { RuleBook } from '../model/rules.ts';

export type Partners = Pick<RuleBook, 'partners'>;

/** As its profile names it; a partner that is not known by that id has none. */
export function partnerName({ partners }: Partners, id: string | undefined): string | undefined {
  return id === undefined ? undefined : partners.get(id)?.name;
}

/** A row with its customer's name beside the id, where it is known. */
export function withCustomerName<Row extends { readonly customer?: string }>(
  rules: Partners,
  row: Row,
): Row & { readonly customerName?: string } {
  const customerName = partnerName(rules, row.customer);
  return customerName === undefined ? row : { ...row, customerName };
}

/** A row with its carrier's name beside the id, where it is known. */
export function withCarrierName<Row extends { readonly carrier?: string }>(
  rules: Partners,
  row: Row,
): Row & { readonly carrierName?: string } {
  const carrierName = partnerName(rules, row.carrier);
  return carrierName === undefined ? row : { ...row, carrierName };
}

/** A row with the name of whoever sent it beside the id, where it is known. */
export function withSenderName<Row extends { readonly sender?: string; readonly partner: string }>(
  rules: Partners,
  row: Row,
): Row & { readonly senderName?: string } {
  const senderName = partnerName(rules, row.sender ?? row.partner);
  return senderName === undefined ? row : { ...row, senderName };
}

/** Ids of the partners whose id, name or a word of it begins with the text, whatever its case. */
export function partnersNamed({ partners }: Partners, text: string): string[] {
  const wanted = text.toLowerCase();
  return [...partners.values()].flatMap(({ id, name }) => {
    const known = `${id} ${name}`.toLowerCase();
    return ` ${known}`.includes(` ${wanted}`) ? [id] : [];
  });
}
