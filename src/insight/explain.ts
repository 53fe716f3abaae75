// Why is this as it is? Finds what a reference names, and has it explained.
//
// A reference is a shipment, any number that a shipment carries, an invoice number (ours or the ERP's), a charge as
// `S-1/LFT`, a carrier's invoice as `rdwy/R-77`, a payment (`P-1`, or `acme/P-1`), an order (`SO-1`, or `acme/SO-1`), or the
// id of a message, event or exception. `message:12` and the like say which is meant where a bare number could be several.
import type { RuleBook } from '../model/rules.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable, Store } from '../store/database.ts';
import type { Asked } from './explain/asked.ts';
import { billExplanation } from './explain/find-carrier-invoice.ts';
import {
  eventExplanation,
  exceptionExplanation,
  messageExplanation,
  waitingExplanation,
} from './explain/find-message.ts';
import { demandExplanation, orderExplanation } from './explain/find-order.ts';
import { paymentExplanation } from './explain/find-payment.ts';
import {
  chargeExplanation,
  invoiceExplanation,
  referenceExplanation,
  shipmentExplanation,
} from './explain/find-shipment.ts';
import type { Explanation } from './explanation.ts';
import { forCustomer } from './for-customer.ts';

export type ExplainContext = {
  readonly store: Store;
  readonly clock: { now(): Instant };
  readonly rules: { current(db: Queryable): Promise<RuleBook> };
};

/** `customer`: only what is this customer's, and of that what a customer should see. */
export type ExplainOptions = { readonly customer?: string };

/** `undefined`: nothing that may be seen has that name. */
export async function explain(
  context: ExplainContext,
  ref: string,
  options: ExplainOptions = {},
): Promise<Explanation | undefined> {
  return context.store.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const rules = await context.rules.current(client);
    const asked = { client, tenant: context.store.tenant, rules, now: context.clock.now() };
    const explanation = await explanationOf(asked, ref.trim());
    return explanation === undefined || options.customer === undefined
      ? explanation
      : forCustomer(explanation, options.customer);
  });
}

type Finder = (asked: Asked, ref: string) => Promise<Explanation | undefined>;

// In the order in which a bare reference is tried.
const FINDERS: Readonly<Record<string, Finder>> = {
  shipment: shipmentExplanation,
  invoice: invoiceExplanation,
  charge: chargeExplanation,
  bill: billExplanation,
  payment: paymentExplanation,
  order: orderExplanation,
  demand: demandExplanation,
  reference: referenceExplanation,
  message: messageExplanation,
  event: eventExplanation,
  exception: exceptionExplanation,
  waiting: waitingExplanation,
};

async function explanationOf(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const [, kind = '', rest = ''] = /^([a-z]+):(.+)$/.exec(ref) ?? [];
  const meant = FINDERS[kind];
  if (meant !== undefined) return meant(asked, rest);
  const found: { kind: string; explanation: Explanation }[] = [];
  for (const [name, find] of Object.entries(FINDERS)) {
    const explanation = await find(asked, ref);
    if (explanation === undefined) continue;
    // A name says more than a number that the database gave: whoever names a shipment means that.
    if (!(name in NUMBERED)) return explanation;
    found.push({ kind: name, explanation });
  }
  if (found.length <= 1) return found[0]?.explanation;
  const choices = found.map(({ kind: name }) => ({ ref: `${name}:${ref}`, is: `the ${name} with that number` }));
  return { about: 'choice', ref, choices };
}

const NUMBERED = { message: true, event: true, exception: true };
