// HTTP to an Odoo, and only that: one keep-alive pool, timeouts, a bound on the answer's size, cancellation.
//
// Nothing is ever sent twice here. Whoever calls decides, by what is thrown, whether asking again is safe.
import { Agent, request } from 'undici';
import type { ConnectorDeps } from '../../contract.ts';
import {
  DEFAULT_ANSWER_SECONDS,
  DEFAULT_CONNECT_SECONDS,
  DEFAULT_MAX_ANSWER_BYTES,
  type OdooSettings,
} from '../settings.ts';
import { OdooError } from './failure.ts';

/** An HTTP answer with its body read; `json` is missing when the body is none. */
export type Answer = {
  readonly status: number;
  readonly json?: unknown;
  /** Where a redirection points. */
  readonly location?: string;
  /** What the server asks us to keep for a session: `name=value`. */
  readonly cookie?: string;
};

export type Wire = {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

export function openWire(settings: OdooSettings, deps: ConnectorDeps): Wire {
  const connectMs = (settings.connectSeconds ?? DEFAULT_CONNECT_SECONDS) * 1000;
  const answerMs = (settings.answerSeconds ?? DEFAULT_ANSWER_SECONDS) * 1000;
  // The pool's timeouts bound each silence; this bounds the whole, also of an answer that trickles.
  const wholeMs = connectMs + 2 * answerMs;
  const agent = new Agent({
    connect: { timeout: connectMs },
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    maxResponseSize: settings.maxAnswerBytes ?? DEFAULT_MAX_ANSWER_BYTES,
    pipelining: 1,
  });
  const base = settings.url.replace(/\/+$/, '');

  async function exchange(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> {
    try {
      const signal = AbortSignal.any([
        AbortSignal.timeout(wholeMs),
        ...(deps.signal === undefined ? [] : [deps.signal]),
      ]);
      const response = await request(base + path, { method, headers, body, dispatcher: agent, signal });
      const text = await response.body.text();
      const status = response.statusCode;
      if (status === 429) throw new OdooError({ kind: 'http', status, afterMs: waitAsked(response.headers, deps.now) });
      const { location, 'set-cookie': cookie } = response.headers;
      return { status, json: parsed(text), location: first(location), cookie: first(cookie)?.split(';')[0] };
    } catch (error) {
      throw error instanceof OdooError ? error : new OdooError(lost(error));
    }
  }

  return {
    get: (path) => exchange('GET', path, {}),
    post: (path, body, headers = {}) =>
      exchange('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}

function first(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Retry-After (RFC 9110 section 10.2.3): seconds, or a date. */
function waitAsked(headers: Record<string, string | string[] | undefined>, now: () => number): number | undefined {
  const value = first(headers['retry-after']);
  if (value === undefined) return undefined;
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now();
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
}

// The system's own errors while resolving, connecting and greeting: the request was not written yet.
const BEFORE_ASKING = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT|CERT_|ERR_TLS|ERR_SSL)/;
const UNTRUSTED = /CERT|SIGNATURE|ISSUER/;

function lost(error: unknown) {
  const { code, name } = error as { code?: string; name?: string };
  const label = typeof code === 'string' ? code : (name ?? 'unknown error');
  const beforeAsking = BEFORE_ASKING.test(label) || UNTRUSTED.test(label);
  return { kind: beforeAsking ? 'not-reached' : 'answer-lost', code: label } as const;
}
