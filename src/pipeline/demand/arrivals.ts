// What arrivals mean for transport demand: orders to look at, receipts, and answers of those that were asked.
import type { ClientBase } from 'pg';
import type { RuleBook } from '../../model/rules.ts';
import type { Instant } from '../../model/time.ts';
import { takeAnswer, takeReceipt } from '../../store/demand-answers.ts';
import { type DueDemand, markDemandsDue } from '../../store/demand-due.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import type { Arrival } from '../translate.ts';

type Moment = { readonly rules: RuleBook; readonly now: Instant };

/** Takes what concerns demand among these arrivals; returns the ids of events that are answered by it, whatever shipment they name. */
export async function takeDemandNews(
  client: ClientBase,
  tenant: string,
  arrivals: readonly Arrival[],
  { rules, now }: Moment,
): Promise<string[]> {
  await markDemandsDue(
    client,
    tenant,
    arrivals.flatMap((arrival) => dueBy(arrival, rules)),
    now,
  );
  const settled: string[] = [];
  for (const { eventId, translated } of arrivals) {
    if (!ANSWERS.has(translated.event.type) || rules.partners.get(translated.sender)?.demand === undefined) continue;
    if (await answered(client, tenant, translated, now)) settled.push(eventId);
  }
  return settled;
}

const ANSWERS: ReadonlySet<string> = new Set(['delivery.acknowledged', 'delivery.rejected', 'shipment.milestone']);

function dueBy({ translated: { event, sender } }: Arrival, { partners }: RuleBook): DueDemand[] {
  if (event.type !== 'order.placed') return [];
  const recipient = partners.get(sender)?.pull?.demandTo;
  const { order, customer } = event.data;
  return recipient === undefined ? [] : [{ order, customer, askedBy: sender, recipient }];
}

async function answered(
  client: ClientBase,
  tenant: string,
  { event, sender: recipient }: Arrival['translated'],
  now: Instant,
): Promise<boolean> {
  switch (event.type) {
    case 'delivery.acknowledged':
    case 'delivery.rejected': {
      const { document } = event.data;
      // `GS06/ST02`, or `GS06` of a whole group: one group an interchange, under the same number.
      const control = Number(document.split('/')[0]);
      if (!Number.isSafeInteger(control)) return false;
      const rejectedAs = event.type === 'delivery.rejected' ? document : undefined;
      const receipt = await takeReceipt(
        client,
        tenant,
        { recipient, control, ...(rejectedAs === undefined ? {} : { rejectedAs }) },
        now,
      );
      if (receipt === undefined) return false;
      const { order, isLast, rejectedBefore } = receipt;
      const mended =
        rejectedAs === undefined
          ? rejectedBefore.map((subject) => ({ kind: 'delivery-failed' as const, subject }))
          : [];
      const heard = isLast || rejectedAs !== undefined ? [{ kind: 'demand-unanswered' as const, subject: order }] : [];
      await closeExceptions(client, tenant, [...mended, ...heard], now);
      return true;
    }
    case 'shipment.milestone': {
      const { milestone, shipment, references = [] } = event.data;
      if (milestone !== 'tender-accepted' && milestone !== 'tender-declined') return false;
      const orders = references.flatMap(({ type, value }) => (type === 'order' ? [value] : []));
      const names = shipment === undefined ? orders : [shipment, ...orders];
      const answer = milestone === 'tender-accepted' ? 'accepted' : 'declined';
      const order = await takeAnswer(client, tenant, { recipient, names, answer }, now);
      if (order === undefined) return false;
      await tellAnswer(client, tenant, { order, recipient, answer }, now);
      return true;
    }
    default:
      return false;
  }
}

async function tellAnswer(
  client: ClientBase,
  tenant: string,
  { order, recipient, answer }: { order: string; recipient: string; answer: 'accepted' | 'declined' },
  now: Instant,
): Promise<void> {
  const untaken = { kind: 'demand-not-taken', subject: order } as const;
  const answeredNow = { kind: 'demand-unanswered', subject: order } as const;
  await closeExceptions(client, tenant, answer === 'accepted' ? [untaken, answeredNow] : [answeredNow], now);
  if (answer === 'accepted') return;
  const detail = `${recipient} declined to carry order ${order}. \`lading demand resend ${order}\` asks again, as a change of the order does; else find another carrier.`;
  await openExceptions(client, tenant, [{ ...untaken, detail }], now);
}
