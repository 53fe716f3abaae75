// Bank statements and notifications → payments received, and payments taken back.
//
// A booked credit is a payment, unless the bank says that it is something else (interest, a reversed debit, money of ours that
// came back). A booked debit that reverses an earlier credit takes a payment back; other debits are not our business.
// A credit that cannot be told whose it is, is told to a person: money is never passed over in silence.

import type { BankEntry, BankStatement, BankTransaction } from '../../formats/iso20022/index.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import { isLocalDate, type LocalDate } from '../../model/time.ts';
import type { PartnerDirectory } from '../directory.ts';
import { identifier, plain } from '../texts.ts';
import { amountText } from './amount-text.ts';
import { BOOKED } from './balance.ts';
import { type Part, partsOf } from './parts.ts';
import { remittanceOf } from './remittance.ts';

export type StatementContext = {
  readonly directory: PartnerDirectory;
  readonly source: string;
  /** RFC 3339: when the file was made. */
  readonly reportedText: string;
  /** For entries that bear no day of their own. */
  readonly reportedOn: LocalDate;
};

export type Said =
  | { readonly ok: true; readonly event: CanonicalEvent }
  | { readonly ok: false; readonly subject: string; readonly detail: string };

/** Domains of the bank transaction code in which no customer pays (ISO 20022 external code set). */
const NO_PAYMENT: ReadonlySet<string> = new Set(['ACMT', 'CAMT', 'DERV', 'FORX', 'LDAS', 'PMET', 'SECU']);

export function saidBy(statement: BankStatement, context: StatementContext): Said[] {
  const used = new Map<string, number>();
  return statement.entries.flatMap((entry, index): Said[] => {
    const act = actOf(entry);
    if (act === undefined) return [];
    const parts = partsOf(entry);
    const place = entry.reference || `entry ${index + 1}`;
    if (typeof parts === 'string') {
      const mend = 'ask the bank for the entry in detail, or enter its payments by hand';
      return [{ ok: false, subject: subjectIn(statement, place), detail: `${shown(entry)}: ${parts}; ${mend}` }];
    }
    return parts.map((part, at) => {
      const unnamed = `${statement.id}/${index + 1}${parts.length > 1 ? `/${at + 1}` : ''}`;
      const name = onlyName(identifier(part.reference || unnamed) ?? unnamed.slice(-200), used);
      return act(name, part, entry, statement, context);
    });
  });
}

type Act = (name: string, part: Part, entry: BankEntry, statement: BankStatement, context: StatementContext) => Said;

function actOf(entry: BankEntry): Act | undefined {
  const { status, direction, isReversal, domain, transactions } = entry;
  if (status !== BOOKED || NO_PAYMENT.has(domain)) return undefined;
  const takesBack = isReversal || transactions.some(({ isReturn }) => isReturn);
  if (direction === 'credit') return takesBack ? undefined : received;
  return takesBack ? reversed : undefined;
}

// Banks are bound to give each payment its own reference; where one does not, the second is another payment all the same.
function onlyName(name: string, used: Map<string, number>): string {
  const times = (used.get(name) ?? 0) + 1;
  used.set(name, times);
  return times === 1 ? name : `${name.slice(0, 190)} (${times})`;
}

function received(...[payment, part, entry, statement, context]: Parameters<Act>): Said {
  const { currency } = part.amount;
  const customer = payerOf(part.transaction, context);
  const amount = amountText(part.amount);
  const subject = subjectIn(statement, payment);
  if (amount === undefined) return { ok: false, subject, detail: noAmount(part) };
  if (customer === undefined) return { ok: false, subject, detail: nobody('payment', part) };
  const references = otherNames(payment, part, entry);
  return {
    ok: true,
    event: {
      id: eventId(statement, payment),
      source: context.source,
      type: 'payment.received',
      time: context.reportedText,
      data: {
        payment,
        customer,
        currency,
        amount,
        receivedOn: dayOf(entry, context),
        ...remittanceOf(entry, part.transaction, currency),
        ...paidTo(statement, context),
        ...(references.length === 0 ? {} : { references }),
      },
    },
  };
}

function reversed(...[reversal, part, entry, statement, context]: Parameters<Act>): Said {
  const customer = payerOf(part.transaction, context);
  const amount = amountText(part.amount);
  const subject = subjectIn(statement, reversal);
  if (amount === undefined) return { ok: false, subject, detail: noAmount(part) };
  if (customer === undefined) return { ok: false, subject, detail: nobody('reversal', part) };
  return {
    ok: true,
    event: {
      id: eventId(statement, reversal),
      source: context.source,
      type: 'payment.reversed',
      time: context.reportedText,
      data: {
        reversal,
        customer,
        currency: part.amount.currency,
        amount,
        reversedOn: dayOf(entry, context),
        references: [reversal, ...otherNames(reversal, part, entry)],
      },
    },
  };
}

function eventId({ id }: BankStatement, name: string): string {
  return plain(name.startsWith(`${id}/`) ? name : `${id.slice(0, 90)}/${name}`, 200);
}

function subjectIn({ id }: BankStatement, name: string): string {
  return plain(name.startsWith(`${id}/`) ? name : `${id}/${name}`, 200);
}

function dayOf({ bookedOn, valueOn }: BankEntry, { reportedOn }: StatementContext): LocalDate {
  return [bookedOn, valueOn].find(isLocalDate) ?? reportedOn;
}

const MOST_NAMES = 20;

/** Other numbers of the same payment, by which a reversal may name it. */
function otherNames(name: string, { transaction }: Part, { reference }: BankEntry): string[] {
  const { reference: own = '', endToEndId = '', otherIds = [] } = transaction ?? {};
  const written = [own, reference, endToEndId, ...otherIds].filter((each) => each !== 'NOTPROVIDED');
  const names = new Set(written.flatMap((each) => identifier(each) ?? []));
  names.delete(name);
  return [...names].slice(0, MOST_NAMES);
}

/** The customer among those who paid: by an identifier or the account, then by name. */
function payerOf(transaction: BankTransaction | undefined, { directory }: StatementContext): string | undefined {
  const payers = transaction?.payers ?? [];
  const named = [
    ...payers.flatMap(({ ids }) => ids.map((id) => ({ id, name: '' }))),
    ...payers.map(({ name }) => ({ id: '', name })),
  ];
  for (const { id, name } of named) {
    const found = directory.byParty({ idQualifier: '', id, name }, 'customer');
    if (found?.roles.includes('customer')) return found.id;
  }
  return undefined;
}

/** Which of ours has that account. */
function paidTo({ account }: BankStatement, { directory }: StatementContext): { readonly legalEntity?: string } {
  const owner = directory.byParty({ idQualifier: '', id: account, name: '' }, 'legal-entity');
  return owner?.roles.includes('legal-entity') ? { legalEntity: owner.id } : {};
}

function shown({ amount, currency }: { amount: string; currency: string }): string {
  return `${amount} ${currency}`;
}

function noAmount({ amount }: Part): string {
  return `${shown(amount)} is no amount that can be paid in that currency; ask the bank`;
}

function nobody(what: 'payment' | 'reversal', { amount, transaction }: Part): string {
  const payers = (transaction?.payers ?? []).map(({ name, ids }) =>
    [name, ...ids].filter((each) => each !== '').join(', '),
  );
  const who = plain(payers.join(' for '), 200);
  if (who === '') {
    return `a ${what} of ${shown(amount)} names nobody who paid; send the notification that tells it in detail, or enter it by hand`;
  }
  return `a ${what} of ${shown(amount)} by ${who}: no customer is known so; add the name or the account (scheme iban) to partners.json, import, and replay the message`;
}
