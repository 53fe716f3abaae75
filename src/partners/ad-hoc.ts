// Partners for a document whose setup is not at hand: whoever it names as its sender and its customers, taken at its word.
//
// For looking at a document, never for working on one: such a partner may say anything.

import { readBankFile } from '../formats/iso20022/index.ts';
import { readMt940 } from '../formats/mt940/index.ts';
import { readX12, type X12Interchange } from '../formats/x12/index.ts';
import { plainText } from '../formats/x12/transactions/index.ts';
import type { Partner } from '../model/setup/partner.ts';
import { type RecognisedFormat, recognise } from './recognise.ts';
import { plain } from './texts.ts';

/** N1 roles whose party a document is billed to or paid by. */
const CUSTOMER_ROLES: ReadonlySet<string> = new Set(['BT', 'BY', 'PR']);

/** The sender under the name given, and each customer under its own. */
export function adHocPartners(bytes: Uint8Array, senderId: string): Map<string, Partner> {
  const partners = new Map<string, Partner>();
  const { format } = recognise(bytes);
  const interchanges = format === 'x12' ? readX12(bytes).interchanges : [];
  partners.set(senderId, {
    id: senderId,
    name: senderId,
    roles: ['tms', 'customer', 'carrier'],
    identifiers: interchanges.flatMap(senderIdentifiers),
  });
  const customers = PAYERS_NAMED[format]?.(bytes) ?? interchanges.flatMap(customersNamed);
  for (const { id, name } of customers) {
    if (!partners.has(id)) partners.set(id, { id, name, roles: ['customer'] });
  }
  return partners;
}

function senderIdentifiers({ senderQualifier, sender, groups }: X12Interchange): NonNullable<Partner['identifiers']> {
  const qualifier = plainText(senderQualifier);
  const applications = groups.map((group) => plainText(group.sender)).filter((code) => code !== '');
  return [
    ...(sender === '' ? [] : [{ scheme: 'x12' as const, ...(qualifier === '' ? {} : { qualifier }), value: sender }]),
    ...applications.map((value) => ({ scheme: 'x12' as const, value })),
  ];
}

function customersNamed({ groups }: X12Interchange): { id: string; name: string }[] {
  return groups
    .flatMap(({ transactions }) => transactions)
    .flatMap(({ segments }) => segments.filter(({ id }) => id === 'N1'))
    .filter((segment) => CUSTOMER_ROLES.has(plainText(segment.element(1))))
    .map((segment) => ({ id: plainText(segment.element(4)), name: plainText(segment.element(2)) }))
    .map(({ id, name }) => ({ id: id || name, name: name || id }))
    .filter(({ id }) => id !== '' && id.length <= 200);
}

const PAYERS_NAMED: Partial<Record<RecognisedFormat, (bytes: Uint8Array) => { id: string; name: string }[]>> = {
  iso20022: payersNamed,
  mt940: counterpartsNamed,
};

function counterpartsNamed(bytes: Uint8Array): { id: string; name: string }[] {
  return readMt940(bytes)
    .flatMap((read) => (read.ok ? read.statement.lines : []))
    .map(({ information }) => plain(information.counterpartName, 200))
    .map((name) => ({ id: name, name }))
    .filter(({ name }) => name !== '');
}

function payersNamed(bytes: Uint8Array): { id: string; name: string }[] {
  const read = readBankFile(bytes);
  const statements = read.ok ? read.file.statements : [];
  return statements
    .flatMap((each) => (each.ok ? each.statement.entries : []))
    .flatMap(({ transactions }) => transactions.flatMap(({ payers }) => payers))
    .map(({ name, ids }) => plain(name || (ids[0] ?? ''), 200))
    .map((name) => ({ id: name, name }))
    .filter(({ name }) => name !== '');
}
