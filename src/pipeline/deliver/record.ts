// What an act came to, written down in one transaction: effects, documents, exceptions, and the state of the system.
import type { ClientBase } from 'pg';
import type { Instant } from '../../model/time.ts';
import { markAccountsOfDocuments } from '../../store/accounts.ts';
import { remarkBillingNews } from '../../store/billing-news.ts';
import { confirmDocuments, shipmentsOn, shipmentsStillRejected } from '../../store/confirmations.ts';
import { settleEffects } from '../../store/effects.ts';
import { confirmRegistrations } from '../../store/erp-payments.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { noteLandedCosts } from '../../store/landed-costs.ts';
import { wakeShipments } from '../../store/shipments.ts';
import { lockSystemState, noteSystemAct, writeSystemState } from '../../store/system-state.ts';
import { confirmBills, shipmentsOnBills } from '../../store/vendor-bills.ts';
import { afterAnswer, afterTrouble } from './breaker.ts';
import type { DeliverContext, OutsideSystem } from './context.ts';
import type { EffectChange, Performed, SystemTrouble } from './verdict.ts';

type Change = EffectChange & { readonly number: string; readonly shipments: readonly string[] };

export async function record(
  context: DeliverContext,
  system: OutsideSystem,
  performed: readonly Performed[],
): Promise<void> {
  const { store, clock } = context;
  const trouble = longestTrouble(performed);
  await store.transaction(async (client) => {
    const now = clock.now();
    const changes = await withShipments(client, store.tenant, performed);
    // Shipments first: whoever decides about them holds them first too, so neither waits for the other in a circle.
    const confirmed = changes.filter((change) => change.state === 'confirmed');
    const concerned = new Set(confirmed.flatMap(({ shipments }) => shipments));
    await wakeShipments(client, store.tenant, [...concerned], now);
    await settleEffects(client, store.tenant, changes, now);
    await confirmDocuments(client, store.tenant, confirmed, now);
    await confirmBills(client, store.tenant, confirmed, now);
    await confirmRegistrations(client, store.tenant, confirmed, now);
    const numbers = confirmed.map(({ number }) => number);
    await noteLandedCosts(client, store.tenant, numbers, now);
    await markAccountsOfDocuments(client, store.tenant, numbers, now);
    await keepExceptions(client, store.tenant, system.name, changes, now);
    await remarkBillingNews(
      client,
      store.tenant,
      changes.flatMap(({ shipments }) => shipments),
      now,
    );
    await keepSystemState(client, context, system.name, trouble);
  });
  tell(context, system, performed, trouble);
}

async function withShipments(client: ClientBase, tenant: string, performed: readonly Performed[]): Promise<Change[]> {
  const numbers = performed.map(({ effect }) => effect.number);
  const shipments = await shipmentsOn(client, tenant, numbers);
  const bills = numbers.filter((number) => !shipments.has(number));
  for (const [bill, on] of await shipmentsOnBills(client, tenant, bills)) shipments.set(bill, on);
  return performed.map(({ effect: { number }, verdict: { change } }) => {
    return { ...change, number, shipments: shipments.get(number) ?? [] };
  });
}

// `erp-rejected` is about the shipment first on the document; it is over when none of its documents is rejected.
async function keepExceptions(
  client: ClientBase,
  tenant: string,
  system: string,
  changes: readonly Change[],
  now: Instant,
): Promise<void> {
  const rejections = changes.flatMap((change) => {
    if (change.state !== 'refused' && change.state !== 'dead') return [];
    const { number, shipments, reason } = change;
    const subject = shipments[0] ?? number;
    return [{ kind: 'erp-rejected' as const, subject, shipment: shipments[0], detail: `${number}: ${reason}` }];
  });
  await openExceptions(client, tenant, rejections, now);
  const accepted = changes
    .filter(({ state }) => state === 'confirmed')
    .map(({ shipments, number }) => shipments[0] ?? number);
  if (accepted.length === 0) return;
  const rejected = await shipmentsStillRejected(client, tenant, system, accepted);
  const mended = accepted.filter((shipment) => !rejected.has(shipment));
  await closeExceptions(
    client,
    tenant,
    mended.map((subject) => ({ kind: 'erp-rejected', subject })),
    now,
  );
}

/** Breaker and pace after an act; `trouble`: what the system met it with. */
export async function keepSystemState(
  client: ClientBase,
  { store: { tenant }, clock, random = Math.random }: DeliverContext,
  system: string,
  trouble: SystemTrouble | undefined,
): Promise<void> {
  const now = clock.now();
  const state = await lockSystemState(client, tenant, system);
  const next = trouble === undefined ? afterAnswer(state) : afterTrouble(state, now, random(), trouble.afterMs);
  await writeSystemState(client, tenant, system, next);
  await noteSystemAct(client, tenant, system, now, trouble?.reason);
}

/** Of several, the one that asks for the longest wait. */
export function longestTrouble(performed: readonly Pick<Performed, 'verdict'>[]): SystemTrouble | undefined {
  const troubles = performed.flatMap(({ verdict: { trouble } }) => trouble ?? []);
  return troubles.sort((a, b) => (b.afterMs ?? 0) - (a.afterMs ?? 0))[0];
}

function tell(
  { log }: DeliverContext,
  { name }: OutsideSystem,
  performed: readonly Performed[],
  trouble: SystemTrouble | undefined,
): void {
  if (trouble !== undefined) log.warn({ system: name, reason: trouble.reason }, 'the outside system is in trouble');
  for (const { effect, verdict } of performed) {
    const { state } = verdict.change;
    const about = { system: name, document: effect.number, correlation: effect.correlation };
    if (state === 'confirmed') log.info(about, 'document confirmed');
    if (state === 'refused' || state === 'dead') log.warn({ ...about, state }, 'document not taken');
  }
}
