// A fuel price that arrives as an event: in force at once, also for what is already invoiced.
import type { ClientBase } from 'pg';
import type { RuleBook } from '../model/rules.ts';
import type { Instant, LocalDate } from '../model/time.ts';
import { advanceRuleStamp, putFuelPrices } from '../store/rules.ts';
import { wakeConcerned } from '../store/shipments.ts';
import type { WorkedMessage } from './translate.ts';

/** Keeps the prices among these events and wakes the shipments they rate. False when there were none. */
export async function publishFuel(
  client: ClientBase,
  tenant: string,
  worked: readonly WorkedMessage[],
  rules: RuleBook,
  now: Instant,
): Promise<boolean> {
  const prices = worked.flatMap(({ arrivals }) =>
    arrivals.flatMap(({ eventId, translated: { event, reportedAt } }) =>
      event.type === 'fuel.published' ? [{ ...event.data, reportedAt, eventId }] : [],
    ),
  );
  if (prices.length === 0) return false;
  await advanceRuleStamp(client, tenant);
  const changed = await putFuelPrices(client, tenant, prices);
  await wakeRatedBy(client, tenant, changed, rules, now);
  return true;
}

export type ChangedPrice = { readonly index: string; readonly effective: LocalDate };

/** Wakes the shipments whose rating date lies between a changed price and the next of its index. */
export async function wakeRatedBy(
  client: ClientBase,
  tenant: string,
  changed: readonly ChangedPrice[],
  rules: RuleBook,
  now: Instant,
): Promise<void> {
  for (const { index, effective } of changed) {
    const next = rules.fuel.get(index)?.find((price) => price.effective > effective)?.effective;
    const users = [...rules.agreements.values()].flat().filter(({ content }) => content.fuel?.index === index);
    const parties = (side: 'sell' | 'buy') => [
      ...new Set(users.filter(({ content }) => content.side === side).map(({ content }) => content.party)),
    ];
    const span = { ratedFrom: effective, ratedBefore: next };
    await wakeConcerned(client, tenant, { customers: parties('sell'), carriers: parties('buy'), ...span }, now);
  }
}
