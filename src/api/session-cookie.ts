// The cookie that carries a session, and the proof that a request which changes something comes from our own pages.
//
// The cookie is not readable by scripts, and with SameSite=Strict no other site's request carries it. That a changing
// request is our own, the browser says itself in Sec-Fetch-Site, or in Origin where it is older.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Instant, MINUTE_MS } from '../model/time.ts';

const NAME = 'lading_session';
const TRIP = 'lading_trip';
const TRIP_MS = 10 * MINUTE_MS;

export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, NAME);
}

function cookieOf({ headers }: FastifyRequest, wanted: string): string | undefined {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** What a browser takes along to the sign-in provider and brings back. */
export function tripOf(request: FastifyRequest): string | undefined {
  const value = cookieOf(request, TRIP);
  return value === undefined ? undefined : Buffer.from(value, 'base64url').toString();
}

// Lax: coming back is a step from the provider's site to ours, which a strict cookie would not take.
export function setTripCookie(request: FastifyRequest, reply: FastifyReply, trip: string): void {
  const value = Buffer.from(trip).toString('base64url');
  const flags = `Path=/v1/session/oidc; HttpOnly; SameSite=Lax; Max-Age=${TRIP_MS / 1_000}${secureFlag(request)}`;
  reply.header('set-cookie', `${TRIP}=${value}; ${flags}`);
}

export function dropTripCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.header(
    'set-cookie',
    `${TRIP}=; Path=/v1/session/oidc; HttpOnly; SameSite=Lax; Max-Age=0${secureFlag(request)}`,
  );
}

/** Our own origin, as the browser knows it. */
export function addressOf(request: FastifyRequest): string {
  return `${isSecure(request) ? 'https' : 'http'}://${request.headers['x-forwarded-host'] ?? request.headers.host}`;
}

function isSecure({ protocol, headers }: FastifyRequest): boolean {
  return protocol === 'https' || headers['x-forwarded-proto'] === 'https';
}

function secureFlag(request: FastifyRequest): string {
  return isSecure(request) ? '; Secure' : '';
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, expiresAt: Instant) {
  reply.header('set-cookie', cookie(request, token, new Date(expiresAt)));
}

export function dropSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('set-cookie', cookie(request, '', new Date(0)));
}

function cookie(request: FastifyRequest, value: string, expires: Date): string {
  const flags = `Path=/; HttpOnly; SameSite=Strict; Expires=${expires.toUTCString()}${secureFlag(request)}`;
  return `${NAME}=${value}; ${flags}`;
}

/** True where nobody else's page can have sent this request. */
export function isOurOwn({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = headers.origin;
  // Neither header: no browser, so nobody who is made to send a cookie unawares.
  return origin === undefined || hostOf(origin) === headers.host;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
