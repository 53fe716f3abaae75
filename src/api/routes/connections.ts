// Outside systems and partners: how each does; and an outside system paused, resumed, tested, and what would go to it.
import { Type } from 'typebox';
import { drainPreview, partnerConnections, SYSTEM_HEALTHS, systemConnections } from '../../insight/connections.ts';
import { DecimalText, FreeText, Identifier, InstantText } from '../../model/text.ts';
import { formatInstant } from '../../model/time.ts';
import { pauseSystem, resumeSystem, testSystem } from '../../pipeline/by-hand/hold-system.ts';
import { EFFECT_STATES } from '../../store/read/effects.ts';
import { isKnownSystem } from '../../store/system-state.ts';
import { type ApiApp, actorOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { PageOf, PageQuery, pageFrom, pageRequest } from '../paging.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Connections'];
const count = Type.Integer({ minimum: 0 });
const at = optional(InstantText);

const SystemView = Type.Object(
  {
    system: Identifier,
    health: Type.Enum(SYSTEM_HEALTHS, { description: '`needs-somebody`: something was refused or given up' }),
    isConnected: Type.Boolean({ description: 'It can be tested from here' }),
    breaker: Type.Enum(['closed', 'open', 'half-open']),
    waiting: count,
    unknown: Type.Integer({ description: 'Sent, and looked up before anything is sent again' }),
    failing: Type.Integer({ description: 'Refused or given up' }),
    confirmed: Type.Integer({ description: 'In the last hour' }),
    oldestWaitingAt: at,
    nextTryAt: at,
    probeAt: optional(
      Type.String({ format: 'date-time', description: 'When it is tried again while it does not answer' }),
    ),
    lastSuccessAt: at,
    lastFailureAt: at,
    lastFailure: optional(FreeText),
    keyEndsAt: optional(Type.String({ format: 'date-time', description: 'As the system last told' })),
    heldSince: at,
    heldBy: optional(Type.String()),
    heldReason: optional(FreeText),
    pace: optional(
      Type.Object({
        burst: Type.Integer({ description: 'Most documents in one act' }),
        perSecond: optional(Type.Number({ description: 'Acts a second in the long run; none: no bound' })),
      }),
    ),
  },
  { title: 'SystemConnection' },
);

const PartnerView = Type.Object(
  {
    partner: Identifier,
    name: FreeText,
    roles: Type.Array(Type.String()),
    lastHeardAt: at,
    silentAfterMinutes: optional(Type.Integer()),
    isSilent: optional(Type.Boolean({ description: 'Only where its profile says how often it is to be heard' })),
    problems: Type.Integer({ description: 'Its messages that wait for somebody' }),
  },
  { title: 'PartnerConnection' },
);

const amount = { currency: optional(Type.String()), amount: optional(DecimalText) };
const Preview = Type.Object(
  {
    sums: Type.Array(Type.Object({ kind: Type.String(), count, ...amount })),
    items: Type.Array(
      Type.Object({
        key: Identifier,
        kind: Type.String(),
        subject: Identifier,
        state: Type.Enum(EFFECT_STATES),
        attempts: count,
        reason: optional(FreeText),
        nextAt: at,
        createdAt: InstantText,
        customer: optional(Identifier),
        ...amount,
      }),
      { description: 'The first 200, in the order they would go' },
    ),
  },
  { title: 'DrainPreview' },
);

const OfSystem = Type.Object({ system: Identifier });

export function connectionRoutes(app: ApiApp, hub: ApiHub): void {
  const { context, store, systems } = hub;
  const now = () => context.clock.now();
  app.get('/v1/connections', {
    config: { allows: 'connections:read' },
    schema: {
      tags,
      operationId: 'listSystems',
      summary: 'Outside systems, and how each does',
      response: { 200: Type.Object({ at: InstantText, systems: Type.Array(SystemView) }) },
    },
    async handler() {
      return { at: formatInstant(now()), systems: await systemConnections(store, systems, now()) };
    },
  });

  app.get('/v1/connections/partners', {
    config: { allows: 'connections:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listPartners',
      summary: 'Partners, by id: when each was last heard, and whether that is too long ago',
      querystring: Query({
        ...PageQuery,
        search: optional(Type.String({ maxLength: 200, description: 'In its id or name' })),
        silent: optional(Type.Boolean({ description: 'Only those that are silent' })),
      }),
      response: { 200: PageOf(PartnerView) },
    },
    async handler(request) {
      const { search, silent } = request.query;
      const { limit, after } = pageRequest('partners', request.query, 1);
      const asked = { search, silent, limit: limit + 1, after: after?.[0] };
      const rows = await partnerConnections(store, await context.rules.current(store), asked, now());
      const whole = (row: (typeof rows)[number]) => row;
      return pageFrom('partners', limit, rows, whole, ({ partner }) => [partner]);
    },
  });

  app.get('/v1/systems/:system/waiting', {
    config: { allows: 'connections:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'previewSystem',
      summary: 'What would go to an outside system now, with its amounts',
      params: OfSystem,
      response: { 200: Preview },
    },
    async handler(request) {
      await mustBeKnown(hub, request.params.system);
      return drainPreview(store, request.params.system);
    },
  });
  actRoutes(app, hub);
}

function actRoutes(app: ApiApp, hub: ApiHub): void {
  const { context, systems, nudge } = hub;
  const config = { allows: 'connections:write', problems: ['not-found'] } as const;
  app.post('/v1/systems/:system/pause', {
    config,
    schema: {
      tags,
      operationId: 'pauseSystem',
      summary: 'Hold what would go to an outside system; what is under way is finished',
      description: 'What is wanted there waits in its order, and nothing is given up. Reading from it goes on.',
      params: OfSystem,
      body: Query({ reason: optional(Type.String({ minLength: 1, maxLength: 1_000 })) }),
      response: { 200: Type.Object({ system: Identifier, paused: Type.Boolean(), changed: Type.Boolean() }) },
    },
    async handler(request) {
      const { system } = request.params;
      await mustBeKnown(hub, system);
      const changed = await pauseSystem(context, system, actorOf(request), request.body.reason);
      return { system, paused: true, changed };
    },
  });

  app.post('/v1/systems/:system/resume', {
    config,
    schema: {
      tags,
      operationId: 'resumeSystem',
      summary: 'Let a system that is held go again',
      params: OfSystem,
      response: { 200: Type.Object({ system: Identifier, paused: Type.Boolean(), changed: Type.Boolean() }) },
    },
    async handler(request) {
      const { system } = request.params;
      await mustBeKnown(hub, system);
      const changed = await resumeSystem(context, system, actorOf(request));
      nudge();
      return { system, paused: false, changed };
    },
  });

  app.post('/v1/systems/:system/test', {
    config: { ...config, problems: ['not-found', 'not-possible'] },
    schema: {
      tags,
      operationId: 'testSystem',
      summary: 'Ask an outside system something that changes nothing there',
      params: OfSystem,
      response: {
        200: Type.Object({
          answers: Type.Boolean(),
          milliseconds: count,
          reason: optional(Type.String({ description: 'Why it does not answer' })),
        }),
      },
    },
    async handler(request) {
      const { system } = request.params;
      const way = systems.find(({ name }) => name === system);
      if (way === undefined) {
        await mustBeKnown(hub, system);
        throw new ApiProblem('not-possible', `${system} cannot be asked from here: there is no look-up for it`);
      }
      return testSystem(context, way, actorOf(request));
    },
  });
}

async function mustBeKnown({ store, systems }: ApiHub, system: string): Promise<void> {
  if (systems.some(({ name }) => name === system) || (await isKnownSystem(store, store.tenant, system))) return;
  throw new ApiProblem('not-found', `there is no outside system ${system}: /v1/connections lists those there are`);
}
