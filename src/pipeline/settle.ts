// What a customer's shipments have in common is decided: payments applied, periods closed, credit given or held.
//
// Locks are taken in the order in which everybody takes them: the account's own, then shipments in key order, then the list
// of what is due. What is asked for meanwhile leaves its mark and is looked at in the next pass.
import type { ClientBase } from 'pg';
import { numbering } from '../domain/billing/documents.ts';
import { type Settlement, settle } from '../domain/billing/settle.ts';
import { owedByCurrency } from '../domain/cash/open-items.ts';
import type { Standing } from '../model/decision.ts';
import type { RuleBook } from '../model/rules.ts';
import { earliest, type Instant } from '../model/time.ts';
import { type DueAccount, dueAccounts, holdAccount, rescheduleAccount } from '../store/accounts.ts';
import { candidatesOf, type KeptCandidate } from '../store/candidates.ts';
import { documentsOf, keepDocuments } from '../store/invoices.ts';
import { lockShipments, type ShipmentRow, type StandingChange, writeStandings } from '../store/shipments.ts';
import { ERP_SYSTEM, type PipelineContext } from './context.ts';
import { wantErpPayments } from './erp/payments.ts';
import { applyCash } from './settle/cash.ts';
import { collectOverdue } from './settle/collections.ts';

const AT_ONCE = 50;

/** Decides for the accounts that are due; returns how many. */
export async function settleOnce(context: PipelineContext): Promise<number> {
  const { store, clock } = context;
  const due = await dueAccounts(store, store.tenant, clock.now(), AT_ONCE);
  let done = 0;
  for (const account of due) {
    done += await store.transaction(async (client) => {
      if (!(await holdAccount(client, store.tenant, account.customer))) return 0;
      const rules = await context.rules.hold(client);
      await settleAccount(client, store.tenant, account, rules, clock.now());
      return 1;
    });
  }
  return done;
}

async function settleAccount(client: ClientBase, tenant: string, account: DueAccount, rules: RuleBook, now: Instant) {
  const { customer } = account;
  const { rows, candidates } = await holdCandidates(client, tenant, customer);
  const ledger = await applyCash(client, tenant, customer, now);
  const { documents, open } = ledger;
  await wantErpPayments(client, tenant, customer, rules, now);
  const known = await documentsOf(
    client,
    tenant,
    rows.map(({ shipment }) => shipment),
  );
  const policy = rules.policies.get(customer)?.content ?? { customer };
  const nextStageAt = await collectOverdue(client, tenant, policy, ledger, now);
  const settlement = settle(
    {
      customer,
      policy,
      candidates,
      openMinor: owedByCurrency(documents, open),
      released: releasedIn(rows),
      nextNumber: numbering(known),
    },
    now,
  );
  const decided = settlement.documents.map((document) => ({ document }));
  await keepDocuments(client, tenant, ERP_SYSTEM, decided, now);
  await writeStandings(client, tenant, changesFrom(rows, candidates, settlement), now);
  // What was decided may be what a payment waited for.
  const wakeAt = earliest([settlement.wakeAt, nextStageAt]);
  await rescheduleAccount(client, tenant, account, decided.length > 0 ? now : wakeAt);
}

/** The candidates as they are once nobody else can change them. */
async function holdCandidates(client: ClientBase, tenant: string, customer: string) {
  const offered = await candidatesOf(client, tenant, [customer]);
  const shipments = [...new Set(offered.map(({ shipment }) => shipment))].sort();
  const rows = await lockShipments(client, tenant, shipments);
  const held = new Set(rows.map(({ shipment }) => shipment));
  const candidates = (await candidatesOf(client, tenant, [customer])).filter(({ shipment }) => held.has(shipment));
  return { rows, candidates };
}

function releasedIn(rows: readonly ShipmentRow[]): ReadonlySet<string> {
  const released = rows.filter(({ standing }) => (JSON.parse(standing) as Standing).creditReleased === true);
  return new Set(released.map(({ shipment }) => shipment));
}

// Those on a document are decided again, to see it; so are those whose credit was refused or given.
function changesFrom(
  rows: readonly ShipmentRow[],
  candidates: readonly KeptCandidate[],
  { documents, creditHeld }: Settlement,
): StandingChange[] {
  const documented = new Map<string, number>();
  for (const { shipments } of documents) {
    for (const shipment of shipments) documented.set(shipment, (documented.get(shipment) ?? 0) + 1);
  }
  const offering = new Set(candidates.map(({ shipment }) => shipment));
  return rows.flatMap(({ shipment, standing: text }): StandingChange[] => {
    if (!offering.has(shipment)) return [];
    const { creditHeld: wasHeld = false, ...standing } = JSON.parse(text) as Standing;
    const isHeld = creditHeld.includes(shipment);
    const newDocuments = documented.get(shipment) ?? 0;
    if (isHeld === wasHeld && newDocuments === 0) return [];
    const settled = JSON.stringify(isHeld ? { ...standing, creditHeld: true } : standing);
    // What is on a document is no longer offered: the account may be looked at again before its shipments are.
    return [{ shipment, newDocuments, standing: settled, isWithdrawn: newDocuments > 0 }];
  });
}
