// What is to be asked of whoever carries an order, now that the order is so: pure.
//
// Prices are not theirs to know, so a change of price asks nothing. After pickup nothing is asked any more: the goods are
// on the road as they were tendered, and a person must talk to the driver.
import type { DemandContent, DemandPurpose } from '../../model/demand.ts';
import type { DemandProfile } from '../../model/setup/demand.ts';
import type { Order } from '../../model/shipment.ts';

export type AskedBefore = { readonly isOpen: boolean; readonly content: DemandContent };
/** Where the order's shipments are: none picked up, some under way, or all at the end of their journey. */
export type Journey = 'before-pickup' | 'under-way' | 'ended';

export type DemandPlan =
  | { readonly plan: 'nothing' }
  | { readonly plan: 'ask'; readonly purpose: DemandPurpose; readonly content: DemandContent }
  /** Nobody could carry it anywhere. */
  | { readonly plan: 'incomplete'; readonly missing: readonly string[] }
  | { readonly plan: 'too-late'; readonly changes: readonly string[] };

/** `before`: what whoever is asked holds to be so; none: nothing. */
export function planDemand(
  order: Order,
  profile: Pick<DemandProfile, 'mode' | 'pickup'>,
  before: AskedBefore | undefined,
  journey: Journey,
): DemandPlan {
  const isCancelled = order.cancelledAt !== undefined || order.lines.length === 0;
  const held = before?.isOpen ? before.content : undefined;
  if (held === undefined)
    return isCancelled || journey !== 'before-pickup' ? NOTHING : asked('original', order, profile);
  const changes = isCancelled ? ['cancelled'] : changesBetween(held, contentOf(order, profile));
  if (changes.length === 0 || journey === 'ended') return NOTHING;
  if (journey === 'under-way') return { plan: 'too-late', changes };
  return isCancelled ? { plan: 'ask', purpose: 'cancel', content: held } : asked('change', order, profile);
}

const NOTHING: DemandPlan = { plan: 'nothing' };

function asked(purpose: DemandPurpose, order: Order, profile: Pick<DemandProfile, 'mode' | 'pickup'>): DemandPlan {
  const missing = (['city', 'country'] as const).filter((key) => order.shipTo[key] === undefined);
  return missing.length > 0
    ? { plan: 'incomplete', missing: missing.map((key) => `${key} of delivery`) }
    : { plan: 'ask', purpose, content: contentOf(order, profile) };
}

function contentOf(order: Order, { mode = 'LTL', pickup }: Pick<DemandProfile, 'mode' | 'pickup'>): DemandContent {
  const { customerReference, wantedBy } = order;
  return {
    order: order.order,
    customer: order.customer,
    ...(customerReference === undefined ? {} : { customerReference }),
    mode,
    pickup,
    delivery: order.shipTo,
    ...(wantedBy === undefined ? {} : { wantedBy }),
    lines: order.lines.map(({ line, sku, description, quantity, weight }) => ({
      line,
      ...(sku === undefined ? {} : { sku }),
      ...(description === undefined ? {} : { description }),
      quantity,
      ...(weight === undefined ? {} : { weight }),
    })),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  customerReference: 'customer reference',
  mode: 'mode',
  pickup: 'place of pickup',
  delivery: 'place of delivery',
  wantedBy: 'date',
  lines: 'goods',
};

/** In what two of them differ, in words. Keys are compared in a fixed order, so how a text was written down does not matter. */
export function changesBetween(one: DemandContent, other: DemandContent): string[] {
  return Object.keys(WORDS).flatMap((key) => {
    const [before, after] = [one, other].map((content) => canonical(content[key as keyof DemandContent]));
    return before === after ? [] : [WORDS[key] as string];
  });
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
