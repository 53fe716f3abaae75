// A credit note that gives back all that is disputed of a bill settles the dispute: the bill is paid as it came, less the credit.
import type { ClientBase } from 'pg';
import { OBJECTIONS, subjectOf } from '../../domain/audit/objection.ts';
import type { Instant } from '../../model/time.ts';
import { creditedDisputes } from '../../store/carrier-credits.ts';
import { nameBill, takeStep } from '../../store/carrier-disputes.ts';
import { closeExceptions } from '../../store/exceptions.ts';
import { intendBills } from '../../store/vendor-bills.ts';
import { ERP_SYSTEM } from '../context.ts';

/** `credits`: those approved just now; the carrier is held. */
export async function settleCredited(
  client: ClientBase,
  tenant: string,
  credits: readonly string[],
  { now, isDraft }: { readonly now: Instant; readonly isDraft: boolean },
): Promise<void> {
  for (const dispute of await creditedDisputes(client, tenant, credits)) {
    const { id, bill, disputedMinor, by } = dispute;
    const reason = `Credited by the carrier: ${by}.`;
    const step = { id, state: 'accepted', recoveredMinor: disputedMinor, actor: 'lading', reason } as const;
    await takeStep(client, tenant, step, now);
    await closeExceptions(client, tenant, [{ kind: OBJECTIONS.disputed, subject: subjectOf(dispute) }], now);
    if (bill !== null) continue;
    const wanted = `bill:${subjectOf(dispute)}`;
    await nameBill(client, tenant, { id, bill: wanted, isDraft });
    await intendBills(client, tenant, ERP_SYSTEM, [wanted], now);
  }
}
