// The ledger: what was booked, and the journal of a month as an ERP takes it.

import { Type } from 'typebox';
import { LEDGER_ACCOUNT_NAMES, LEDGER_STAGES, type LedgerStage } from '../../model/ledger.ts';
import { DecimalText, Identifier, LocalDateText } from '../../model/text.ts';
import { exportJournal, gapInWords, type JournalAnswer, type JournalRequest } from '../../pipeline/ledger/journal.ts';
import { ledgerEntries } from '../../store/read/ledger-entries.ts';
import { type ApiApp, actorOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { odooJournal } from '../journal-odoo.ts';
import { entryView, journalCsv, journalView } from '../journal-view.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';
import { PeriodText } from './periods.ts';

const optional = Type.Optional;
const tags = ['Ledger'];
const Stage = Type.Enum(LEDGER_STAGES);

const entry = {
  posting: Type.String({ description: 'What was booked together' }),
  bookedOn: LocalDateText,
  lateFor: optional(PeriodText),
  legalEntity: Type.String(),
  currency: Type.String(),
  debit: DecimalText,
  credit: DecimalText,
  shipment: Identifier,
  side: Type.Enum(['sell', 'buy']),
  code: Type.String(),
  stage: Stage,
  reason: Type.String(),
};
const LedgerEntryView = Type.Object(
  {
    ...entry,
    account: Type.Enum(LEDGER_ACCOUNT_NAMES),
    cause: Type.Enum(['expected', 'delivery', 'document', 'correction']),
    customer: Type.String(),
    carrier: Type.String(),
    lane: Type.String(),
    mode: Type.String(),
  },
  { title: 'LedgerEntry' },
);
const JournalView = Type.Object(
  {
    period: PeriodText,
    stages: Type.Array(Stage),
    lines: Type.Array(
      Type.Object({
        ...entry,
        journal: Type.String(),
        account: Type.String({ description: 'As the ERP calls it' }),
        ledgerAccount: Type.String({ description: 'As it is called here' }),
        dimensions: Type.Record(Type.String(), Type.String()),
      }),
    ),
    totals: Type.Array(
      Type.Object({
        legalEntity: Type.String(),
        currency: Type.String(),
        debit: DecimalText,
        credit: DecimalText,
        lines: Type.Integer(),
      }),
    ),
    missing: Type.Array(
      Type.Object({ legalEntity: Type.String(), what: Type.String(), of: Type.String(), lines: Type.Integer() }),
    ),
  },
  { title: 'Journal' },
);
const JournalAsked = Type.Object(
  {
    period: PeriodText,
    legalEntity: optional(Identifier),
    stages: optional(
      Type.Array(Stage, { minItems: 1, description: 'None given: accrued. Invoices the ERP has by itself' }),
    ),
    format: optional(
      Type.Enum(['json', 'csv', 'odoo'], { description: '`odoo`: CSV for the import of journal entries there' }),
    ),
  },
  { additionalProperties: false },
);

export function ledgerRoutes(app: ApiApp, { context, store }: ApiHub): void {
  app.get('/v1/ledger/entries', {
    config: { allows: 'ledger:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listLedgerEntries',
      summary: 'Entries of the ledger, in the order they were booked',
      querystring: Query({
        ...PageQuery,
        shipment: optional(Identifier),
        period: optional(PeriodText),
        legalEntity: optional(Identifier),
      }),
      response: { 200: PageOf(LedgerEntryView) },
    },
    async handler(request) {
      const { shipment, period, legalEntity } = request.query;
      const page = pageRequest('ledger', request.query, 2);
      const filter = { shipment, legalEntity, ...(period === undefined ? {} : { period: `${period}-01` }) };
      const rows = await ledgerEntries(store, store.tenant, filter, { ...page, limit: page.limit + 1 });
      return pageFrom('ledger', page.limit, rows, entryView, ({ posting, position }) => [posting, String(position)]);
    },
  });

  app.post('/v1/journal-exports', {
    config: { allows: 'ledger:write', problems: ['journal-incomplete'] },
    schema: {
      tags,
      operationId: 'exportJournal',
      summary: 'The journal of a month with the accounts and dimensions of the ERP, as JSON or CSV',
      description:
        'By `ledger.json`. Whole or not at all: where an account or dimension is missing and its policy is `block`, ' +
        'nothing is exported; where it is `task`, it is empty in the journal and an exception is open. Kept in the audit trail. ' +
        'For Odoo: one legal entity, every account named.',
      body: JournalAsked,
      response: { 200: JournalView },
    },
    async handler(request, reply) {
      const { period, legalEntity, stages = ['accrued'], format } = request.body;
      const asked: JournalRequest = {
        period: `${period}-01`,
        stages,
        by: actorOf(request),
        ...(legalEntity === undefined ? {} : { legalEntity }),
      };
      const answer = await exportJournal(context, asked);
      if (answer.kind === 'too-large') {
        throw new ApiProblem(
          'invalid-request',
          `more than ${answer.most} entries: ask for one legal entity, or fewer stages`,
        );
      }
      if (answer.kind === 'blocked') {
        const parts = answer.gaps.slice(0, 100).map((gap) => ({ path: gap.legalEntity, message: gapInWords(gap) }));
        const detail = `the journal of ${period} lacks ${parts[0]?.message}: add it to ledger.json, import it, and export again`;
        throw new ApiProblem('journal-incomplete', detail, { parts });
      }
      const view = journalView(answer.journal, period, stages);
      if (format === undefined || format === 'json') return view;
      const csv = format === 'csv' ? journalCsv(view) : odooCsv(answer, period, stages);
      return reply.type('text/csv; charset=utf-8').send(csv as never);
    },
  });
}

function odooCsv(
  { journal, mapped, booksCurrencies }: Extract<JournalAnswer, { kind: 'journal' }>,
  period: string,
  stages: readonly LedgerStage[],
): string {
  const answer = odooJournal(journal, stages, mapped, booksCurrencies);
  if (answer.kind === 'file') return answer.csv;
  if (answer.kind === 'asked') throw new ApiProblem('invalid-request', `the journal of ${period}: ${answer.what}`);
  const detail = `the journal of ${period} lacks ${answer.what}: add it to the setup, import it, and export again`;
  throw new ApiProblem('journal-incomplete', detail);
}
