// A person says which invoice a payment is for: what it has left, or a part of it, settles what that invoice has open.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { isOwedTo } from '../../domain/cash/apply-payment.ts';
import { openItems } from '../../domain/cash/open-items.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { Instant } from '../../model/time.ts';
import { accountDocuments, holdAccount } from '../../store/accounts.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { markAccountsDue } from '../../store/candidates.ts';
import { allocate, allocationsOf, type LeftPayment, paymentsLeft } from '../../store/payments.ts';
import type { PipelineContext } from '../context.ts';
import { closeUnmatched } from '../settle/unmatched.ts';

export type AllocationAct = {
  readonly payment: string;
  readonly customer: string;
  /** Our number or the ERP's. */
  readonly invoice: string;
  /** Decimal; none given: as much as both have. */
  readonly amount?: string;
  readonly by: string;
};
export type AllocationResult =
  | {
      readonly kind: 'allocated';
      readonly invoice: string;
      readonly amount: string;
      readonly currency: string;
      readonly left: string;
    }
  | { readonly kind: 'not-found' | 'not-possible' | 'busy'; readonly detail: string };

export async function allocatePayment(
  { store, clock }: Pick<PipelineContext, 'store' | 'clock'>,
  act: AllocationAct,
): Promise<AllocationResult> {
  const { tenant } = store;
  return store.transaction(async (client): Promise<AllocationResult> => {
    const { payment: name, customer, by } = act;
    if (!(await holdSoon(client, tenant, customer))) {
      return { kind: 'busy', detail: `the account of ${customer} is being worked on; try again` };
    }
    const payment = (await paymentsLeft(client, tenant, customer)).find(
      (each) => each.payment === name && each.leftMinor > 0n,
    );
    if (payment === undefined) {
      return {
        kind: 'not-found',
        detail: `no payment ${name} of ${customer} has anything left; "lading receivables" shows what is on account`,
      };
    }
    const wanted = await applicationFor(client, tenant, act, payment);
    if ('kind' in wanted) return wanted;
    const { number, amountMinor } = wanted;
    const now = clock.now();
    const allocation = { sourceKind: 'payment' as const, source: name, invoice: number, amountMinor };
    await allocate(client, tenant, customer, [allocation], now);
    return tell(client, tenant, { payment, number, amountMinor, by }, now);
  });
}

const MOST_TRIES = 40;
const BETWEEN_TRIES_MS = 50;

// A person is not turned away because a worker looks at the account just now.
async function holdSoon(client: ClientBase, tenant: string, customer: string): Promise<boolean> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    if (await holdAccount(client, tenant, customer)) return true;
    await sleep(BETWEEN_TRIES_MS);
  }
  return false;
}

async function applicationFor(
  client: ClientBase,
  tenant: string,
  { invoice, amount, customer }: AllocationAct,
  { currency, legalEntity, leftMinor }: LeftPayment,
): Promise<{ readonly number: string; readonly amountMinor: bigint } | Extract<AllocationResult, { detail: string }>> {
  const documents = await accountDocuments(client, tenant, customer);
  const named = documents.find(
    ({ kind, number, erpNumber }) => kind !== 'credit-note' && (number === invoice || erpNumber === invoice),
  );
  if (named === undefined) return { kind: 'not-found', detail: `${customer} has no invoice ${invoice}` };
  if (named.currency !== currency) {
    return { kind: 'not-possible', detail: `${invoice} is in ${named.currency} and the payment in ${currency}` };
  }
  if (!isOwedTo({ legalEntity }, named)) {
    return { kind: 'not-possible', detail: `${invoice} is ${named.legalEntity}'s and ${legalEntity} was paid` };
  }
  const openMinor = openItems(documents, await allocationsOf(client, tenant, customer)).get(named.number) ?? 0n;
  const mostMinor = openMinor < leftMinor ? openMinor : leftMinor;
  const amountMinor = amount === undefined ? mostMinor : parseMinor(amount, currency);
  if (amountMinor === undefined || amountMinor <= 0n || amountMinor > mostMinor) {
    const facts = `the payment has ${formatMinor(leftMinor, currency)} left and ${named.number} has ${formatMinor(openMinor, currency)} open`;
    return { kind: 'not-possible', detail: `${amount ?? 'nothing'} cannot be applied: ${facts}` };
  }
  return { number: named.number, amountMinor };
}

type Made = {
  readonly payment: LeftPayment;
  readonly number: string;
  readonly amountMinor: bigint;
  readonly by: string;
};

async function tell(client: ClientBase, tenant: string, made: Made, now: Instant): Promise<AllocationResult> {
  const { payment, number, amountMinor, by } = made;
  const { customer, currency } = payment;
  const leftMinor = payment.leftMinor - amountMinor;
  const subject = payment.payment;
  if (leftMinor === 0n) await closeUnmatched(client, tenant, customer, [subject], now);
  const [amount, left] = [formatMinor(amountMinor, currency), formatMinor(leftMinor, currency)];
  const detail = { customer, invoice: number, amount, currency };
  await recordAct(client, tenant, { actor: by, action: 'payment.allocate', subject, detail }, now);
  await markAccountsDue(client, tenant, [customer], now);
  return { kind: 'allocated', invoice: number, amount, currency, left };
}
