// What a person enters by hand about a shipment's charges: a further charge, a credit of a part, a write-off.
//
// Each role has a limit for what one person enters on one shipment (`policies.adjustments.manualLimits`). Within it the entry
// counts at once, and so much of an adjustment needs no approver; beyond it the entry waits in `adjustment-approval`.

import { amountOf, manualIn } from '../../domain/billing/manual.ts';
import type { DecideOptions } from '../../domain/decide.ts';
import { GOODS_CODE } from '../../domain/goods/price.ts';
import type { Decision } from '../../model/decision.ts';
import type { EntryFact } from '../../model/fact.ts';
import { type Currency, formatMinor, limitMinor, parseMinor } from '../../model/money.ts';
import type { ManualLimits } from '../../model/setup/policy.ts';
import { formatInstant } from '../../model/time.ts';
import { recordAct } from '../../store/audit-trail.ts';
import { DESK_SOURCE } from '../../store/desk-entries.ts';
import { reserveEventIds } from '../../store/events.ts';
import type { PipelineContext } from '../context.ts';
import { decideHeld, type HeldShipment, sayByHand, withHeldShipment, writeHeld } from './held-shipment.ts';

export type Entry = {
  readonly shipment: string;
  readonly entry: EntryFact['entry'];
  readonly code: string;
  /** Decimal text above zero; a write-off without one is of all that is not invoiced yet. */
  readonly amount?: string;
  /** None given: the one that the shipment is billed in. */
  readonly currency?: Currency;
  readonly reason: string;
  /** The author: a key's id and name, or who stood at the command line. */
  readonly by: string;
  /** The author's; one that no limit can be given for may enter nothing alone. */
  readonly role: string;
  /** Said before by the same author, it is not said again; whatever became of it. */
  readonly once?: boolean;
};

export type EntryResult =
  | {
      readonly kind: 'entered';
      readonly event: string;
      readonly amount: string;
      readonly currency: Currency;
      /** An approver's word is needed. */
      readonly waits: boolean;
      /** Numbers of the documents that were decided at once. */
      readonly documents: readonly string[];
    }
  | { readonly kind: 'shipment-unknown'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string };

export function enter(context: PipelineContext, entry: Entry): Promise<EntryResult> {
  return withHeldShipment(context, entry.shipment, async (held) => {
    const decision = held && decideHeld(held);
    if (held === undefined || decision === undefined) {
      return { kind: 'shipment-unknown', detail: `no shipment ${entry.shipment} is known with its plan` };
    }
    if (entry.once === true && isSaid(entry, held)) {
      return { kind: 'refused', detail: `${entry.by} said so of ${entry.shipment} before` };
    }
    const checked = checkedEntry(entry, decision, held);
    if (checked.kind === 'refused') return checked;
    return keepEntry(held, entry, checked, needsApproval(held, decision, entry, checked));
  });
}

function isSaid({ entry, code, currency, by }: Entry, { state }: HeldShipment): boolean {
  return state.facts.some(
    (fact) =>
      fact.kind === 'entry' &&
      fact.entry === entry &&
      fact.code === code &&
      fact.currency === currency &&
      fact.sender === by,
  );
}

type Checked = { readonly kind: 'fits'; readonly currency: Currency; readonly amountMinor: bigint };
type Refused = { readonly kind: 'refused'; readonly detail: string };

function checkedEntry(entry: Entry, decision: Decision, held: HeldShipment): Checked | Refused {
  const refused = (detail: string): Refused => ({ kind: 'refused', detail });
  const { shipment, code } = entry;
  if (code === GOODS_CODE) {
    return refused(`${GOODS_CODE} follows the order: correct its price, or report a shortage or a return`);
  }
  const currency = entry.currency ?? onlyCurrencyOf(decision, held);
  if (currency === undefined) return refused(`${shipment} is billed in no one currency: name it`);
  const { chargedMinor, openMinor } = standingOf(decision, held, code, currency);
  const amount = entry.amount ?? (entry.entry === 'write-off' ? formatMinor(openMinor, currency) : '');
  const amountMinor = parseMinor(amount, currency);
  if (amountMinor === undefined || (amountMinor <= 0n && entry.amount !== undefined)) {
    return refused(`amount "${amount}" is no amount of ${currency} above zero`);
  }
  const mostMinor = { charge: undefined, credit: chargedMinor, 'write-off': openMinor }[entry.entry];
  if (mostMinor !== undefined && (mostMinor <= 0n || amountMinor > mostMinor)) {
    const most = `${formatMinor(mostMinor > 0n ? mostMinor : 0n, currency)} ${currency}`;
    return refused(
      entry.entry === 'credit'
        ? `${code} of ${shipment} comes to ${most}: no more than that can be credited`
        : `${code} of ${shipment} has ${most} not invoiced yet: no more than that can be written off; what is invoiced is credited`,
    );
  }
  return { kind: 'fits', currency, amountMinor };
}

function onlyCurrencyOf({ rated }: Decision, { state }: HeldShipment): Currency | undefined {
  const sold = rated.filter(({ side }) => side === 'sell');
  const currencies = new Set([...sold, ...state.documents].map(({ currency }) => currency));
  return currencies.size === 1 ? [...currencies][0] : undefined;
}

/** What a code comes to now, and what of that is neither on a document nor waived. */
function standingOf({ rated, charges }: Decision, { state }: HeldShipment, code: string, currency: Currency) {
  const isMeant = (each: { code: string; currency: Currency }) => each.code === code && each.currency === currency;
  const sum = (some: readonly { amountMinor: bigint }[]) => some.reduce((total, each) => total + each.amountMinor, 0n);
  const chargedMinor = sum(rated.filter((charge) => charge.side === 'sell' && isMeant(charge)));
  const waivedMinor = sum(charges.filter((row) => row.state === 'waived' && isMeant(row)));
  const documentedMinor = state.documents
    .filter((document) => document.currency === currency)
    .flatMap(({ kind, lines }) => lines.map((line) => ({ ...line, sign: kind === 'credit-note' ? -1n : 1n })))
    .filter((line) => line.shipment === state.row.shipment && line.code === code)
    .reduce((total, { amountMinor, sign }) => total + sign * amountMinor, 0n);
  return { chargedMinor, openMinor: chargedMinor - documentedMinor - waivedMinor };
}

// All that one person entered alone on the shipment counts: many small entries are one large one.
function needsApproval(
  { state, batch }: HeldShipment,
  { customer }: Decision,
  { by, role }: Entry,
  { currency, amountMinor }: Checked,
): boolean {
  const limits: ManualLimits = batch.rules.policies.get(customer)?.content.adjustments?.manualLimits ?? {};
  const mostMinor = limitMinor(limits[role as keyof ManualLimits] ?? '0', currency);
  const alone = manualIn(state.facts).entries.filter(
    (entry) => !entry.needsApproval && entry.sender === by && entry.currency === currency,
  );
  return alone.reduce((sum, entry) => sum + amountOf(entry), amountMinor) > mostMinor;
}

async function keepEntry(
  held: HeldShipment,
  { shipment, entry, code, reason, by }: Entry,
  { currency, amountMinor }: Checked,
  waits: boolean,
): Promise<EntryResult> {
  const { client, tenant, now, state } = held;
  const [id = ''] = await reserveEventIds(client, 1);
  const amount = formatMinor(amountMinor, currency);
  const data = { shipment, entry, code, amount, currency, reason, enteredAt: formatInstant(now), needsApproval: waits };
  const time = formatInstant(now);
  await sayByHand(held, { id, source: DESK_SOURCE, type: 'charge.entered', time, data }, by);
  const direction = entry === 'charge' ? 'increase' : 'reduction';
  const authorised: DecideOptions['authorised'] = waits ? undefined : { direction, currency, amountMinor };
  decideHeld(held, { authorised });
  await writeHeld(held);
  const documents = state.decided.map(({ document }) => document.number);
  const detail = { entry, code, amount, currency, reason, waits, documents };
  await recordAct(client, tenant, { actor: by, action: 'charge.enter', subject: shipment, detail }, now);
  return { kind: 'entered', event: id, amount, currency, waits, documents };
}
