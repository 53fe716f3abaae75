// An approver's word on what was entered by hand beyond its author's limit.
import { manualIn } from '../../domain/billing/manual.ts';
import type { RulingFact } from '../../model/fact.ts';
import { formatInstant } from '../../model/time.ts';
import { DESK_SOURCE } from '../../store/desk-entries.ts';
import { reserveEventIds } from '../../store/events.ts';
import { type HeldShipment, sayByHand } from './held-shipment.ts';

type Word = { readonly ruling: RulingFact['ruling']; readonly by: string; readonly reason?: string };

/** Says it of all that waits, and returns that in words: `credit LHL 200.00 USD`. The shipment is to be decided again. */
export async function ruleOnEntries(held: HeldShipment, { ruling, by, reason }: Word): Promise<string[]> {
  const { waiting } = manualIn(held.state.facts);
  if (waiting.length === 0) return [];
  const { client, now, state } = held;
  const [id = ''] = await reserveEventIds(client, 1);
  const time = formatInstant(now);
  const entries = waiting.map((entry) => entry.id);
  const because = reason === undefined ? {} : { reason };
  const data = { shipment: state.row.shipment, entries, ruling, ...because, ruledAt: time };
  await sayByHand(held, { id, source: DESK_SOURCE, type: 'charge.ruled', time, data }, by);
  return waiting.map(({ entry, code, amount, currency }) => `${entry} ${code} ${amount} ${currency}`);
}
