// The nightly comparison of our books with the ERP's: the list of what differs, and one made now.

import { Type } from 'typebox';
import { DIFFERENCES } from '../../model/comparison.ts';
import { Identifier, InstantText } from '../../model/text.ts';
import { formatInstant } from '../../model/time.ts';
import { compareOnce } from '../../pipeline/erp/compare.ts';
import { type Comparison, comparisons, keptDifferences } from '../../store/comparison.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;
const text = Type.String();
const tags = ['Outcome'];

const Compared = Type.Object(
  {
    system: Identifier,
    comparedAt: optional(InstantText),
    dueAt: InstantText,
    documents: Type.Integer({ description: 'How many of ours were looked at' }),
    differing: Type.Integer({ description: 'Of how many something differs' }),
    failure: optional(Type.String({ description: 'Why the last try came to nothing' })),
  },
  { title: 'Comparison' },
);

const Difference = Type.Object(
  {
    system: Identifier,
    document: text,
    what: Type.Enum([...DIFFERENCES]),
    ours: text,
    theirs: text,
    since: InstantText,
  },
  { title: 'DocumentDifference' },
);

export function comparisonRoutes(app: ApiApp, hub: ApiHub): void {
  const { store, context } = hub;
  app.get('/v1/comparisons', {
    config: { allows: 'outcome:read' },
    schema: {
      tags,
      operationId: 'listComparisons',
      summary: 'When our books were last held against those of each outside system, and how many documents differ',
      response: { 200: Type.Object({ items: Type.Array(Compared) }) },
    },
    async handler() {
      return { items: (await comparisons(store, store.tenant)).map(view) };
    },
  });

  app.get('/v1/comparisons/differences', {
    config: { allows: 'outcome:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listDifferences',
      summary: 'What the last comparison found, document by document: ours, theirs, and since when',
      querystring: Query({ ...PageQuery }),
      response: { 200: PageOf(Difference) },
    },
    async handler(request) {
      const { limit, after } = pageRequest('differences', request.query, 3);
      const place = after as [string, string, string] | undefined;
      const rows = await keptDifferences(store, store.tenant, limit + 1, place);
      return pageFrom(
        'differences',
        limit,
        rows,
        ({ since, ...row }) => ({ ...row, since: formatInstant(since) }),
        ({ system, document, what }) => [system, document, what],
      );
    },
  });

  app.post('/v1/comparisons', {
    config: { allows: 'receivables:write', problems: ['unavailable', 'not-possible'] },
    schema: {
      tags,
      operationId: 'compareNow',
      summary: 'Hold our books against those of the ERP now, and not only at night',
      response: { 200: Type.Object({ items: Type.Array(Compared) }) },
    },
    async handler() {
      if (hub.systems.length === 0)
        throw new ApiProblem('not-possible', 'No ERP is connected: set ODOO_URL and its like');
      for (const system of hub.systems) {
        const came = await compareOnce(context, system, { isAsked: true });
        if (came === 'compared') continue;
        const why = came === 'not-due' ? 'it is being compared just now' : came.failure;
        throw new ApiProblem('unavailable', `${system.name}: ${why}`, { retryAfterSeconds: 30 });
      }
      return { items: (await comparisons(store, store.tenant)).map(view) };
    },
  });
}

function view({ comparedAt, dueAt, ...row }: Comparison) {
  return {
    ...row,
    dueAt: formatInstant(dueAt),
    ...(comparedAt === undefined ? {} : { comparedAt: formatInstant(comparedAt) }),
  };
}
