// The whole at a glance, for those who run the hub. Many pages ask at once, so an answer serves for some seconds.
import { Type } from 'typebox';
import { type Overview, overviewOf } from '../../insight/overview.ts';
import { BILLING_STATES } from '../../model/decision.ts';
import { DecimalText, InstantText } from '../../model/text.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';

const FRESH_MS = 4_000;

const text = Type.String();
const money = DecimalText;
const count = Type.Integer({ minimum: 0 });
const at = Type.Optional(InstantText);

const Flow = Type.Object({
  received: Type.Integer({ description: 'Messages in the last hour' }),
  lastReceivedAt: at,
  untranslated: Type.Integer({ description: 'Messages that are not worked on yet' }),
  oldestUntranslatedAt: at,
  failing: Type.Integer({ description: 'Problems of messages that wait for somebody' }),
  waitingFacts: Type.Integer({ description: 'Facts whose shipment is not known yet' }),
  unmatched: Type.Integer({ description: 'Of those, so long that somebody was told' }),
  applied: Type.Integer({ description: 'Events in the last hour' }),
  lastAppliedAt: at,
  toDecide: Type.Integer({ description: 'Shipments that are due to be decided again' }),
});

const System = Type.Object({
  system: text,
  breaker: Type.Enum(['closed', 'open', 'half-open']),
  waiting: count,
  unknown: Type.Integer({ description: 'Sent, and looked up before anything is sent again' }),
  failing: Type.Integer({ description: 'Refused or given up: somebody must mend them' }),
  confirmed: Type.Integer({ description: 'In the last hour' }),
  lastSuccessAt: at,
  lastFailureAt: at,
  lastFailure: Type.Optional(text),
  probeAt: at,
});

const Money = Type.Object({
  currency: text,
  expected: money,
  pending: money,
  invoiced: money,
  disputed: money,
  waived: money,
  unbilled: money,
  held: money,
  receivables: money,
  overdue: money,
  inDispute: Type.String({ description: 'What customers object to, of disputes that are open' }),
  difference: money,
});

const Unbilled = Type.Object({
  currency: text,
  billing: Type.Enum(BILLING_STATES),
  because: Type.Optional(Type.String({ description: 'Kind of the oldest open exception' })),
  shipments: count,
  amount: money,
});

const Indicators = Type.Object({
  sinceDays: Type.Integer(),
  invoiceHours: Type.Array(Type.Number()),
  invoiceTimes: Type.Object({
    shipments: count,
    medianHours: Type.Optional(Type.Number()),
    p90Hours: Type.Optional(Type.Number()),
    counts: Type.Array(count),
  }),
  exceptionDays: Type.Array(Type.Number()),
  exceptionAges: Type.Array(Type.Object({ owner: text, overdue: count, counts: Type.Array(count) })),
  accuracy: Type.Object({ invoices: count, corrected: count }),
  onTimeMinutes: Type.Integer(),
  onTime: Type.Array(Type.Object({ carrier: text, carrierName: Type.Optional(text), delivered: count, onTime: count })),
  leakage: Type.Array(Type.Object({ currency: text, found: money, recovered: money })),
});

export const OverviewAnswer = Type.Object(
  {
    at: InstantText,
    flow: Flow,
    systems: Type.Array(System),
    money: Type.Array(Money),
    unbilled: Type.Array(Unbilled, { description: 'Delivered and on no posted document, by what it waits for' }),
    holds: Type.Boolean({ description: 'Every charge is in exactly one state' }),
    indicators: Indicators,
  },
  { title: 'Overview' },
);

export function overviewRoutes(app: ApiApp, { store, now, context }: ApiHub): void {
  let kept: { readonly at: number; readonly answer: Promise<Overview> } | undefined;
  app.get('/v1/overview', {
    config: { allows: 'outcome:read' },
    schema: {
      tags: ['Outcome'],
      operationId: 'getOverview',
      summary: 'The way through, where the money is, whether the books hold, and how it goes over time',
      response: { 200: OverviewAnswer },
    },
    async handler() {
      if (kept === undefined || Date.now() - kept.at > FRESH_MS) {
        const answer = context.rules.current(store).then((rules) => overviewOf(store, now(), rules));
        kept = { at: Date.now(), answer };
        // A failure is not kept: who asks next tries again.
        kept.answer.catch(() => {
          kept = undefined;
        });
      }
      return kept.answer;
    },
  });
}
