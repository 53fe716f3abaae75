// Finds payments by their names, and has them explained.
import { findEvent } from '../../store/read/events.ts';
import { listPayments } from '../../store/read/payments.ts';
import type { Explanation } from '../explanation.ts';
import { type Asked, exceptionsOf } from './asked.ts';
import { paymentFrom, sentenceOf } from './payment.ts';

/** `P-1`, or `acme/P-1` where customers use the same name. */
export async function paymentExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const { client, tenant } = asked;
  const [, customer, own] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
  const named = await listPayments(client, tenant, { payment: name }, { limit: 20 });
  const of = own === undefined ? [] : await listPayments(client, tenant, { customer, payment: own }, { limit: 20 });
  const found = (named.length === 0 ? of : named).map(paymentFrom);
  const [payment] = found;
  if (payment === undefined) return undefined;
  if (found.length > 1) {
    const choices = found.map(({ customer: whose, payment: number }) => ({
      ref: `payment:${whose}/${number}`,
      is: `the payment of ${whose}`,
    }));
    return { about: 'choice', ref: name, choices };
  }
  const message = (await findEvent(client, tenant, payment.event))?.message;
  const subjects = [payment.payment, ...payment.inErp.map(({ number }) => number)];
  const exceptions = await exceptionsOf(asked, { subjects });
  const kinds = new Set(['payment-unmatched', 'erp-rejected']);
  return {
    about: 'payment',
    payment,
    sentence: sentenceOf(payment),
    ...(message === undefined ? {} : { message }),
    exceptions: exceptions.filter(({ kind }) => kinds.has(kind)),
  };
}
