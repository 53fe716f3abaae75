// A person has somebody asked again to carry an order that did not change.
//
// A new message has a new id, so the recipient would take it for another tender. It is made only where the former one is
// known to be dead: rejected by a 997, declined, or refused when it was posted. Whatever may still be taken is not asked
// again: `lading replay --deliveries` sends the same message under the same id, and an answer that is late is asked for.
import type { ClientBase } from 'pg';
import { recordAct } from '../../store/audit-trail.ts';
import { demandLookedAt } from '../../store/demand-due.ts';
import { type DemandView, listDemands } from '../../store/read/demands.ts';
import { holdDemands } from '../../store/transport-demand.ts';
import type { PipelineContext } from '../context.ts';
import { type Looked, lookAt } from './plan.ts';

export type ResendAsked = {
  readonly order: string;
  /** Where several customers use the number. */
  readonly customer?: string;
  readonly by: string;
  readonly reason?: string;
};

export type ResendResult =
  | { readonly kind: 'asked'; readonly demand: DemandView }
  /** Nobody was asked to carry it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly detail: string };

export async function resendDemand(context: PipelineContext, asked: ResendAsked): Promise<ResendResult> {
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const { order, customer, by, reason } = asked;
    const held = await holdDemands(client, store.tenant, order);
    const meant = customer === undefined ? held : held.filter((each) => each.customer === customer);
    const [one] = meant;
    if (one === undefined) return { kind: 'unknown' } as const;
    if (meant.length > 1) {
      const names = meant.map((each) => each.customer).join(', ');
      return refused(`several customers have an order ${order}: name one of ${names}`);
    }
    const former = await demandOf(client, store.tenant, order, one.customer);
    const alive = aliveBecause(former);
    if (alive !== undefined) return refused(alive);
    const now = clock.now();
    const due = { order, ...one };
    const looked = await lookAt(client, store.tenant, {
      ...{ due, rules: await context.rules.current(client), now, resentBy: by },
    });
    if (looked.plan?.plan !== 'ask') return refused(notAsked(looked, former));
    await demandLookedAt(client, store.tenant, due, looked.again);
    const demand = await demandOf(client, store.tenant, order, one.customer);
    const detail = {
      ...{ customer: one.customer, former: former.effect, formerState: former.state, message: demand.effect },
      ...(reason === undefined ? {} : { reason }),
    };
    await recordAct(client, store.tenant, { actor: by, action: 'demand.resend', subject: order, detail }, now);
    return { kind: 'asked', demand } as const;
  });
}

async function demandOf(client: ClientBase, tenant: string, order: string, customer: string): Promise<DemandView> {
  const [demand] = await listDemands(client, tenant, { order, customer }, { limit: 1 });
  if (demand === undefined) throw new Error(`the demand of ${order} has no message`);
  return demand;
}

/** Why the last message may not be followed by the same again; `undefined`: it is dead. */
function aliveBecause({ order, recipient, state, effectState }: DemandView): string | undefined {
  switch (state) {
    case 'rejected':
    case 'declined':
      return undefined;
    case 'refused':
      // Given up after many tries is not the same as a no: one of them may have been taken.
      return effectState === 'refused'
        ? undefined
        : `whether ${recipient} has the last message of ${order} is not known: \`lading replay --deliveries\` sends that one again, which it knows by its id`;
    case 'asking':
      return `the last message of ${order} is on its way to ${recipient}`;
    case 'asked':
    case 'acknowledged':
      return `${recipient} has the last message of ${order} and has not answered yet: ask there`;
    case 'accepted':
      return `${recipient} accepted order ${order}`;
    case 'cancelled':
      return `order ${order} was cancelled, and ${recipient} was told so`;
  }
}

function notAsked({ plan }: Looked, { order, recipient }: DemandView): string {
  if (plan === undefined) return `${recipient} has no demand profile any more, or order ${order} is gone`;
  switch (plan.plan) {
    case 'incomplete':
      return `the ${plan.missing.join(' and the ')} is not known: complete the address of order ${order}`;
    case 'too-late':
      return `order ${order} was picked up already`;
    default:
      return `there is nothing to ask of ${recipient}: order ${order} is cancelled or picked up, or as ${recipient} has it`;
  }
}

function refused(detail: string): ResendResult {
  return { kind: 'refused', detail };
}
