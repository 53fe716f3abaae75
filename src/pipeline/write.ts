// The second half of a pass: messages are applied some at a time, and while Node decides over the next, the server
// already writes the events of those before. What was decided is written last, once for each shipment.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { keepAttachments, type NewAttachment } from '../store/attachments.ts';
import { keepCarrierInvoices } from '../store/carrier-invoices.ts';
import { appendEvents, type NewEvent } from '../store/events.ts';
import { putOrders } from '../store/orders.ts';
import { type Sending, sendingAll } from '../store/sending.ts';
import { dropWaiting } from '../store/waiting.ts';
import { type Applying, applyMessages, beginApplying } from './apply.ts';
import { carrierInvoicesIn } from './audit/arrive.ts';
import type { Batch, ShipmentState } from './batch.ts';
import { takeDemandNews } from './demand/arrivals.ts';
import { takeStatedDocuments } from './erp/stated-documents.ts';
import { keepStates } from './keep-states.ts';
import { record } from './record.ts';
import { find } from './resolve.ts';
import { takePayments } from './settle/cash.ts';
import { type Arrival, dataOf, type WorkedMessage } from './translate.ts';
import { settle, tellOfProblems } from './verdict.ts';
import { writeWaiting } from './waiting-facts.ts';

/** Applied between two turns of the event loop; a large message is not divided. */
const EVENTS_A_TURN = 400;

export type Gathered = {
  readonly batch: Batch;
  readonly worked: readonly WorkedMessage[];
  readonly attachments: readonly NewAttachment[];
};

/** Applies the messages and writes all that became of them. */
export async function applyAndWrite(client: ClientBase, tenant: string, gathered: Gathered): Promise<Applying> {
  const { batch, worked, attachments } = gathered;
  return sendingAll(async (under) => {
    under.add(settle(client, tenant, worked));
    const applying = beginApplying(batch);
    await applyInTurns(client, tenant, applying, worked, under);
    await keepAttachments(client, tenant, attachments);
    await writeRest(client, tenant, applying, worked);
    return applying;
  });
}

async function applyInTurns(
  client: ClientBase,
  tenant: string,
  applying: Applying,
  worked: readonly WorkedMessage[],
  under: Sending,
): Promise<void> {
  const { batch } = applying;
  const { now } = batch;
  const settledBy = expectingNoMore(batch, worked);
  const waiting: Arrival[] = [];
  for (let from = 0; from < worked.length; ) {
    const some = turnFrom(worked, from);
    from += some.length;
    applyMessages(applying, some);
    const placed: NewEvent[] = [];
    for (const arrival of some.flatMap(({ arrivals }) => arrivals)) {
      // A later message of this pass may tell whose it is.
      if (batch.waiting.has(arrival.eventId)) waiting.push(arrival);
      else placed.push(eventFrom(arrival, applying));
    }
    under.add(appendEvents(client, tenant, placed, now));
    keepStates(client, tenant, { batch, states: settledBy(from), under });
    await nextTurn();
  }
  under.add(
    appendEvents(
      client,
      tenant,
      waiting.map((arrival) => eventFrom(arrival, applying)),
      now,
    ),
  );
}

/**
 * Tells, after so many messages, which shipments no later message of the pass names: they can be written already. Where
 * a later one finds them all the same, they are written again.
 */
function expectingNoMore({ index, states }: Batch, worked: readonly WorkedMessage[]) {
  const last = new Map<string, number>();
  worked.forEach(({ arrivals }, position) => {
    for (const { translated, fact } of arrivals) {
      const shipment = fact?.kind === 'plan' ? fact.plan.shipment : find(index, translated.names)?.shipment;
      if (shipment !== undefined) last.set(shipment, position);
    }
  });
  const waiting = [...last].sort(([, one], [, other]) => one - other);
  let next = 0;
  return (end: number): ShipmentState[] => {
    const settled: ShipmentState[] = [];
    for (; next < waiting.length && (waiting[next] as [string, number])[1] < end; next++) {
      const state = states.get((waiting[next] as [string, number])[0]);
      if (state?.touched) settled.push(state);
    }
    return settled;
  };
}

function turnFrom(worked: readonly WorkedMessage[], from: number): readonly WorkedMessage[] {
  let events = 0;
  let end = from;
  while (end < worked.length && events < EVENTS_A_TURN) events += worked[end++]?.arrivals.length || 1;
  return worked.slice(from, end);
}

function eventFrom(arrival: Arrival, { shipments }: Applying): NewEvent {
  const { eventId, message, position, translated } = arrival;
  return {
    id: eventId,
    messageId: message.id,
    position,
    type: translated.event.type,
    source: translated.event.source,
    key: translated.event.id,
    sender: translated.sender,
    reportedAt: translated.reportedAt,
    shipment: shipments.get(eventId),
    data: dataOf(arrival),
  };
}

async function writeRest(
  client: ClientBase,
  tenant: string,
  applying: Applying,
  worked: readonly WorkedMessage[],
): Promise<void> {
  const { batch, orders } = applying;
  const { now } = batch;
  const arrivals = worked.flatMap((message) => message.arrivals);
  await keepCarrierInvoices(client, tenant, carrierInvoicesIn(worked), now);
  const placed = [...orders].flatMap((key) => batch.orders.get(key) ?? []);
  await putOrders(client, tenant, placed);
  await takePayments(client, tenant, arrivals, now);
  await takeStatedDocuments(client, tenant, arrivals, now);
  await record(client, tenant, batch, placed);
  const answered = await takeDemandNews(client, tenant, arrivals, batch);
  await writeWaiting(client, tenant, batch, applying);
  await dropWaiting(client, tenant, answered);
  await tellOfProblems(client, tenant, worked, now);
}
