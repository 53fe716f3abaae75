// Collections: which of a customer's open invoices have reached a stage, told to finance, and when the next one will.
//
// Only customers whose policy has stages are collected. The account is held, as for everything that it decides.
import type { ClientBase } from 'pg';
import { overdueOf } from '../../domain/cash/overdue.ts';
import { formatMinor } from '../../model/money.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Instant } from '../../model/time.ts';
import type { AccountDocument } from '../../store/accounts.ts';
import { disputesOf } from '../../store/customer-disputes.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { overdueSubjects } from '../../store/receivables.ts';
import type { Ledger } from './cash.ts';

const KIND = 'invoice-overdue';

/** Opens and closes what finance is told; returns when the next stage is reached. */
export async function collectOverdue(
  client: ClientBase,
  tenant: string,
  { customer, collections = [] }: BillingPolicy,
  { documents, open }: Ledger,
  now: Instant,
): Promise<Instant | undefined> {
  const known = await overdueSubjects(client, tenant, customer);
  if (collections.length === 0 && known.length === 0) return undefined;
  const owed = documents.filter(({ kind, number }) => kind !== 'credit-note' && (open.get(number) ?? 0n) > 0n);
  const disputes = await disputesOf(
    client,
    tenant,
    owed.map(({ number }) => number),
  );
  const states = owed.map((document) => {
    const overdue = overdueOf({ ...document, disputes: disputes.get(document.number) ?? [] }, collections, now);
    return { document, overdue };
  });
  const reached = states.filter(({ overdue }) => overdue.stage !== undefined && !overdue.isPaused);
  const raised = reached.map(({ document, overdue: { stage, daysOverdue } }) => ({
    kind: KIND,
    subject: document.number,
    detail: detailOf(document, customer, open.get(document.number) ?? 0n, `${daysOverdue} days overdue: ${stage}`),
  })) satisfies Parameters<typeof openExceptions>[2];
  await openExceptions(client, tenant, raised, now);
  const stay = new Set(raised.map(({ subject }) => subject));
  const over = known.filter((subject) => !stay.has(subject)).map((subject) => ({ kind: KIND, subject }) as const);
  if (over.length > 0) await closeExceptions(client, tenant, over, now);
  const times = states.flatMap(({ overdue: { nextStageAt } }) => nextStageAt ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

function detailOf({ number, currency, dueOn }: AccountDocument, customer: string, openMinor: bigint, how: string) {
  return `${number} of ${customer}: ${formatMinor(openMinor, currency)} ${currency} open, due on ${dueOn}, ${how}.`;
}
