// The hub that runs on this machine, as other commands reach it: by HTTP, with the key of the data folder.

import { readKeyFile } from '../access/keyring.ts';
import type { CommandContext } from './command.ts';
import { portFrom } from './hub-environment.ts';
import { UserError } from './user-error.ts';

export type RunningHub = {
  readonly url: string;
  /** The answer's JSON. Throws `UserError` for what the hub refuses, with its words. */
  readonly ask: <Answer>(method: string, path: string, request?: HubRequest) => Promise<Answer>;
};
export type HubRequest = {
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** The answer is a text, not JSON. */
  readonly asText?: boolean;
};

type Env = CommandContext['env'];
type Problem = { detail?: string; title?: string; type?: string };

/** The option of every command that asks the running hub. */
export const HUB_KEY = {
  type: 'string',
  value: 'KEY',
  about: 'a key of the running hub (else that of the data folder)',
} as const;

export const HUB_GONE = 'the hub does not answer';
const ANSWER_MS = 120_000;
/** Where nothing listens the answer comes at once; a busy machine's hub is given its time. */
const HEALTH_MS = 10_000;

/** `undefined` when no hub answers on LADING_PORT. Throws `UserError` where one does and we have no key for it. */
export async function findRunningHub(env: Env, key?: string): Promise<RunningHub | undefined> {
  const url = addressOf(env);
  if (!(await isHub(url))) return undefined;
  const credential = key ?? env.LADING_KEY ?? (await readKeyFile(env.LADING_DATA));
  if (credential === undefined) {
    throw new UserError({
      what: 'no key for the running hub',
      where: `${env.LADING_DATA}/admin.key`,
      mend: 'give one by --key or LADING_KEY, or use the LADING_DATA that the hub was started with',
    });
  }
  const authorization = `Bearer ${credential}`;
  return { url, ask: (method, path, request = {}) => ask(`${url}${path}`, method, authorization, request) };
}

/** The same, where the command can do nothing without it. */
export async function needRunningHub(env: Env, key?: string): Promise<RunningHub> {
  const hub = await findRunningHub(env, key);
  if (hub !== undefined) return hub;
  throw new UserError({
    what: 'no hub is running',
    where: addressOf(env),
    mend: 'start it by "./lading up" or "./lading demo", or name its port by LADING_PORT',
  });
}

// Where `lading up` listens for all, this machine reaches it by its own address.
function addressOf(env: Env): string {
  const { LADING_HOST: host } = env;
  const named = !host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${portFrom(env)}`;
}

// Another program may sit on the port; a hub says that it is alive, in its own words.
async function isHub(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(HEALTH_MS) });
    return ((await answer.json()) as { alive?: unknown }).alive === true;
  } catch {
    return false;
  }
}

async function ask<Answer>(url: string, method: string, authorization: string, request: HubRequest): Promise<Answer> {
  const { json, bytes, headers = {}, timeoutMs = ANSWER_MS } = request;
  const type = json !== undefined ? { 'content-type': 'application/json' } : {};
  const body = json !== undefined ? JSON.stringify(json) : (bytes as Uint8Array<ArrayBuffer> | undefined);
  let answer: Response;
  try {
    const init = { method, body, headers: { authorization, ...type, ...headers } };
    answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    const reason = (error as { cause?: Error }).cause?.message ?? (error as Error).message;
    throw new UserError({ what: HUB_GONE, where: url, mend: `${reason}; see its log, and try again` });
  }
  const content = await answer.text();
  const value = parsed(content);
  if (answer.ok) return (request.asText ? content : value) as Answer;
  const { detail, title } = (value ?? {}) as Problem;
  throw new HubRefusal(answer.status, detail ?? title ?? `it answered ${answer.status}`, url);
}

/** What the hub said no to; `status` is the HTTP status. */
export class HubRefusal extends UserError {
  readonly status: number;

  constructor(status: number, detail: string, url: string) {
    super({ what: 'the hub refuses', where: new URL(url).pathname, mend: detail });
    this.name = 'HubRefusal';
    this.status = status;
  }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
