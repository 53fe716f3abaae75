// Export invoicing in stages: pro-forma, commercial, final, each released by its proof (policy key `stages`).
//
// The pro-forma is no document of the books: it says beforehand what will be invoiced, for customs, a letter of credit or an import
// licence, with tax estimated. It is issued anew when the amounts change, and ends when the invoice is decided. The commercial
// invoice is the first invoice, at the policy's trigger. What differs after that is gathered until the proof of export is there, and
// then goes out at once as the final stage.

import type { RatedCharge, ShipmentStatus, Standing } from '../../model/decision.ts';
import type { DocumentStage, KnownDocument } from '../../model/document.ts';
import type { Fact } from '../../model/fact.ts';
import type { Currency } from '../../model/money.ts';
import { formatMinor } from '../../model/money.ts';
import type { ProForma, ProFormaLine } from '../../model/pro-forma.ts';
import type { BillingPolicy, ProFormaRelease } from '../../model/setup/policy.ts';
import { formatInstant, type Instant } from '../../model/time.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Journey } from '../shipment/journey.ts';
import type { TaxDesk } from '../tax/desk.ts';
import { hasDocument, triggerReached } from './trigger.ts';

/** Of a document decided now; `undefined` where the customer is not invoiced in stages. */
export function stageNow({ stages }: BillingPolicy, facts: readonly Fact[]): DocumentStage | undefined {
  if (stages === undefined) return undefined;
  if (stages.final === undefined) return 'commercial';
  return hasDocument(facts, stages.final) ? 'final' : 'commercial';
}

/** Differences to the commercial invoice wait for the final stage. */
export function awaitsFinal({ stages }: BillingPolicy, facts: readonly Fact[]): boolean {
  return stages?.final !== undefined && !hasDocument(facts, stages.final);
}

export type Staged = {
  readonly shipment: string;
  readonly policy: BillingPolicy;
  readonly status: ShipmentStatus;
  readonly journey: Journey;
  readonly facts: readonly Fact[];
  readonly charges: readonly RatedCharge[];
  /** Something keeps its charges or its tax from being known. */
  readonly isTroubled: boolean;
  readonly taxDesk: TaxDesk;
  /** Known before, and decided just now. */
  readonly documents: readonly Pick<KnownDocument, 'number' | 'kind' | 'currency'>[];
  readonly now: Instant;
};

/** What is kept of a shipment's pro-formas, the newest last. The oldest are forgotten. */
const MOST_KEPT = 50;

/** The pro-formas as they stand now; the very same list where nothing changed. */
function proFormasAfter(before: readonly ProForma[], staged: Staged): readonly ProForma[] {
  const { policy, charges, documents } = staged;
  if (policy.stages?.proForma === undefined && before.length === 0) return before;
  const wanted = isWanted(staged) ? charges : [];
  const currencies = new Set([...before, ...charges].map(({ currency }) => currency));
  let after = before;
  for (const currency of [...currencies].sort()) {
    const invoice = documents.find((document) => document.kind === 'invoice' && document.currency === currency);
    const open = after.findLast((each) => each.currency === currency && each.state === 'open');
    const lines = invoice === undefined ? linesIn(currency, wanted, staged) : [];
    if (sameLines(open?.lines ?? [], lines)) continue;
    const next = lines.length === 0 ? [] : [issued(after, currency, lines, staged)];
    after = [...ended(after, open, invoice?.number ?? next[0]?.number), ...next].slice(-MOST_KEPT);
  }
  return after;
}

function isWanted({ policy, status, journey, facts, isTroubled }: Staged): boolean {
  const release = policy.stages?.proForma;
  return release !== undefined && !isTroubled && status !== 'cancelled' && isReleased(release, status, journey, facts);
}

const NOT_ACCEPTED: ReadonlySet<ShipmentStatus> = new Set(['planned', 'tendered', 'declined']);

function isReleased(
  release: ProFormaRelease,
  status: ShipmentStatus,
  journey: Journey,
  facts: readonly Fact[],
): boolean {
  switch (release) {
    case 'planned':
      return true;
    case 'accepted':
      return !NOT_ACCEPTED.has(status);
    case 'dispatched':
      return triggerReached('dispatched', journey, facts);
    default:
      return unreachable(release);
  }
}

function linesIn(currency: Currency, charges: readonly RatedCharge[], { taxDesk }: Staged): ProFormaLine[] {
  return charges
    .filter((charge) => charge.currency === currency)
    .flatMap(({ code, order, line, amountMinor, taxCategory: category }) => {
      const answer = taxDesk.engine.estimate({ place: taxDesk.place, category, amountMinor, currency });
      if (answer.kind === 'undetermined') return [];
      const of = order === undefined || line === undefined ? {} : { order, line };
      const amounts = { amount: formatMinor(amountMinor, currency), tax: formatMinor(answer.taxMinor, currency) };
      return [{ code, ...of, ...amounts, taxedBy: answer.record }];
    });
}

function sameLines(some: readonly ProFormaLine[], others: readonly ProFormaLine[]): boolean {
  return JSON.stringify(some.map(cells)) === JSON.stringify(others.map(cells));
}

const cells = ({ code, order, line, amount, tax }: ProFormaLine) => [code, order, line, amount, tax];

function issued(
  before: readonly ProForma[],
  currency: Currency,
  lines: readonly ProFormaLine[],
  { shipment, now, taxDesk }: Staged,
): ProForma {
  const last = before.at(-1)?.number ?? `${shipment}-P0`;
  const count = Number(last.slice(last.lastIndexOf('-P') + 2)) + 1;
  const { legalEntity } = taxDesk.place;
  return {
    number: `${shipment}-P${count}`,
    ...(legalEntity === undefined ? {} : { legalEntity }),
    currency,
    issuedAt: formatInstant(now),
    state: 'open',
    lines,
  };
}

// By an invoice or a newer one; where nothing takes its place it is void, and so is what was estimated.
function ended(all: readonly ProForma[], open: ProForma | undefined, by: string | undefined): ProForma[] {
  return all.map((each) => {
    if (each !== open) return each;
    return by === undefined ? { ...each, state: 'void' } : { ...each, state: 'replaced', replacedBy: by };
  });
}

/** Whether there is anything to issue or to end. */
export function hasProFormas({ stages }: BillingPolicy, { proFormas }: Standing): boolean {
  return stages?.proForma !== undefined || proFormas !== undefined;
}

export function withProFormas(standing: Standing, staged: Staged): Standing {
  const before = standing.proFormas ?? [];
  const after = proFormasAfter(before, staged);
  return after === before ? standing : { ...standing, proFormas: after };
}
