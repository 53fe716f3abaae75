// Following a shipment: for those who may see it, and for whoever was given a link, as long as that holds.

import { Type } from 'typebox';
import type { Attempts } from '../../access/attempts.ts';
import { endLink, MOST_DAYS, makeLink, openLink } from '../../access/tracking-links.ts';
import { Tracking, trackingOf } from '../../insight/tracking.ts';
import { Identifier, InstantText } from '../../model/text.ts';
import { formatInstant } from '../../model/time.ts';
import { findShipment } from '../../store/read/shipments.ts';
import { linksOf, MOST_LINKS } from '../../store/tracking-links.ts';
import { type ApiApp, actorOf, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query, RowId } from '../schemas.ts';

const tags = ['Shipments'];
const params = Type.Object({ id: Identifier });

const Link = Type.Object(
  { id: RowId, shipment: Identifier, createdAt: InstantText, createdBy: Type.String(), expiresAt: InstantText },
  { title: 'TrackingLink' },
);

const Shared = Type.Object({ ...Tracking.properties, linkExpiresAt: InstantText }, { title: 'SharedTracking' });

export function trackingRoutes(app: ApiApp, hub: ApiHub, attempts: Attempts): void {
  openRoute(app, hub, attempts);
  linkRoutes(app, hub);

  app.get('/v1/shipments/:id/tracking', {
    config: { allows: 'explain:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'trackShipment',
      summary: 'Where a shipment is, in short',
      description: 'As a tracking link shows it.',
      params,
      response: { 200: Tracking },
    },
    async handler(request) {
      const { id } = request.params;
      const customer = boundTo(request);
      const found = await trackingOf(hub.context, id, customer === undefined ? {} : { customer });
      return foundOr404(found, noShipment(id));
    },
  });
}

// Links cannot be guessed; who tries all the same is slowed down as with passwords.
function openRoute(app: ApiApp, { store, context }: ApiHub, attempts: Attempts): void {
  app.get('/v1/tracking/:token', {
    config: { allows: 'everybody', problems: ['not-found', 'rate-limited'] },
    schema: {
      tags,
      operationId: 'followLink',
      summary: 'Where the shipment of a tracking link is; nobody need sign in',
      params: Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
      response: { 200: Shared },
    },
    async handler(request, reply) {
      const now = Date.now();
      const retryAfterSeconds = attempts.waitSeconds(request.ip, undefined, now);
      if (retryAfterSeconds > 0) {
        throw new ApiProblem('rate-limited', `too many links that are none: wait ${retryAfterSeconds} s`, {
          retryAfterSeconds,
        });
      }
      const opened = await openLink(store, request.params.token, now);
      if (opened.kind === 'unknown') attempts.failed(request.ip, now);
      const tracking = opened.kind === 'open' ? await trackingOf(context, opened.shipment) : undefined;
      if (opened.kind !== 'open' || tracking === undefined) {
        throw new ApiProblem('not-found', 'this link has ended, or was cut short: ask for a new one');
      }
      return reply
        .header('x-robots-tag', 'noindex')
        .header('referrer-policy', 'no-referrer')
        .send({ ...tracking, linkExpiresAt: opened.expiresAt });
    },
  });
}

function linkRoutes(app: ApiApp, { store }: ApiHub): void {
  const allows = 'tracking:write' as const;
  const shipmentOf = async (request: Parameters<typeof boundTo>[0], id: string) =>
    foundOr404(await findShipment(store, store.tenant, id, boundTo(request)), noShipment(id));

  app.get('/v1/shipments/:id/tracking-links', {
    config: { allows, problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'listTrackingLinks',
      summary: 'The links by which a shipment is shared now, the newest first; never their addresses',
      params,
      response: { 200: Type.Object({ items: Type.Array(Link) }) },
    },
    async handler(request) {
      await shipmentOf(request, request.params.id);
      return { items: await linksOf(store, store.tenant, request.params.id, Date.now()) };
    },
  });

  app.post('/v1/shipments/:id/tracking-links', {
    config: { allows, problems: ['not-found', 'not-possible'], shownOnce: ['address'] },
    schema: {
      tags,
      operationId: 'shareShipment',
      summary: 'Share a shipment by a link that ends; its address is shown in this answer and never again',
      params,
      body: Query({ days: Type.Integer({ minimum: 1, maximum: MOST_DAYS, default: 14 }) }),
      response: {
        201: Type.Object({
          id: RowId,
          address: Type.Optional(Type.String({ description: 'Of the page, on this hub', examples: ['/track/3q2-…'] })),
          expiresAt: InstantText,
        }),
      },
    },
    async handler(request, reply) {
      const { id } = request.params;
      await shipmentOf(request, id);
      const wanted = { shipment: id, days: request.body.days, by: actorOf(request) };
      const made = await makeLink(store, wanted, Date.now());
      if (made === undefined) {
        throw new ApiProblem('not-possible', `${id} is shared by ${MOST_LINKS} links: take one back first`);
      }
      const expiresAt = formatInstant(made.expiresAt);
      return reply.code(201).send({ id: made.id, address: `/track/${made.token}`, expiresAt });
    },
  });

  app.delete('/v1/shipments/:id/tracking-links/:link', {
    config: { allows, problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'unshareShipment',
      summary: 'Take a link back: it shows nothing from now on',
      params: Type.Object({ id: Identifier, link: RowId }),
      response: { 204: Type.Null() },
    },
    async handler(request, reply) {
      const { id, link } = request.params;
      await shipmentOf(request, id);
      const isEnded = await endLink(store, { shipment: id, id: link, by: actorOf(request) }, Date.now());
      foundOr404(isEnded || undefined, `shipment ${id} has no link ${link} in force`);
      return reply.code(204).send();
    },
  });
}

const noShipment = (id: string) => `there is no shipment ${id} that this key may see`;
