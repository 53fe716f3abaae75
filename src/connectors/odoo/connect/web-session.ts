// A session as a person's browser has one. Only through it does Odoo make and remove API keys, and only with the password.
//
// The password is asked for, used and forgotten: it is neither kept nor part of any error.
import type { Call, Door } from '../doors/door.ts';
import { OdooError } from '../doors/failure.ts';
import { callArguments, rpcAnswer, rpcQuestion } from '../doors/json-rpc.ts';
import type { Wire } from '../doors/wire.ts';

export type Person = { readonly database: string; readonly login: string; readonly password: string };

/** Logs in and returns a door that acts as this person. Throws `OdooError`; a wrong password is `login-refused`. */
export async function openWebSession(wire: Wire, { database, login, password }: Person): Promise<Door> {
  let cookie = '';
  async function ask(path: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    const answer = await wire.post(path, rpcQuestion(params), cookie === '' ? {} : { cookie });
    if (answer.cookie?.startsWith('session_id=')) cookie = answer.cookie;
    return rpcAnswer(answer, password);
  }
  try {
    const told = await ask('/web/session/authenticate', { db: database, login, password });
    // With a second factor the password alone opens no session.
    if (typeof (told as { uid?: unknown } | null)?.uid !== 'number') throw new OdooError({ kind: 'login-refused' });
  } catch (error) {
    const isDenied =
      error instanceof OdooError && error.failure.kind === 'fault' && /AccessDenied$/.test(error.failure.name);
    throw isDenied ? new OdooError({ kind: 'login-refused' }) : error;
  }
  return (call: Call) => {
    const [args, kwargs] = callArguments(call);
    return ask(`/web/dataset/call_kw/${call.model}/${call.method}`, {
      model: call.model,
      method: call.method,
      args,
      kwargs,
    });
  };
}
