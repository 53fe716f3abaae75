// Why is this as it is? Finds what a reference names, and has it explained.
//
// A reference is a shipment, any number that a shipment carries, an invoice number (ours or the ERP's), a charge as
// `S-1/LFT`, a carrier's invoice as `rdwy/R-77`, a payment (`P-1`, or `acme/P-1`), an order (`SO-1`, or `acme/SO-1`), or the id of a message, event or exception. `message:12` and the like say which is meant where a bare
// number could be several.

import type { ClientBase } from 'pg';
import { decide } from '../domain/decide.ts';
import type { RatedCharge, Standing } from '../model/decision.ts';
import type { RuleBook } from '../model/rules.ts';
import type { Order } from '../model/shipment.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable, Store } from '../store/database.ts';
import { decodeFacts } from '../store/facts.ts';
import { documentsOf } from '../store/invoices.ts';
import { findOrders } from '../store/orders.ts';
import { approvalsOf } from '../store/read/approvals.ts';
import { type DisputeView, findDispute } from '../store/read/carrier-disputes.ts';
import { carrierInvoicesNamed } from '../store/read/carrier-invoices.ts';
import { listEffects } from '../store/read/effects.ts';
import { findEvent } from '../store/read/events.ts';
import { findException } from '../store/read/exceptions.ts';
import { findInvoice, type InvoiceDetail, invoicesOfShipment } from '../store/read/invoices.ts';
import { memoryOfShipment, messagesByHash, originsOfEvents, waitingUnder } from '../store/read/knowledge.ts';
import { findMessage } from '../store/read/messages.ts';
import { listPayments } from '../store/read/payments.ts';
import { shipmentsByReference } from '../store/read/shipments.ts';
import { type Asked, exceptionsOf, explainedException, lifeOf } from './explain/asked.ts';
import { explainCarrierInvoices } from './explain/carrier-invoice.ts';
import { explainMargin } from './explain/margin.ts';
import { becameOf, explainMessage } from './explain/message.ts';
import { demandExplanation, orderExplanation } from './explain/orders.ts';
import { paymentFrom, sentenceOf } from './explain/payment.ts';
import { explainShipment, whatOf } from './explain/shipment.ts';
import type { ExplainedEffect, ExplainedInvoice } from './explanation/document.ts';
import type { ShipmentExplanation } from './explanation/shipment.ts';
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
  order: (asked, name) => orderExplanation(asked, name, shipmentExplanation),
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
const isRowId = (ref: string) => /^[0-9]{1,18}$/.test(ref);

export async function shipmentExplanation(asked: Asked, shipment: string): Promise<ShipmentExplanation | undefined> {
  const { client, tenant, rules, now } = asked;
  const memory = await memoryOfShipment(client, tenant, shipment);
  if (memory === undefined) return undefined;
  const { facts, standing } = memory;
  const documents = await documentsOf(client, tenant, [shipment]);
  const messageOf = await originsOfEvents(
    client,
    tenant,
    facts.map(({ id }) => id),
  );
  const seen = decide({ shipment, facts, documents: [], orders: [], standing: {} }, rules, now);
  const plan = facts.findLast((fact) => fact.kind === 'plan')?.plan;
  const numbers = [...(plan?.orders ?? []), ...(seen?.claims ?? []).map(({ order }) => order)];
  const orders = await ordersOf(asked, seen?.customer, [...new Set(numbers)]);
  const invoices: ExplainedInvoice[] = [];
  for (const invoice of await invoicesOfShipment(client, tenant, shipment)) {
    invoices.push(await explainedInvoice(asked, invoice));
  }
  const exceptions = await exceptionsOfShipment(asked, shipment, standing);
  const input = { shipment, facts, documents, orders, standing };
  const explained = explainShipment({ input, rules, now, messageOf, invoices, exceptions });
  const margin = explainMargin(input, rules, now);
  const { proFormas } = standing;
  const approvals = await approvalsOf(client, tenant, shipment);
  return {
    ...explained,
    ...(margin === undefined ? {} : { margin }),
    ...(approvals.length === 0 ? {} : { approvals: approvals.map((each) => ({ ...each, of: [...each.of] })) }),
    ...(proFormas === undefined ? {} : { proFormas: proFormas.map((each) => ({ ...each, lines: [...each.lines] })) }),
  };
}

/** As the plan names them; an order is its customer's, whoever else uses the number. */
export async function ordersOf({ client, tenant }: Asked, customer: string | undefined, numbers: readonly string[]) {
  const known = await findOrders(client, tenant, numbers);
  return numbers.flatMap((number): Order[] => {
    const found = known.find(({ order }) => order.order === number && order.customer === customer);
    return found === undefined ? [] : [found.order];
  });
}

async function explainedInvoice({ client, tenant }: Asked, invoice: InvoiceDetail): Promise<ExplainedInvoice> {
  const effects = await listEffects(client, tenant, { subject: invoice.number }, { limit: 20 });
  return {
    ...invoice,
    shipments: [...invoice.shipments],
    lines: invoice.lines.map((line) => ({ ...line, derivation: [...line.derivation] })),
    effects: effects.map(lifeOf),
  };
}

// Those of an order's line name one of the shipments that are held for it; they are every such shipment's.
async function exceptionsOfShipment(asked: Asked, shipment: string, { exceeding = [] }: Standing) {
  const own = await exceptionsOf(asked, { shipment });
  const known = new Set(own.map(({ id }) => id));
  for (const subject of exceeding) {
    const shared = await exceptionsOf(asked, { kind: 'quantity-exceeds-order', subject, state: 'open' });
    own.push(...shared.filter(({ id }) => !known.has(id)));
  }
  return own;
}

async function invoiceExplanation(asked: Asked, number: string): Promise<Explanation | undefined> {
  const invoice = await findInvoice(asked.client, asked.tenant, number);
  return invoice === undefined ? undefined : { about: 'invoice', invoice: await explainedInvoice(asked, invoice) };
}

/** `S-1/LFT`: shipment ids may have a slash, charge codes have none. */
async function chargeExplanation(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const slash = ref.lastIndexOf('/');
  if (slash <= 0 || slash === ref.length - 1) return undefined;
  const code = ref.slice(slash + 1).toUpperCase();
  const whole = await shipmentExplanation(asked, ref.slice(0, slash));
  if (whole === undefined) return undefined;
  const { shipment, customer, status, billing, billingBecause, invoices } = whole;
  const charges = whole.charges.filter((charge) => charge.code.toUpperCase() === code);
  const lines = invoices.flatMap(({ number, kind, currency, lines }) =>
    lines
      .filter((line) => line.code.toUpperCase() === code && line.shipment === shipment)
      .map(({ amount, derivation }) => ({ number, kind, amount, currency, derivation })),
  );
  if (charges.length === 0 && lines.length === 0) return undefined;
  return { about: 'charge', shipment, customer, code, status, billing, billingBecause, charges, lines };
}

const MOST_EXPLAINED_SHIPMENTS = 20;

/** `rdwy/R-77` */
async function billExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const { client, tenant, rules, now } = asked;
  const invoices = await carrierInvoicesNamed(client, tenant, name);
  const [first] = invoices;
  if (first === undefined) return undefined;
  const shipments = new Set(invoices.flatMap(({ compared }) => compared.map(({ shipment }) => shipment)));
  const expected = new Map<string, RatedCharge[]>();
  for (const shipment of [...shipments].slice(0, MOST_EXPLAINED_SHIPMENTS)) {
    const { facts = [] } = (await memoryOfShipment(client, tenant, shipment)) ?? {};
    const seen = decide({ shipment, facts, documents: [], orders: [], standing: {} }, rules, now);
    expected.set(
      shipment,
      (seen?.carrier === first.carrier ? seen.rated : []).filter(({ side }) => side === 'buy'),
    );
  }
  const effects = new Map<string, ExplainedEffect[]>();
  for (const { bill } of invoices) {
    if (bill === undefined) continue;
    effects.set(bill, (await listEffects(client, tenant, { subject: bill }, { limit: 20 })).map(lifeOf));
  }
  const exceptions = (await exceptionsOf(asked, { subject: `${first.carrier}/${first.invoice}` })).filter(({ kind }) =>
    kind.startsWith('carrier-invoice-'),
  );
  const disputes = new Map<string, DisputeView>();
  for (const { id } of invoices) {
    const dispute = await findDispute(client, tenant, id);
    if (dispute !== undefined) disputes.set(id, dispute);
  }
  const tolerance = rules.audit.get(first.carrier);
  return explainCarrierInvoices({ invoices, expected, tolerance, exceptions, effects, disputes });
}

/** `P-1`, or `acme/P-1` where customers use the same name. */
async function paymentExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
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
  const exceptions = await Promise.all([...new Set(subjects)].map((subject) => exceptionsOf(asked, { subject })));
  const kinds = new Set(['payment-unmatched', 'erp-rejected']);
  return {
    about: 'payment',
    payment,
    sentence: sentenceOf(payment),
    ...(message === undefined ? {} : { message }),
    exceptions: exceptions.flat().filter(({ kind }) => kinds.has(kind)),
  };
}

async function referenceExplanation(asked: Asked, value: string): Promise<Explanation | undefined> {
  const shipments = await shipmentsByReference(asked.client, asked.tenant, value);
  if (shipments.length === 1) return shipmentExplanation(asked, shipments[0] as string);
  if (shipments.length === 0) return undefined;
  const choices = shipments.map((shipment) => ({ ref: `shipment:${shipment}`, is: `shipment ${shipment} carries it` }));
  return { about: 'choice', ref: value, choices };
}

async function messageExplanation(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const { client, tenant, rules, now } = asked;
  const [byHash] = /^[0-9a-f]{64}$/i.test(ref) ? await messagesByHash(client, tenant, ref) : [];
  const id = byHash ?? ref;
  if (!isRowId(id)) return undefined;
  const message = await findMessage(client, tenant, id);
  if (message === undefined) return undefined;
  const unheard = new Set<string>();
  for (const shipment of new Set(message.madeEvents.flatMap((event) => event.shipment ?? []))) {
    for (const event of await unheardOf(client, tenant, rules, now, shipment)) unheard.add(event);
  }
  return explainMessage(message, await exceptionsOf(asked, { message: id }), unheard);
}

async function unheardOf(client: ClientBase, tenant: string, rules: RuleBook, now: Instant, shipment: string) {
  const { facts = [] } = (await memoryOfShipment(client, tenant, shipment)) ?? {};
  return decide({ shipment, facts, documents: [], orders: [], standing: {} }, rules, now)?.unheard ?? [];
}

async function eventExplanation(asked: Asked, id: string): Promise<Explanation | undefined> {
  const { client, tenant, rules, now } = asked;
  const event = isRowId(id) ? await findEvent(client, tenant, id) : undefined;
  if (event === undefined) return undefined;
  const { id: number, position: _, ...told } = event;
  const message = await findMessage(client, tenant, event.message);
  const waiting = message?.madeEvents.some((made) => made.id === id && made.waiting) ?? false;
  const unheard = event.shipment === undefined ? [] : await unheardOf(client, tenant, rules, now, event.shipment);
  return { about: 'event', event: number, ...told, became: becameOf({ ...event, waiting }, unheard.includes(id)) };
}

/** By id, or by subject: of several of one subject the newest open one. */
async function exceptionExplanation(asked: Asked, ref: string): Promise<Explanation | undefined> {
  const { client, tenant } = asked;
  const byId = isRowId(ref) ? await findException(client, tenant, ref) : undefined;
  if (byId !== undefined) return { about: 'exception', exception: explainedException(byId) };
  const bySubject = await exceptionsOf(asked, { subject: ref });
  const newest = bySubject.findLast(({ state }) => state === 'open') ?? bySubject.at(-1);
  return newest === undefined ? undefined : { about: 'exception', exception: newest };
}

async function waitingExplanation(asked: Asked, name: string): Promise<Explanation | undefined> {
  const waiting = await waitingUnder(asked.client, asked.tenant, name);
  if (waiting.length === 0) return undefined;
  const many =
    waiting.length === 1
      ? '1 fact waits for it and applies itself'
      : `${waiting.length} facts wait for it and apply themselves`;
  return {
    about: 'waiting',
    name,
    sentence: `No shipment is known by ${name}. ${many} once it is known; owner operations.`,
    facts: waiting.map(({ fact, ...told }) => ({
      ...told,
      what: fact === '' ? 'a note' : whatOf(decodeFacts(fact)[0]),
    })),
  };
}
