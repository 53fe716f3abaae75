// The HTTP door of the hub: everything under /v1, with health and metrics beside it.
//
//   request ─ correlation id ─ who is it? (guard) ─ how often? (rate) ─ is it as described? (validation)
//           ─ was it done before? (idempotency) ─ the route ─ answer or problem details
//
// `openServer` makes it ready and does not listen: tests inject requests, `lading up` calls `listen`.

import { readFileSync } from 'node:fs';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { openAttempts } from '../access/attempts.ts';
import { type Metrics, openMetrics } from '../insight/metrics.ts';
import type { ApiApp } from './app.ts';
import { type BodyLimits, DEFAULT_BODY_LIMITS } from './body.ts';
import { correlationFrom } from './correlation.ts';
import { guardRoutes } from './guard.ts';
import type { ApiHub } from './hub.ts';
import { honourIdempotencyKeys } from './idempotency.ts';
import { describeApi } from './openapi.ts';
import { ApiProblem, PROBLEM_MEDIA_TYPE, PROBLEMS, problemDetails, problemFrom } from './problems.ts';
import { billingRoutes } from './routes/billing.ts';
import { booksRoutes } from './routes/books.ts';
import { carrierDisputeRoutes } from './routes/carrier-disputes.ts';
import { carrierInvoiceRoutes } from './routes/carrier-invoices.ts';
import { chargeEntryRoutes } from './routes/charge-entries.ts';
import { comparisonRoutes } from './routes/comparison.ts';
import { connectionRoutes } from './routes/connections.ts';
import { consoleRoutes, noSuchPage, wantsPage } from './routes/console.ts';
import { customerDisputeActRoutes } from './routes/customer-dispute-acts.ts';
import { customerDisputeRoutes } from './routes/customer-disputes.ts';
import { demandRoutes } from './routes/demands.ts';
import { documentRoutes } from './routes/documents.ts';
import { effectRoutes } from './routes/effects.ts';
import { eventRoutes } from './routes/events.ts';
import { exceptionWorkRoutes } from './routes/exception-work.ts';
import { exceptionRoutes } from './routes/exceptions.ts';
import { explainRoutes } from './routes/explain.ts';
import { healthRoutes } from './routes/health.ts';
import { inboundRoutes } from './routes/inbound.ts';
import { invoiceRoutes } from './routes/invoices.ts';
import { keyRoutes } from './routes/keys.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { listRoutes } from './routes/lists.ts';
import { marginRoutes } from './routes/margins.ts';
import { mendRoutes } from './routes/mends.ts';
import { messageRoutes } from './routes/messages.ts';
import { orderRoutes } from './routes/orders.ts';
import { outcomeRoutes } from './routes/outcome.ts';
import { overviewRoutes } from './routes/overview.ts';
import { packetRoutes } from './routes/packets.ts';
import { paymentRoutes } from './routes/payments.ts';
import { periodRoutes } from './routes/periods.ts';
import { pullRoutes } from './routes/pulls.ts';
import { quoteRoutes } from './routes/quotes.ts';
import { receivableRoutes } from './routes/receivables.ts';
import { referenceRoutes } from './routes/reference.ts';
import { replayRoutes } from './routes/replay.ts';
import { ruleRoutes } from './routes/rules.ts';
import { sessionRoutes } from './routes/session.ts';
import { setupRoutes } from './routes/setup.ts';
import { shipmentRoutes } from './routes/shipments.ts';
import { type Elsewhere, elsewhereRoutes } from './routes/sign-in-elsewhere.ts';
import { signedHookRoutes } from './routes/signed-hooks.ts';
import { streamRoutes } from './routes/stream.ts';
import { trackingRoutes } from './routes/tracking.ts';
import { userRoutes } from './routes/users.ts';
import { viewRoutes } from './routes/views.ts';
import { schemaCompiler } from './validation.ts';

export type ServerOptions = {
  readonly bodyLimits?: BodyLimits;
  /** Requests a minute that one key may make. */
  readonly requestsPerMinute?: number;
  /** Failed logins a minute that one address may make. */
  readonly failedAttemptsPerMinute?: number;
  /** Shared with those who observe durations; made here when not given. */
  readonly metrics?: Metrics;
  /** Where people sign in beside here. */
  readonly elsewhere?: Elsewhere;
};

const { version: VERSION } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const JSON_BYTES = 1024 * 1024;
const REQUEST_MS = 120_000;

/** The server, ready to listen. `close()` ends it in order. */
export async function openServer(hub: ApiHub, options: ServerOptions = {}): Promise<ApiApp> {
  const { bodyLimits = DEFAULT_BODY_LIMITS, requestsPerMinute = 6_000 } = options;
  const metrics = options.metrics ?? openMetrics(hub);
  const app = Fastify({
    bodyLimit: JSON_BYTES,
    requestTimeout: REQUEST_MS,
    genReqId: (request) => correlationFrom(request.headers),
    logger: false,
    routerOptions: { maxParamLength: 1_000, ignoreTrailingSlash: true },
  }) as unknown as ApiApp;

  app.setValidatorCompiler(schemaCompiler as never);
  // Answers are made from rows whose form the tests hold to the schemas.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  answerProblems(app, hub);
  addHeaders(app);
  measure(app, metrics);
  // Keys end by the clock on the wall, also where the hub runs under a clock of its own.
  const attempts = openAttempts(options.failedAttemptsPerMinute);
  guardRoutes(app, { store: hub.store, now: Date.now, attempts });
  await limitRates(app, requestsPerMinute);
  honourIdempotencyKeys(app, { store: hub.store, now: Date.now });
  await describeApi(app, VERSION);

  await app.register(async (raw) => inboundRoutes(raw as unknown as ApiApp, hub, bodyLimits));
  await app.register(async (raw) => signedHookRoutes(raw as unknown as ApiApp, hub));
  await app.register(async (plain) => {
    const routes = plain as unknown as ApiApp;
    messageRoutes(routes, hub);
    mendRoutes(routes, hub);
    eventRoutes(routes, hub);
    shipmentRoutes(routes, hub);
    trackingRoutes(routes, hub, openAttempts(options.failedAttemptsPerMinute));
    documentRoutes(routes, hub);
    chargeEntryRoutes(routes, hub);
    invoiceRoutes(routes, hub);
    billingRoutes(routes, hub);
    receivableRoutes(routes, hub);
    paymentRoutes(routes, hub);
    customerDisputeRoutes(routes, hub);
    customerDisputeActRoutes(routes, hub);
    carrierInvoiceRoutes(routes, hub);
    carrierDisputeRoutes(routes, hub);
    listRoutes(routes, hub);
    exceptionRoutes(routes, hub);
    exceptionWorkRoutes(routes, hub);
    effectRoutes(routes, hub);
    connectionRoutes(routes, hub);
    explainRoutes(routes, hub);
    quoteRoutes(routes, hub);
    orderRoutes(routes, hub);
    demandRoutes(routes, hub);
    pullRoutes(routes, hub);
    packetRoutes(routes, hub);
    replayRoutes(routes, hub);
    setupRoutes(routes, hub);
    ruleRoutes(routes, hub);
    outcomeRoutes(routes, hub);
    booksRoutes(routes, hub);
    overviewRoutes(routes, hub);
    comparisonRoutes(routes, hub);
    periodRoutes(routes, hub);
    ledgerRoutes(routes, hub);
    marginRoutes(routes, hub);
    keyRoutes(routes, hub);
    userRoutes(routes, hub);
    viewRoutes(routes, hub);
    sessionRoutes(routes, hub, attempts);
    elsewhereRoutes(routes, hub, attempts, options.elsewhere);
    healthRoutes(routes, hub, metrics);
    referenceRoutes(routes);
    streamRoutes(routes, hub);
  });
  await app.register(async (pages) => consoleRoutes(pages as unknown as ApiApp));
  await app.ready();
  return app;
}

function addHeaders(app: ApiApp): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
    const { traceparent } = request.headers;
    if (typeof traceparent === 'string' && traceparent.includes(request.id)) reply.header('traceparent', traceparent);
  });
}

function measure(app: ApiApp, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern and never the path: labels must stay few.
    const route = request.routeOptions.url ?? 'unknown';
    metrics.observeRequest(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
}

async function limitRates(app: ApiApp, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max: requestsPerMinute,
    timeWindow: 60_000,
    // After the guard has found out who asks, before the body is taken.
    hook: 'preParsing',
    cache: 10_000,
    keyGenerator: (request) => request.principal?.keyId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => {
      const retryAfterSeconds = Math.ceil(ttl / 1000);
      return new ApiProblem('rate-limited', `too many requests: wait ${retryAfterSeconds} s`, { retryAfterSeconds });
    },
  });
}

function answerProblems(app: ApiApp, { context }: ApiHub): void {
  const answer = (problem: ApiProblem, request: FastifyRequest, reply: FastifyReply) => {
    if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
    const path = request.url.split('?')[0] ?? request.url;
    return reply
      .code(PROBLEMS[problem.kind].status)
      .type(PROBLEM_MEDIA_TYPE)
      .send(JSON.stringify(problemDetails(problem, path, request.id)));
  };
  app.setErrorHandler((error, request, reply) => {
    const problem = problemFrom(error);
    if (problem.kind === 'internal') context.log.error({ err: error, correlation: request.id }, 'a request failed');
    return answer(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? request.url;
    const others = ['GET', 'POST', 'PUT', 'DELETE'].filter((method) => app.findRoute({ method, url: path } as never));
    if (others.length === 0) {
      if (wantsPage(request)) return noSuchPage(reply);
      return answer(
        new ApiProblem('not-found', `there is no ${path}: /v1/reference lists what there is`),
        request,
        reply,
      );
    }
    reply.header('allow', others.join(', '));
    return answer(new ApiProblem('method-not-allowed', `${path} knows ${others.join(', ')}`), request, reply);
  });
}
