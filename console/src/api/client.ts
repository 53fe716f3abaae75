// The way to the hub: the public API and nothing else, with the types of its own description.
import createClient from 'openapi-fetch';
import { taken } from '../early.ts';
import { noteReach } from './reach.ts';
import type { paths } from './types.ts';

/** What the hub answered instead (RFC 9457), or that it did not answer. */
export type Fault = {
  /** Such as `forbidden`; `unreachable` where nobody answered. */
  readonly kind: string;
  readonly title: string;
  /** What, where, how to mend. */
  readonly detail: string;
  readonly status: number;
  /** Finds the request in the hub's log. */
  readonly correlation?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
};

const UNREACHABLE: Fault = {
  kind: 'unreachable',
  title: 'The hub does not answer',
  detail: 'It may be restarting. Whether this was done shows as soon as it answers again.',
  status: 0,
};

/** What browsers, and Vite, say of a file of the console that did not come. */
const NOT_LOADED = /dynamically imported module|module script failed|unable to preload/i;

const UNLOADED: Fault = {
  kind: 'not-loaded',
  title: 'This part of the console did not come',
  detail: 'The hub does not answer, or it has a newer console than this page.',
  status: 0,
};

export class ApiFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.detail);
    this.name = 'ApiFault';
    this.fault = fault;
  }
}

export const api = createClient<paths>({ baseUrl: '/', fetch: asked });

async function asked(request: Request): Promise<Response> {
  try {
    const answer = (request.method === 'GET' ? await taken(request.url) : undefined) ?? (await fetch(request));
    noteReach(!isOfGateway(answer));
    return answer;
  } catch (cause) {
    noteReach(false);
    throw cause;
  }
}

// What stands before the hub says so where it cannot reach it; the hub itself always gives a reason.
function isOfGateway({ status, headers }: Response): boolean {
  return status >= 502 && status <= 504 && !headers.get('content-type')?.includes('problem+json');
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer, or an `ApiFault` thrown: what every query of the pages is made of. */
export async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked.catch(() => {
    throw new ApiFault(UNREACHABLE);
  });
  if (isOfGateway(response)) throw new ApiFault(UNREACHABLE);
  if (!response.ok) throw new ApiFault(faultFrom(error, response.status));
  return data as T;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiFault && error.fault === UNREACHABLE;
}

export function faultOf(error: unknown): Fault {
  if (error instanceof ApiFault) return error.fault;
  if (error instanceof Error && NOT_LOADED.test(error.message)) return UNLOADED;
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'internal', title: 'A fault of this page', detail, status: 0 };
}

function faultFrom(error: unknown, status: number): Fault {
  const { type = '/problems/internal', title, detail, ...rest } = (error ?? {}) as Partial<Fault> & { type?: string };
  const kind = type.slice(type.lastIndexOf('/') + 1);
  return { ...rest, kind, status, title: title ?? `Answer ${status}`, detail: detail ?? 'The hub gave no reason.' };
}
