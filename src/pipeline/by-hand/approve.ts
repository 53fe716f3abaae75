// A person's yes: releases what waits for it now, and nothing that comes after. Nobody says yes to what the same person caused.
import { manualIn } from '../../domain/billing/manual.ts';
import { hear } from '../../domain/shipment/hearing.ts';
import type { DocumentKind } from '../../model/document.ts';
import type { EntryFact } from '../../model/fact.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { areUndocumented, importedBy } from '../../store/causes.ts';
import { appendActAbout } from '../../store/exception-acts.ts';
import { closeChanges } from '../../store/stated-documents.ts';
import type { PipelineContext } from '../context.ts';
import { decideHeld, type HeldShipment, withHeldShipment, writeHeld } from './held-shipment.ts';
import { ruleOnEntries } from './rule-on-entries.ts';

export type Approval = {
  /** Only `adjustment-approval` waits for a yes. */
  readonly kind: string;
  /** The exception's subject: the shipment. */
  readonly subject: string;
  /** Who says yes: a key's id and name, or who stood at the command line. */
  readonly by: string;
  /** The key stands for one person, who may also have imported the rules that changed the price. */
  readonly isPersonal?: boolean;
};

export type ApprovalResult =
  | {
      readonly kind: 'released';
      readonly documents: readonly string[];
      /** What was entered by hand and counts from now on, in words. */
      readonly entries: readonly string[];
    }
  | { readonly kind: 'nothing-waits'; readonly detail: string }
  | { readonly kind: 'own-cause'; readonly detail: string }
  | { readonly kind: 'not-approvable'; readonly detail: string };

export async function approve(
  context: PipelineContext,
  { kind, subject, by, isPersonal = false }: Approval,
): Promise<ApprovalResult> {
  if (kind !== 'adjustment-approval') {
    return { kind: 'not-approvable', detail: `${kind} cannot be approved; adjustment-approval can` };
  }
  return withHeldShipment(context, subject, async (held) => {
    if (held === undefined) return nothingWaits(subject);
    const { client, tenant, now, state } = held;
    const waiting = decideHeld(held)?.awaitingApproval ?? [];
    const own = await ownCause(held, { by, isPersonal, kinds: new Set(waiting.map((each) => each.kind)) });
    if (own !== undefined) return own;
    const entries = await ruleOnEntries(held, { ruling: 'approved', by });
    decideHeld(held, { approvedBy: by });
    if (state.decided.length === 0 && entries.length === 0) return nothingWaits(subject);
    await writeHeld(held);
    await closeChanges(client, tenant, subject, now);
    const documents = state.decided.map(({ document }) => document.number);
    const detail = { kind, documents, ...(entries.length > 0 ? { entries } : {}) };
    await recordAct(client, tenant, { actor: by, action: 'exception.approve', subject, detail }, now);
    await appendActAbout(client, tenant, { kind, subject }, { act: 'approved', actor: by, detail: { documents } }, now);
    return { kind: 'released', documents, entries } as const;
  });
}

// Its author is who entered it by hand, or who imported the customer's prices or policy since nothing waited.
async function ownCause(
  { client, tenant, state, batch }: HeldShipment,
  { by, isPersonal, kinds }: { by: string; isPersonal: boolean; kinds: ReadonlySet<DocumentKind> },
): Promise<ApprovalResult | undefined> {
  const { shipment } = state.row;
  const refused = (did: string) => ({
    kind: 'own-cause' as const,
    detail: `${by} ${did}: somebody else must approve ${shipment}`,
  });
  const { waiting, entries } = manualIn(state.facts);
  if (waiting.some(({ sender }) => sender === by)) return refused('entered by hand what waits');
  const isOf = ({ entry }: EntryFact) => kinds.has(entry === 'charge' ? 'supplementary' : 'credit-note');
  const alone = new Set(entries.filter((each) => each.sender === by && isOf(each)).map(({ id }) => id));
  const { customer } = hear(state.facts, batch.rules)?.plan ?? {};
  if (alone.size > 0 && (await areUndocumented(client, tenant, shipment, alone)))
    return refused('entered by hand what waits');
  const imported =
    isPersonal && customer !== undefined ? await importedBy(client, tenant, { shipment, customer, by }) : [];
  return imported.length === 0 ? undefined : refused(`imported ${imported.join(', ')}`);
}

function nothingWaits(subject: string): ApprovalResult {
  return { kind: 'nothing-waits', detail: `nothing of ${subject} waits for approval` };
}
