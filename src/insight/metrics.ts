// Metrics for Prometheus: what was taken and what became of it, what waits, what went out, and whether the books hold.
//
// All but the HTTP requests is read from the database when somebody asks, at most every few seconds: so it is of the hub
// as a whole, whichever of its processes is asked. Names and labels are stable; labels are from fixed lists, never from
// what partners send.

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { decimal } from '../model/decimal.ts';
import { absolute, minorExponent } from '../model/money.ts';
import type { Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { backlogOf, effectTally, openExceptionTally, shipmentTally, waitingTally } from '../store/read/backlog.ts';
import { deliverySeconds, messageSeconds, newestEvent } from '../store/read/durations.ts';
import { conservationByCurrency, messageCounts } from '../store/read/outcome.ts';
import { keyEnds } from '../store/system-state.ts';

export type Metrics = {
  readonly contentType: string;
  readonly text: () => Promise<string>;
  readonly observeRequest: (labels: { method: string; route: string; status: string }, seconds: number) => void;
};

export type MetricsSource = {
  readonly store: Store;
  readonly now: () => Instant;
  /** How long a reading may serve those who ask again. */
  readonly freshMs?: number;
};

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

export function openMetrics(source: MetricsSource): Metrics {
  const { freshMs = 5_000 } = source;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'lading_' });
  const histogram = (name: string, help: string, labelNames: string[] = []) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [registry] });
  const requests = histogram('lading_http_request_seconds', 'HTTP requests', ['method', 'route', 'status']);
  const refreshStates = stateGauges(registry, source);
  const refreshDurations = durations(histogram, source);
  const refresh = async () => {
    await refreshStates();
    await refreshDurations();
  };
  let refreshed: { at: number; done: Promise<void> } | undefined;
  return {
    contentType: registry.contentType,
    async text() {
      if (refreshed === undefined || Date.now() - refreshed.at >= freshMs) {
        refreshed = { at: Date.now(), done: refresh() };
        // A failure is not kept: who asks next tries again.
        refreshed.done.catch(() => {
          refreshed = undefined;
        });
      }
      await refreshed.done;
      return registry.metrics();
    },
    observeRequest: (labels, seconds) => requests.observe(labels, seconds),
  };
}

type NewHistogram = (name: string, help: string, labelNames?: string[]) => Histogram<string>;

// What ended since the last reading is observed; the first reading begins there and tells nothing of before.
function durations(histogram: NewHistogram, { store, now }: MetricsSource): () => Promise<void> {
  const messages = histogram('lading_message_seconds', 'From receipt until applied');
  const deliveries = histogram('lading_delivery_seconds', 'From decision until confirmed outside', ['system']);
  let lastEvent: string | undefined;
  let lastConfirmed = now();
  return async () => {
    const { tenant } = store;
    lastEvent ??= await newestEvent(store, tenant);
    const applied = await messageSeconds(store, tenant, lastEvent);
    lastEvent = applied.lastEvent;
    for (const seconds of applied.seconds) messages.observe(seconds);
    const confirmed = await deliverySeconds(store, tenant, lastConfirmed);
    lastConfirmed = confirmed.last;
    for (const { system, seconds } of confirmed.deliveries) deliveries.observe({ system }, seconds);
  };
}

function stateGauges(registry: Registry, { store, now }: MetricsSource): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const messages = gauge('lading_messages', 'Messages received, by verdict', ['verdict']);
  const backlog = gauge('lading_backlog_messages', 'Messages received and not translated yet');
  const backlogAge = gauge('lading_backlog_age_seconds', 'Age of the oldest of them');
  const waiting = gauge('lading_waiting_facts', 'Facts that wait for their shipment');
  const shipments = gauge('lading_shipments', 'Shipments, by billing state', ['billing']);
  const effects = gauge('lading_effects', 'Effects, by system and state', ['system', 'state']);
  const exceptions = gauge('lading_open_exceptions', 'Open exceptions, by kind and owner', ['kind', 'owner']);
  const keyLife = gauge('lading_key_ends_seconds', 'Until the key to an outside system ends; below 0: it has', [
    'system',
  ]);
  const difference = gauge(
    'lading_conservation_difference',
    'Charges in no state, in major units: anything but zero is a fault',
    ['currency'],
  );
  return async () => {
    const { tenant } = store;
    const counts = await messageCounts(store, tenant);
    messages.set({ verdict: 'received' }, counts.received);
    messages.set({ verdict: 'duplicate' }, counts.duplicates);
    messages.set({ verdict: 'quarantined' }, counts.quarantined);
    messages.set({ verdict: 'waiting' }, counts.waiting);
    const { messages: behind, oldestReceivedAt } = await backlogOf(store, tenant);
    backlog.set(behind);
    backlogAge.set(oldestReceivedAt === undefined ? 0 : Math.max(0, (now() - oldestReceivedAt) / 1000));
    waiting.set(await waitingTally(store, tenant));
    for (const each of [shipments, effects, exceptions, keyLife, difference]) each.reset();
    for (const { system, endsAt } of await keyEnds(store, tenant)) keyLife.set({ system }, (endsAt - now()) / 1000);
    for (const { name, count } of await shipmentTally(store, tenant)) shipments.set({ billing: name }, count);
    for (const { system, name, count } of await effectTally(store, tenant)) effects.set({ system, state: name }, count);
    for (const { name, owner, count } of await openExceptionTally(store, tenant)) {
      exceptions.set({ kind: name, owner }, count);
    }
    for (const book of await conservationByCurrency(store, tenant)) {
      const { currency, totalMinor, expectedMinor, pendingMinor, invoicedMinor, disputedMinor, waivedMinor } = book;
      const stated = expectedMinor + pendingMinor + invoicedMinor + disputedMinor + waivedMinor;
      const scale = decimal(10).pow(minorExponent(currency));
      difference.set(
        { currency },
        decimal(absolute(totalMinor - stated))
          .div(scale)
          .toNumber(),
      );
    }
  };
}
