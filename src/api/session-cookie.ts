// The cookie that carries a session, and the proof that a request which changes something comes from our own pages.
//
// The cookie is not readable by scripts, and with SameSite=Strict no other site's request carries it. That a changing
// request is our own, the browser says itself in Sec-Fetch-Site, or in Origin where it is older.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../model/time.ts';

const NAME = 'lading_session';

export function sessionTokenOf(request: FastifyRequest): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === NAME && value !== undefined && value !== '') return value;
  }
  return undefined;
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, expiresAt: Instant) {
  reply.header('set-cookie', cookie(request, token, new Date(expiresAt)));
}

export function dropSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('set-cookie', cookie(request, '', new Date(0)));
}

function cookie(request: FastifyRequest, value: string, expires: Date): string {
  const isSecure = request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';
  const flags = `Path=/; HttpOnly; SameSite=Strict; Expires=${expires.toUTCString()}${isSecure ? '; Secure' : ''}`;
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
