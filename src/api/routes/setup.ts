// Partners, agreements, policies and tables: what is in force, in which version, and new versions in.

import { Type } from 'typebox';
import { mayImport } from '../../access/roles.ts';
import { SETUP_FILES, type Setup } from '../../model/setup/index.ts';
import { InstantText, LocalDateText } from '../../model/text.ts';
import { formatInstant } from '../../model/time.ts';
import { formProblems } from '../../partners/setup/form.ts';
import { describeSetupProblem, type SetupName, type SetupProblem } from '../../partners/setup/problem.ts';
import { senseProblems } from '../../partners/setup/sense.ts';
import { importSetup } from '../../pipeline/setup.ts';
import { allFuelPrices, allRules } from '../../store/rules.ts';
import { type ApiApp, actorOf, callerOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

export const RULE_KINDS = [
  'partner',
  'agreement',
  'policy',
  'tax',
  'audit',
  'entity',
  'exchange',
  'ledger',
  'job',
] as const;
const NAMES = Object.keys(SETUP_FILES) as SetupName[];
const tags = ['Setup'];

const RuleView = Type.Object(
  {
    kind: Type.Enum(RULE_KINDS),
    id: Type.String(),
    version: Type.Integer(),
    importedAt: InstantText,
    content: Type.Unknown({ description: 'As in the setup file of its kind' }),
  },
  { title: 'RuleVersion' },
);

export function setupRoutes(app: ApiApp, { context, store, nudge }: ApiHub): void {
  app.get('/v1/setup', {
    config: { allows: 'setup:read' },
    schema: {
      tags,
      operationId: 'getSetup',
      summary: 'The rules, in all their versions, and the fuel prices',
      querystring: Query({ kind: Type.Optional(Type.Enum(RULE_KINDS)), id: Type.Optional(Type.String()) }),
      response: {
        200: Type.Object({
          rules: Type.Array(RuleView),
          fuelPrices: Type.Array(Type.Object({ index: Type.String(), effective: LocalDateText, price: Type.String() })),
        }),
      },
    },
    async handler(request) {
      const { kind, id } = request.query;
      const all = await allRules(store, store.tenant);
      const asked = all.filter((rule) => (kind ?? rule.kind) === rule.kind && (id ?? rule.id) === rule.id);
      const rules = asked.map((rule) => ({ ...rule, importedAt: formatInstant(rule.importedAt) }));
      return { rules, fuelPrices: await allFuelPrices(store, store.tenant) };
    },
  });

  app.put('/v1/setup', {
    config: { allows: 'setup:write', problems: ['setup-refused', 'body-too-large'] },
    bodyLimit: 64 * 1024 * 1024,
    schema: {
      tags,
      operationId: 'importSetup',
      summary: 'Import setup, all or nothing',
      description:
        'Each key holds what the file of that name holds. What changed becomes a new version; what is not named stays. ' +
        'Role `integration` imports partners, `finance` the rest.',
      // Checked below with the words of the command line, which name file, path and allowed values.
      body: Query(
        Object.fromEntries(NAMES.map((name) => [name, Type.Optional(Type.Array(Type.Unknown()))])) as Record<
          SetupName,
          ReturnType<typeof anyList>
        >,
      ),
      response: {
        200: Type.Object({
          added: Type.Array(Type.Object({ kind: Type.Enum(RULE_KINDS), id: Type.String(), version: Type.Integer() })),
          fuelPrices: Type.Integer({ description: 'New or changed' }),
          woken: Type.Integer({ description: 'Shipments that are decided again' }),
        }),
      },
    },
    async handler(request) {
      const setup = request.body as Setup;
      const { role } = callerOf(request);
      const barred = NAMES.filter((name) => setup[name] !== undefined && !mayImport(role, name));
      if (barred.length > 0)
        throw new ApiProblem('forbidden', `a key of role ${role} may not import ${barred.join(', ')}`);
      const { partners } = await context.rules.current(store);
      const problems = problemsOf(setup, new Set(partners.keys()));
      if (problems.length > 0) throw refusal(problems);
      const result = await importSetup(context, setup, actorOf(request));
      nudge();
      return result;
    },
  });
}

const anyList = () => Type.Optional(Type.Array(Type.Unknown()));

function problemsOf(setup: Setup, partners: ReadonlySet<string>): SetupProblem[] {
  const fileOf = (name: SetupName) => name;
  const formal = NAMES.flatMap((name) => (setup[name] === undefined ? [] : formProblems(name, name, setup[name])));
  return formal.length > 0 ? formal : senseProblems(setup, fileOf, { partners });
}

function refusal(problems: readonly SetupProblem[]): ApiProblem {
  const [first] = problems as [SetupProblem];
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const parts = problems.slice(0, 100).map(({ file, path, message }) => ({ path: `${file}${path}`, message }));
  return new ApiProblem('setup-refused', `${describeSetupProblem(first)}${more}`, { parts });
}
