// The rules as people look them up: which there are, every version with who imported it and what it changed, fuel prices.
import { Type } from 'typebox';
import { type Partners, partnerName } from '../../insight/partner-names.ts';
import { differencesBetween } from '../../model/difference.ts';
import { FreeText, Identifier, InstantText, LocalDateText } from '../../model/text.ts';
import {
  listFuelPrices,
  listRules,
  type RuleHead as RuleRow,
  type RuleVersionRow,
  versionsOfRule,
} from '../../store/read/rules.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';
import { RULE_KINDS } from './setup.ts';

const optional = Type.Optional;
const tags = ['Setup'];
const Kind = Type.Enum(RULE_KINDS);
const imported = {
  importedAt: InstantText,
  importedBy: Type.String({ description: 'A key, a user, or who stood at the command line' }),
};

const RuleHead = Type.Object(
  {
    kind: Kind,
    id: Identifier,
    version: Type.Integer({ description: 'The newest' }),
    ...imported,
    about: optional(FreeText),
    partyName: optional(Type.String({ description: 'Of the partner that it is about' })),
  },
  { title: 'Rule' },
);

const Differences = Type.Array(
  Type.Object(
    {
      path: Type.String({ examples: ['lanes[ftl-il-ga].linehaul.rate'] }),
      before: optional(Type.Unknown({ description: 'Missing: it was added' })),
      after: optional(Type.Unknown({ description: 'Missing: it was taken away' })),
    },
    { title: 'Difference' },
  ),
);

const VersionView = Type.Object(
  {
    version: Type.Integer(),
    ...imported,
    content: Type.Unknown({ description: 'As in the setup file of its kind' }),
    changed: Type.Unsafe({ ...Differences, description: 'Against the version before' }),
  },
  { title: 'VersionOfRule' },
);

const Named = { kind: Kind, id: Identifier };

export function ruleRoutes(app: ApiApp, { store, context }: ApiHub): void {
  const { tenant } = store;
  app.get('/v1/setup/rules', {
    config: { allows: 'setup:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listRules',
      summary: 'Rules, by kind and id, each with its newest version',
      querystring: Query({
        ...PageQuery,
        kind: optional(Kind),
        search: optional(Type.String({ maxLength: 200, description: 'In its id, name or party' })),
      }),
      response: { 200: PageOf(RuleHead) },
    },
    async handler(request) {
      const page = pageRequest('rules', request.query, 2);
      const rows = await listRules(store, tenant, request.query, page);
      const rules = await context.rules.current(store);
      const named = (row: RuleRow) => withPartyName(rules, row);
      return pageFrom('rules', page.limit, rows, named, ({ kind, id }) => [kind, id]);
    },
  });

  app.get('/v1/setup/versions', {
    config: { allows: 'setup:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'listVersions',
      summary: 'Every version of one rule, the newest first: who imported it, and what it changed',
      querystring: Query(Named),
      response: { 200: Type.Object({ ...Named, items: Type.Array(VersionView) }) },
    },
    async handler({ query: { kind, id } }) {
      const versions = await mustExist(kind, id);
      const items = versions.map((version, index) => {
        const before = versions[index + 1]?.content;
        return { ...version, changed: before === undefined ? [] : differencesBetween(before, version.content) };
      });
      return { kind, id, items };
    },
  });

  app.get('/v1/setup/differences', {
    config: { allows: 'setup:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'compareVersions',
      summary: 'What differs between any two versions of one rule, place by place',
      querystring: Query({ ...Named, from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) }),
      response: { 200: Type.Object({ differences: Differences }) },
    },
    async handler({ query: { kind, id, from, to } }) {
      const versions = await mustExist(kind, id);
      const contentOf = (wanted: number) => {
        const found = versions.find(({ version }) => version === wanted);
        if (found === undefined) throw new ApiProblem('not-found', `${kind} ${id} has no version ${wanted}`);
        return found.content;
      };
      return { differences: differencesBetween(contentOf(from), contentOf(to)) };
    },
  });

  app.get('/v1/setup/fuel', {
    config: { allows: 'setup:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listFuelPrices',
      summary: 'Fuel prices, the newest first',
      querystring: Query({ ...PageQuery, index: optional(Identifier) }),
      response: {
        200: PageOf(
          Type.Object(
            { index: Identifier, effective: LocalDateText, price: Type.String(), reportedAt: InstantText },
            { title: 'FuelPrice' },
          ),
        ),
      },
    },
    async handler(request) {
      const page = pageRequest('fuel', request.query, 2);
      const rows = await listFuelPrices(store, tenant, request.query.index, page);
      const whole = (row: (typeof rows)[number]) => row;
      return pageFrom('fuel', page.limit, rows, whole, ({ effective, index }) => [effective, index]);
    },
  });

  async function mustExist(kind: string, id: string): Promise<readonly RuleVersionRow[]> {
    const versions = await versionsOfRule(store, tenant, kind, id);
    if (versions.length === 0) throw new ApiProblem('not-found', `there is no ${kind} ${id}`);
    return versions;
  }
}

// An agreement names its party beside its side; a policy and a tolerance are known by the id of theirs.
function withPartyName(rules: Partners, row: RuleRow): RuleRow & { readonly partyName?: string } {
  const party = /^(?:sell|buy) (.+)$/s.exec(row.about ?? '')?.[1] ?? row.id;
  const partyName = partnerName(rules, party);
  return partyName === undefined ? row : { ...row, partyName };
}
