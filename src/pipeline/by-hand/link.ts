// A person says which shipment a number means: the hub learns the number, and what waits under it applies itself.
import type { Reference } from '../../model/reference.ts';
import { formatInstant } from '../../model/time.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { DESK_SOURCE } from '../../store/desk-entries.ts';
import { reserveEventIds } from '../../store/events.ts';
import { appendActs, holdExceptions } from '../../store/exception-acts.ts';
import { namesAskedBy } from '../../store/linkable.ts';
import type { PipelineContext } from '../context.ts';
import { recheck } from '../waiting-facts.ts';
import { decideHeld, sayByHand, withHeldShipment, writeHeld } from './held-shipment.ts';

export type LinkAsked = {
  /** Of an exception that waits for a shipment. */
  readonly exception: string;
  readonly shipment: string;
  /** Which of its numbers, where there are several. */
  readonly reference?: Reference;
  readonly by: string;
  readonly reason?: string;
};

export type LinkResult =
  | { readonly kind: 'linked'; readonly references: readonly Reference[] }
  | { readonly kind: 'refused'; readonly detail: string };

export async function linkReference(context: PipelineContext, asked: LinkAsked): Promise<LinkResult> {
  const { shipment, by, reason } = asked;
  const linked = await withHeldShipment(context, shipment, async (held): Promise<LinkResult> => {
    if (held === undefined || decideHeld(held) === undefined) {
      return { kind: 'refused', detail: `no shipment ${shipment} is known with its plan` };
    }
    const { client, tenant, now } = held;
    const [exception] = await holdExceptions(client, tenant, [asked.exception]);
    if (exception === undefined || !exception.isOpen) {
      return { kind: 'refused', detail: `exception ${asked.exception} is not open` };
    }
    const chosen = choose(await namesAskedBy(client, tenant, exception), asked.reference);
    if (typeof chosen === 'string') return { kind: 'refused', detail: `${exception.subject}: ${chosen}` };
    const [id = ''] = await reserveEventIds(client, 1);
    const at = formatInstant(now);
    const data = { shipment, references: [...chosen], linkedAt: at, ...(reason === undefined ? {} : { reason }) };
    await sayByHand(held, { id, source: DESK_SOURCE, type: 'reference.linked', time: at, data }, by);
    decideHeld(held);
    await writeHeld(held);
    const detail = { shipment, references: chosen };
    await appendActs(client, tenant, [exception.id], { act: 'linked', actor: by, says: reason, detail }, now);
    const subject = `${exception.kind} ${exception.subject}`;
    await recordAct(client, tenant, { actor: by, action: 'exception.link', subject, detail }, now);
    return { kind: 'linked', references: chosen };
  });
  // What waits is applied once all can see the name.
  if (linked.kind === 'linked') await recheck(context, linked.references);
  return linked;
}

/** Those meant; or why they cannot be told. */
function choose(names: readonly Reference[], wanted: Reference | undefined): readonly Reference[] | string {
  if (names.length === 0) return 'nothing waits under it any more';
  const inWords = names.map(({ type, value }) => `${type} ${value}`).join(', ');
  if (wanted !== undefined) {
    const meant = names.filter(({ type, value }) => type === wanted.type && value === wanted.value);
    return meant.length > 0 ? meant : `it asks for ${inWords}, not for ${wanted.type} ${wanted.value}`;
  }
  const values = new Set(names.map(({ value }) => value));
  return values.size === 1 ? names : `say which number is meant: ${inWords}`;
}
