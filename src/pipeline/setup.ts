// Setup files become versions of rules. What changes is decided again; what stays the same is not touched.
import type { ClientBase } from 'pg';
import { exchangeKey } from '../domain/rules.ts';
import type { ExchangeRate } from '../model/rules.ts';
import type { Setup } from '../model/setup/index.ts';
import type { TaxRow } from '../model/setup/tables.ts';
import type { Instant } from '../model/time.ts';
import { recordAct } from '../store/audit-trail.ts';
import { markAccountsDue } from '../store/candidates.ts';
import { markComparedInvoices, markInvoicesOfCustomers } from '../store/carrier-invoices-due.ts';
import { planJob } from '../store/open-lists.ts';
import { addRuleVersions, advanceRuleStamp, type NewRule, putFuelPrices, type RuleKind } from '../store/rules.ts';
import { wakeConcerned } from '../store/shipments.ts';
import type { PipelineContext } from './context.ts';
import { wakeRatedBy } from './fuel.ts';
import { closeForKnownSenders } from './known-senders.ts';
import { nextTime } from './lists.ts';

export type AddedVersion = { readonly kind: RuleKind; readonly id: string; readonly version: number };
export type ImportResult = {
  /** New versions; identical content adds none. */
  readonly added: readonly AddedVersion[];
  /** Fuel prices that were new or changed. */
  readonly fuelPrices: number;
  /** Shipments that will be decided again. */
  readonly woken: number;
};

/** Takes validated setup in, all or nothing, and has what it concerns decided again. */
export async function importSetup(context: PipelineContext, setup: Setup, by: string): Promise<ImportResult> {
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const now = clock.now();
    // Waits for those who decide under the rules so far: what they write is then seen below, and woken.
    await advanceRuleStamp(client, store.tenant);
    const added = await addRuleVersions(client, store.tenant, rulesIn(setup), by, now);
    const changedPrices = await putFuelPrices(client, store.tenant, pricesIn(setup, now));
    const rules = await context.rules.reread(client);
    await wakeRatedBy(client, store.tenant, changedPrices, rules, now);
    if (added.some(({ kind }) => kind === 'partner')) await closeForKnownSenders(client, store.tenant, rules, now);
    const audits = added.filter(({ kind }) => kind === 'audit').map(({ id }) => id);
    await markComparedInvoices(client, store.tenant, audits);
    const planned = (setup.jobs ?? []).filter(({ job }) => added.some(({ kind, id }) => kind === 'job' && id === job));
    for (const job of planned) {
      const due = { timezone: 'UTC', ...job, dueAt: nextTime(job, now) };
      await planJob(client, store.tenant, due);
    }
    const woken = await wakeForVersions(client, store.tenant, setup, added, now);
    const result = { added, fuelPrices: changedPrices.length, woken };
    await recordAct(client, store.tenant, { actor: by, action: 'setup.import', detail: summaryOf(result) }, now);
    return result;
  });
}

function rulesIn(setup: Setup): NewRule[] {
  const {
    partners = [],
    agreements = [],
    policies = [],
    taxes = [],
    audit = [],
    entities = [],
    ledger = [],
    jobs = [],
  } = setup;
  return [
    ...partners.map((content) => ({ kind: 'partner' as const, id: content.id, content })),
    ...agreements.map((content) => ({ kind: 'agreement' as const, id: content.id, content })),
    ...policies.map((content) => ({ kind: 'policy' as const, id: content.customer, content })),
    ...taxes.map((content) => ({ kind: 'tax' as const, id: taxId(content), content })),
    ...audit.map((content) => ({ kind: 'audit' as const, id: content.carrier, content })),
    ...entities.map((content) => ({ kind: 'entity' as const, id: content.id, content })),
    ...ledger.map((content) => ({ kind: 'ledger' as const, id: content.legalEntity ?? '*', content })),
    ...jobs.map((content) => ({ kind: 'job' as const, id: content.job, content })),
    ...exchangeRatesIn(setup).map((content) => ({ kind: 'exchange' as const, id: exchangeId(content), content })),
  ];
}

// Each day's rate is a rule of its own: an import adds days and never drops one.
export function exchangeRatesIn({ exchange = [] }: Setup): ExchangeRate[] {
  return exchange.flatMap(({ from, to, entries }) => entries.map((entry) => ({ from, to, ...entry })));
}

export const exchangeId = (rate: ExchangeRate) => `${exchangeKey(rate)}/${rate.effective}`;

// A tax row is known by what it matches.
function taxId({ legalEntity = '*', country = '*', region = '*', category = '*' }: TaxRow): string {
  return [legalEntity, country, region, category].join('/');
}

function pricesIn({ fuel = [] }: Setup, now: Instant) {
  return fuel.flatMap(({ index, entries }) => entries.map((entry) => ({ index, ...entry, reportedAt: now })));
}

// Whoever speaks for whom, what is taxed, and in which money books are kept may concern any shipment; the rest, those of the party.
const CONCERNS_ALL: ReadonlySet<RuleKind> = new Set(['partner', 'tax', 'entity', 'exchange']);

async function wakeForVersions(
  client: ClientBase,
  tenant: string,
  setup: Setup,
  added: readonly AddedVersion[],
  now: Instant,
): Promise<number> {
  const policies = added.filter(({ kind }) => kind === 'policy').map(({ id }) => id);
  await markAccountsDue(client, tenant, policies, now);
  await markInvoicesOfCustomers(client, tenant, policies);
  if (added.some(({ kind }) => CONCERNS_ALL.has(kind))) return wakeConcerned(client, tenant, {}, now);
  const ids = (wanted: RuleKind) => new Set(added.filter(({ kind }) => kind === wanted).map(({ id }) => id));
  const agreements = (setup.agreements ?? []).filter(({ id }) => ids('agreement').has(id));
  const parties = (side: 'sell' | 'buy') => agreements.filter((a) => a.side === side).map(({ party }) => party);
  const customers = [...parties('sell'), ...ids('policy')];
  const carriers = parties('buy');
  if (customers.length === 0 && carriers.length === 0) return 0;
  return wakeConcerned(client, tenant, { customers, carriers }, now);
}

function summaryOf({ added, fuelPrices }: ImportResult) {
  return { versions: added.map(({ kind, id, version }) => `${kind} ${id} ${version}`), fuelPrices };
}
