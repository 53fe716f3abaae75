// The way of the browser: a login, a cookie, and calls as that person. What touches API keys wants the password once more.
import { randomUUID } from 'node:crypto';
import { callFromRpc, type HttpAnswer, type ModelCall, parsedJson, rpcFault, rpcResult } from './doors.ts';
import { asException, OdooException, userError } from './exception.ts';
import type { Work } from './work.ts';

type Session = {
  readonly isAdministrator: boolean;
  readonly password: string;
  isProven: boolean;
  /** Acts that wait for the password, by the id of the wizard that asks for it. */
  readonly waiting: Map<number, { readonly call: ModelCall; password?: unknown }>;
};

export type Sessions = Map<string, Session>;

const WIZARD = 'res.users.identitycheck';
const WANTS_PASSWORD = new Set(['res.users.apikeys.description.make_key', 'res.users.apikeys.remove']);

export async function answerWeb(
  work: Work,
  sessions: Sessions,
  path: string,
  cookie: string | undefined,
  body: string,
): Promise<HttpAnswer> {
  const { id, params = {} } = (parsedJson(body) ?? {}) as { id?: unknown; params?: Record<string, unknown> };
  try {
    if (path === '/web/session/authenticate') return login(work, sessions, id, params);
    const session = sessions.get(/session_id=([^;]+)/.exec(cookie ?? '')?.[1] ?? '');
    if (session === undefined) throw new OdooException('odoo.http.SessionExpiredException', 'Session expired');
    const { model, method, args, kwargs } = params;
    return rpcResult(id, await perform(work, session, callFromRpc([model, method, args, kwargs], work.isModel)));
  } catch (error) {
    return rpcFault(id, asException(error), work.major);
  }
}

function login(work: Work, sessions: Sessions, id: unknown, params: Readonly<Record<string, unknown>>): HttpAnswer {
  const { database, user, password } = work.credentials;
  const isAdministrator = params.login === 'admin';
  const expected = isAdministrator ? 'admin' : password;
  const isKnown = params.db === database && (isAdministrator || params.login === user);
  if (!isKnown || params.password !== expected)
    throw new OdooException('odoo.exceptions.AccessDenied', 'Access Denied');
  const token = randomUUID();
  sessions.set(token, { isAdministrator, password: expected, isProven: false, waiting: new Map() });
  const answer = rpcResult(id, { uid: isAdministrator ? work.administratorId : work.userId, db: database });
  return { ...answer, headers: { ...answer.headers, 'set-cookie': `session_id=${token}; HttpOnly; Path=/` } };
}

async function perform(work: Work, session: Session, call: ModelCall): Promise<unknown> {
  if (call.model === WIZARD) return checkIdentity(work, session, call);
  if (WANTS_PASSWORD.has(`${call.model}.${call.method}`) && !session.isProven) {
    const id = session.waiting.size + 1;
    session.waiting.set(id, { call });
    const name = work.major === 17 ? 'Security Control' : 'Access Control';
    return {
      type: 'ir.actions.act_window',
      res_model: WIZARD,
      res_id: id,
      name,
      target: 'new',
      views: [[false, 'form']],
    };
  }
  return work.runInPerson(call, session);
}

// 19 takes the password from the context, the older ones from the wizard that it was written on.
async function checkIdentity(
  work: Work,
  session: Session,
  { method, ids, args, context }: ModelCall,
): Promise<unknown> {
  const asked = session.waiting.get(ids[0] ?? 0);
  if (asked === undefined) throw userError('Record does not exist or has been deleted.');
  if (method === 'write') {
    asked.password = (args.vals as { password?: unknown }).password;
    return true;
  }
  const given = work.major === 19 ? context.password : asked.password;
  if (given !== session.password) throw userError('Incorrect Password, try again or click on Forgot Password');
  session.isProven = true;
  return work.runInPerson(asked.call, session);
}
