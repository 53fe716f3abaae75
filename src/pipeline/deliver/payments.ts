// Payments brought about in the ERP, beside documents: registered on their invoices, or undone.
import type { PaymentAct, SendResult, Session } from '../../connectors/contract.ts';
import type { LeasedEffect } from '../../store/effects.ts';
import { type RegisteredAs, type Registration, registeredOn, registrations } from '../../store/erp-payments.ts';
import type { DeliverContext } from './context.ts';
import { givenBack, type Performed, verdictOn } from './verdict.ts';

const PAYMENT_KINDS: ReadonlySet<string> = new Set(['payment', 'payment-undo']);

export const isOfPayment = ({ kind }: LeasedEffect) => PAYMENT_KINDS.has(kind);

/** The connector looks up each before it acts, so what is in doubt is settled by the same call. One result for each effect. */
export async function performPayments(
  { store, clock, log, random = Math.random }: DeliverContext,
  session: Session,
  effects: readonly LeasedEffect[],
): Promise<Performed[]> {
  if (effects.length === 0) return [];
  const numbers = effects.map(({ number }) => number);
  const known = await registrations(store, store.tenant, numbers);
  const customers = [...known.values()].map(({ customer }) => customer);
  const invoices = [...known.values()].map(({ invoice }) => invoice);
  const taken = await registeredOn(store, store.tenant, customers, invoices);
  const performed: Performed[] = [];
  for (const effect of effects) {
    // Nothing is sent into trouble.
    if (performed.some(({ verdict }) => verdict.trouble !== undefined)) {
      performed.push({ effect, verdict: { change: givenBack(effect, effect.was, clock.now()) } });
      continue;
    }
    const registration = known.get(effect.number);
    const result = registration && (await attempt(session, actOf(effect, registration, taken), log));
    if (registration !== undefined && result?.outcome === 'confirmed' && result.externalId !== '') {
      taken.push({ invoice: registration.invoice, number: effect.number, erpId: result.externalId });
    }
    if (result === undefined) {
      const { key, attempts } = effect;
      performed.push({
        effect,
        verdict: { change: { key, attempts, state: 'dead', reason: 'its payment is not there' } },
      });
    } else performed.push({ effect, verdict: verdictOn(effect, result, { now: clock.now(), random: random() }) });
  }
  return performed;
}

function actOf({ kind }: LeasedEffect, registration: Registration, taken: readonly RegisteredAs[]): PaymentAct {
  const { number: key, invoice, payment, customer, currency, amountMinor, receivedOn, journal } = registration;
  return {
    act: kind === 'payment' ? 'register' : 'undo',
    ...{ key, invoice, currency, amountMinor, receivedOn, journal },
    reference: `${payment} of ${customer}`,
    others: taken.filter((each) => each.invoice === invoice && each.number !== key).map(({ erpId }) => erpId),
    wasConfirmed: registration.wasConfirmed,
  };
}

async function attempt(session: Session, act: PaymentAct, log: DeliverContext['log']): Promise<SendResult> {
  const { key } = act;
  if (session.pay === undefined) {
    const sentence = 'this system does not take payments; remove the journal for payments from entities.json';
    return { key, outcome: 'refused', kind: 'rejected', scope: 'document', sentence };
  }
  try {
    return await session.pay(act);
  } catch (error) {
    log.error({ err: error }, 'the connector failed');
    const reason = `the connector failed: ${error instanceof Error ? error.message : String(error)}`;
    return { key, outcome: 'unknown', scope: 'document', reason };
  }
}
