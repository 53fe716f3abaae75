// What became of a transport demand: every message with its answers, and how it stands in one sentence.
import { changesBetween } from '../../domain/demand/plan-demand.ts';
import type { DemandContent } from '../../model/demand.ts';
import type { Queryable } from '../../store/database.ts';
import { type DemandMessageView, type DemandView, listDemands, messagesOfDemand } from '../../store/read/demands.ts';
import type { ExplainedDemand, ExplainedDemandMessage } from '../explanation/order.ts';

/** `undefined`: nobody was asked. */
export async function demandOf(
  db: Queryable,
  tenant: string,
  name: { readonly order: string; readonly customer: string },
): Promise<ExplainedDemand | undefined> {
  const [demand] = await listDemands(db, tenant, name, { limit: 1 });
  if (demand === undefined) return undefined;
  const messages = (await messagesOfDemand(db, tenant, name)).reduce(told, []);
  const { order, customer, recipient, state, answerDueAt } = demand;
  return {
    ...{ order, customer, recipient, state, sentence: sentenceOf(demand, messages.at(-1)) },
    ...(answerDueAt === undefined ? {} : { answerDueAt }),
    messages: messages.map(({ content: _, ...message }) => message),
  };
}

type Told = ExplainedDemandMessage & { readonly content: DemandContent };

function told(before: Told[], view: DemandMessageView): Told[] {
  const { order: _, customer: __, recipient: ___, effectState: ____, content: text, ...message } = view;
  const content = JSON.parse(text) as DemandContent;
  const held = before.findLast(({ takenAt, rejectedAs }) => takenAt !== undefined && rejectedAs === undefined);
  const changes = view.purpose === 'change' && held !== undefined ? changesBetween(held.content, content) : [];
  const one: Told = { ...message, content, state: stateOf(view), ...(changes.length === 0 ? {} : { changes }) };
  return [...before, one];
}

function stateOf(view: DemandMessageView): ExplainedDemandMessage['state'] {
  if (view.effectState === 'refused' || view.effectState === 'dead') return 'refused';
  if (view.rejectedAs !== undefined) return 'rejected';
  if (view.takenAt === undefined) return 'asking';
  return view.answer ?? (view.receiptedAt === undefined ? 'asked' : 'acknowledged');
}

/** One sentence: how it stands, what it waits for, and who has to act. */
function sentenceOf(demand: DemandView, last: ExplainedDemandMessage | undefined): string {
  const { order, recipient, state, purpose, takenAt, acknowledgedAt, answeredAt, answerDueAt, reason } = demand;
  const because = reason === undefined ? '' : `: ${reason}`;
  const resend = `\`lading demand resend ${order}\` asks again; owner operations`;
  const due = answerDueAt === undefined ? '' : `, due ${answerDueAt}`;
  switch (state) {
    case 'asking': {
      const next = last?.nextAt === undefined ? '' : `; next try ${last.nextAt}`;
      return `The ${purpose} is on its way to ${recipient}${because}${next}; owner integration.`;
    }
    case 'asked':
      return `${recipient} was given the ${purpose} at ${takenAt}; waits for its receipt and answer${due}; owner operations.`;
    case 'acknowledged': {
      const has = `${recipient} has the ${purpose} since ${acknowledgedAt}`;
      return answerDueAt === undefined ? `${has}.` : `${has}; waits for its answer${due}; owner operations.`;
    }
    case 'accepted':
      return `${recipient} accepted it at ${answeredAt}.`;
    case 'declined':
      return `${recipient} declined it at ${answeredAt}; waits for another carrier, or ${resend}.`;
    case 'rejected':
      return `${recipient} rejected the ${purpose} (its document ${last?.rejectedAs}); mend what it rejected, then ${resend}.`;
    case 'refused':
      return `${recipient} did not take the ${purpose}${because}; mend it there or in the profile and \`lading replay --deliveries\`; owner operations.`;
    case 'cancelled':
      return `${recipient} was told at ${takenAt} that it is cancelled.`;
  }
}
