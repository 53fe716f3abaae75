// Why a shipment is not invoiced: the reason, what it waits for, and who owns that, in one sentence. Pure.

import { manualIn } from '../../domain/billing/manual.ts';
import { hasDocument, triggerReached } from '../../domain/billing/trigger.ts';
import type { Heard } from '../../domain/shipment/hearing.ts';
import { happenedAt, type Journey } from '../../domain/shipment/journey.ts';
import type { Decision } from '../../model/decision.ts';
import { subtotalOf } from '../../model/document.ts';
import { type OpenException, type OwnerRole, termsOf } from '../../model/exception.ts';
import { formatMinor } from '../../model/money.ts';
import type { BillingTrigger } from '../../model/setup/policy.ts';
import { unreachable } from '../../model/unreachable.ts';
import { EXCEPTION_GUIDE } from '../exception-guide.ts';
import type { ExplainedInvoice } from '../explanation/document.ts';

export type BillingQuestion = {
  readonly decision: Decision;
  readonly heard: Heard;
  readonly journey: Journey;
  readonly trigger: BillingTrigger;
  readonly invoices: readonly ExplainedInvoice[];
  /** Open exceptions the store knows of beside the decision's own, such as `credit-hold` and `erp-rejected`. */
  readonly open: readonly Pick<OpenException, 'kind' | 'detail'>[];
};

type Reason = { readonly because: string; readonly waitsFor: string; readonly owner: OwnerRole | string };

const FINAL_STAGE: Reason = {
  because: 'they belong to the final stage',
  waitsFor: EXCEPTION_GUIDE['export-proof-missing'].waitsFor,
  owner: termsOf('export-proof-missing').owner,
};

/** `undefined` where everything due is invoiced. */
export function billingSentence(question: BillingQuestion): string | undefined {
  const { decision } = question;
  switch (decision.billing) {
    case 'invoiced':
      return undefined;
    case 'nothing-to-bill':
      return decision.status === 'cancelled'
        ? 'Not invoiced because it was cancelled and nothing is charged for that.'
        : 'Not invoiced because nothing is charged for it.';
    case 'not-due':
      return sentence('Not invoiced', triggerReason(question));
    case 'held':
      return sentence('Not invoiced', heldReason(question));
    case 'adjusting':
      return sentence(`${adjustmentsOf(question)} not invoiced`, {
        because: 'it is above what is approved by itself',
        waitsFor: EXCEPTION_GUIDE['adjustment-approval'].waitsFor,
        owner: termsOf('adjustment-approval').owner,
      });
    case 'waiting':
      if (decision.candidates.length === 0) return sentence('Its differences are not invoiced', FINAL_STAGE);
      return sentence('Not invoiced', {
        because: 'its customer is invoiced by period',
        waitsFor: 'the end of the period',
        owner: 'finance',
      });
    case 'ready':
      return sentence('Decided, and not in the ERP yet', deliveryReason(question));
    default:
      return unreachable(decision.billing);
  }
}

// "The supplementary of 110.00 USD is"; what was entered by hand may wait alone: "The credit of 20.00 USD (LHL) by hand is"
function adjustmentsOf({ decision, heard }: BillingQuestion): string {
  const each = [
    ...decision.awaitingApproval.map(
      ({ kind, currency, lines }) => `${kind} of ${formatMinor(subtotalOf(lines), currency)} ${currency}`,
    ),
    ...manualIn(heard.facts).waiting.map(
      ({ entry, amount, currency, code }) => `${entry} of ${amount} ${currency} (${code}) by hand`,
    ),
  ];
  return `The ${each.join(' and the ')} ${each.length === 1 ? 'is' : 'are'}`;
}

function sentence(what: string, { because, waitsFor, owner }: Reason): string {
  return `${what} because ${because.replace(/\.$/, '')}; waits for ${waitsFor}; owner ${owner}.`;
}

function triggerReason({ trigger, journey, heard }: BillingQuestion): Reason {
  const because = `its billing trigger ${trigger} is not reached`;
  return { because, waitsFor: missingFor(trigger, journey, heard).join(' and '), owner: 'operations' };
}

function missingFor(trigger: BillingTrigger, journey: Journey, { facts }: Heard): string[] {
  switch (trigger) {
    case 'dispatched':
      return ['its pickup or any later movement'];
    case 'delivered':
      return missingDeliveries(journey);
    case 'pod':
      return [...missingDeliveries(journey), ...(hasDocument(facts, 'pod') ? [] : ['the proof of delivery'])];
    case 'export-cleared': {
      // The trigger asks for two things; which of them is there is seen by granting it the other.
      const release = { id: '', sender: '', reportedAt: 0, kind: 'document', document: 'export-release' } as const;
      const hasLeft = triggerReached('export-cleared', journey, [...facts, release]);
      const released = hasDocument(facts, 'export-release') || journey.happenings.some(isRelease);
      return [...(hasLeft ? [] : ['its departure from the country']), ...(released ? [] : ['the export release'])];
    }
    default:
      return unreachable(trigger);
  }
}

const isRelease = ({ milestone }: { milestone: string }) => milestone === 'export-cleared';

function missingDeliveries(journey: Journey): string[] {
  const deliveries = journey.stops.filter(({ kind }) => kind === 'delivery');
  if (deliveries.length === 0) return ['a plan with a delivery stop'];
  return deliveries
    .filter((stop) => happenedAt(journey, stop, 'delivered') === undefined)
    .map(({ sequence, city }) => `delivery at stop ${sequence}${city === undefined ? '' : ` (${city})`}`);
}

function heldReason({ decision, open }: BillingQuestion): Reason {
  const holding = [...decision.exceptions, ...open].filter(({ kind }) => termsOf(kind).holds === true);
  const kinds = [...new Map(holding.map((exception) => [exception.kind, exception])).values()];
  const each = (of: (kind: (typeof kinds)[number]['kind']) => string) => [
    ...new Set(kinds.map(({ kind }) => of(kind))),
  ];
  return {
    because: kinds.map(({ kind, detail }) => `${kind}: ${detail.replace(/\.$/, '')}`).join('; and ') || 'it is held',
    waitsFor: each((kind) => EXCEPTION_GUIDE[kind].waitsFor).join(' and ') || 'its release',
    owner: each((kind) => termsOf(kind).owner).join(' and ') || 'finance',
  };
}

function deliveryReason({ invoices }: BillingQuestion): Reason {
  const late = invoices.find(({ state }) => state !== 'posted');
  const effect = late?.effects[0];
  if (late === undefined || effect === undefined) {
    return { because: 'it was only just decided', waitsFor: 'its turn', owner: 'integration' };
  }
  const reason = effect.reason === undefined ? '' : ` (${effect.reason})`;
  switch (effect.state) {
    case 'refused':
    case 'dead':
      return {
        because: `the ERP ${effect.state === 'dead' ? 'could not be made to take' : 'refused'} ${late.number}${reason}`,
        waitsFor: 'the cause to be mended and `lading replay --deliveries`',
        owner: 'finance',
      };
    case 'unknown':
    case 'sent':
      return {
        because: `it is not known yet whether the ERP has ${late.number}${reason}`,
        waitsFor: 'a look-up there',
        owner: 'integration',
      };
    default:
      return {
        because: `${late.number} is on its way${reason}`,
        waitsFor:
          effect.attempts === 0 || effect.nextAt === undefined ? 'its turn' : `the next try at ${effect.nextAt}`,
        owner: 'integration',
      };
  }
}
