// The way to the hub: the public API and nothing else, with the types of its own description.
import createClient from 'openapi-fetch';
import { taken } from '../early.ts';
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

export class ApiFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.detail);
    this.name = 'ApiFault';
    this.fault = fault;
  }
}

export const api = createClient<paths>({
  baseUrl: '/',
  fetch: async (asked) => (asked.method === 'GET' ? await taken(asked.url) : undefined) ?? fetch(asked),
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer, or an `ApiFault` thrown: what every query of the pages is made of. */
export async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    throw new ApiFault(unreachable(cause));
  });
  if (!response.ok) throw new ApiFault(faultFrom(error, response.status));
  return data as T;
}

export function faultOf(error: unknown): Fault {
  if (error instanceof ApiFault) return error.fault;
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'internal', title: 'A fault of this page', detail, status: 0 };
}

function unreachable(cause: unknown): Fault {
  const detail = 'The hub does not answer. It may be restarting: this page tries again.';
  return { kind: 'unreachable', title: cause instanceof Error ? cause.message : 'No answer', detail, status: 0 };
}

function faultFrom(error: unknown, status: number): Fault {
  const { type = '/problems/internal', title, detail, ...rest } = (error ?? {}) as Partial<Fault> & { type?: string };
  const kind = type.slice(type.lastIndexOf('/') + 1);
  return { ...rest, kind, status, title: title ?? `Answer ${status}`, detail: detail ?? 'The hub gave no reason.' };
}
