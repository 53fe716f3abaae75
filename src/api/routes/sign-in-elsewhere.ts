// Signing in at the company's own provider: off to it, and back with its word for who one is.
import { Type } from 'typebox';
import { signInFromElsewhere } from '../../access/accounts.ts';
import type { Attempts } from '../../access/attempts.ts';
import type { OidcDoor, OidcTrip } from '../../access/oidc.ts';
import type { ApiApp } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';
import { addressOf, dropTripCookie, setSessionCookie, setTripCookie, tripOf } from '../session-cookie.ts';

const tags = ['Access'];
const optional = Type.Optional;
const RETURN = '/v1/session/oidc/return';

export type Elsewhere = { readonly name: string; readonly door: OidcDoor };

export function elsewhereRoutes(app: ApiApp, { store }: ApiHub, attempts: Attempts, elsewhere?: Elsewhere): void {
  app.get('/v1/session/ways', {
    config: { allows: 'everybody' },
    schema: {
      tags,
      operationId: 'waysToSignIn',
      summary: 'How people sign in here',
      response: {
        200: Type.Object({
          password: Type.Boolean(),
          oidc: optional(Type.Object({ name: Type.String({ description: 'On the button' }) })),
        }),
      },
    },
    async handler() {
      return { password: true, ...(elsewhere === undefined ? {} : { oidc: { name: elsewhere.name } }) };
    },
  });
  if (elsewhere === undefined) return;
  const { door } = elsewhere;

  app.get('/v1/session/oidc', {
    config: { allows: 'everybody', problems: ['unavailable'] },
    schema: {
      tags,
      operationId: 'signInElsewhere',
      summary: 'Off to the sign-in provider',
      querystring: Query({ to: optional(Type.String({ maxLength: 2_000, description: 'Page to go to afterwards' })) }),
      response: { 303: Type.Null({ description: 'To the provider' }) },
    },
    async handler(request, reply) {
      const begun = await door.begin(`${addressOf(request)}${RETURN}`, ownPath(request.query.to));
      if ('kind' in begun) throw new ApiProblem('unavailable', begun.detail);
      setTripCookie(request, reply, JSON.stringify(begun.trip));
      return reply.redirect(begun.address, 303);
    },
  });

  app.get(RETURN, {
    config: { allows: 'everybody', problems: ['sign-in-refused', 'rate-limited', 'unavailable'] },
    schema: {
      tags,
      operationId: 'returnFromElsewhere',
      summary: 'Back from the sign-in provider; the answer sets the session cookie and leads on',
      produces: ['text/html'],
      response: { 200: Type.Unknown({ description: 'A page that leads on' }) },
    },
    async handler(request, reply) {
      const now = Date.now();
      const wait = attempts.waitSeconds(request.ip, undefined, now);
      if (wait > 0) {
        throw new ApiProblem('rate-limited', `too many failed attempts: wait ${wait} s`, { retryAfterSeconds: wait });
      }
      const trip = tripFrom(tripOf(request));
      dropTripCookie(request, reply);
      const refuse = (detail: string) => {
        attempts.failed(request.ip, now);
        return new ApiProblem('sign-in-refused', detail);
      };
      if (trip === undefined) throw refuse('the sign-in was not begun in this browser, or took too long: begin again');
      const outcome = await door.finish(new URL(request.url, addressOf(request)), trip);
      if (outcome.kind === 'unavailable') throw new ApiProblem('unavailable', outcome.detail);
      if (outcome.kind === 'refused') throw refuse(outcome.detail);
      const { person } = outcome;
      const signedIn = await signInFromElsewhere(store, person, now);
      if (signedIn.kind === 'taken') {
        throw refuse(`${person.name} signs in with a password here: have that user disabled, or renamed, first`);
      }
      if (signedIn.kind === 'refused') throw refuse(`${person.name} may not sign in here`);
      setSessionCookie(request, reply, signedIn.token, signedIn.expiresAt);
      // A redirect would still count as coming from the provider's site, and the strict cookie would stay behind.
      return reply.type('text/html; charset=utf-8').send(leadingOn(trip.to));
    },
  });
}

// Only a page of ours: never an address that somebody put into the link.
function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[\w\-./?=&%$+]*$/.test(to) ? to : '/';
}

function tripFrom(text: string | undefined): OidcTrip | undefined {
  try {
    const trip = JSON.parse(text ?? '') as Partial<OidcTrip>;
    const { state, nonce, verifier, to } = trip;
    if (!state || !nonce || !verifier) return undefined;
    return { state, nonce, verifier, to: ownPath(to) };
  } catch {
    return undefined;
  }
}

function leadingOn(path: string): string {
  const address = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lading</title>
<meta http-equiv="refresh" content="0;url=${address}"></head><body><a href="${address}">Go on</a></body></html>`;
}
