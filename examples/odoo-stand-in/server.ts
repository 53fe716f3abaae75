// The stand-in's Odoo proper: calls in, answers out, without HTTP and without faults.
import { openDatabase } from './database.ts';
import {
  callFromJson2,
  callFromRpc,
  type HttpAnswer,
  htmlAnswer,
  json2Result,
  jsonAnswer,
  type ModelCall,
  NO_DATABASE,
  rpcFault,
  rpcRequestFrom,
  rpcResult,
  versionInfo,
} from './doors.ts';
import { type Environment, type Major, timestamp } from './environment.ts';
import { asException, OdooException } from './exception.ts';
import type { Journal } from './journal.ts';
import { conflictAnswer, LoadUndone } from './load.ts';
import { methodOf, runMethod } from './methods.ts';
import { RULES } from './model-rules.ts';
import { schemaOf } from './schema.ts';
import { seed } from './seed.ts';

export type Credentials = { readonly database: string; readonly user: string; readonly key: string };

export type HttpQuestion = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

/** An answer in the making: which method it is, and whether it only reads, is known before anything is done. */
export type Prepared = {
  readonly name?: string;
  readonly isRead: boolean;
  readonly perform: () => Promise<HttpAnswer>;
};

export type StandInServer = {
  readonly prepare: (question: HttpQuestion) => Prepared;
  /** A call by an administrator who sits at the ERP, past doors and faults. */
  readonly actAsAdministrator: (call: ModelCall) => unknown;
};

const USER_ID = 6;
const ADMINISTRATOR_ID = 2;
/** How long a `load` is at work: what comes meanwhile for the same external id loses the race. */
const LOAD_WORK_MS = 2;

export function openServer(major: Major, credentials: Credentials, journal: Journal, now: () => number): StandInServer {
  const database = openDatabase(journal);
  const schema = schemaOf(major);
  const loading = new Map<string, Promise<void>>();
  const isModel = (name: string) => schema.has(name);
  database.transact((transaction) => seed(transaction, timestamp({ now })));

  function run(call: ModelCall, isAdministrator: boolean): unknown {
    const { model, method, ids, args, context } = call;
    try {
      return database.transact((transaction) => {
        const uid = isAdministrator ? ADMINISTRATOR_ID : USER_ID;
        const env: Environment = { transaction, schema, rules: RULES, major, uid, isAdministrator, context, now };
        return runMethod(env, model, method, ids, args);
      });
    } catch (error) {
      if (error instanceof LoadUndone) return error.answer;
      throw error;
    }
  }

  // Two loads of one external id at once: the first to come makes it, the other waits for it and is told of the conflict.
  async function runCall(call: ModelCall): Promise<unknown> {
    if (call.method !== 'load') return run(call, false);
    const names = externalIdsIn(call);
    const ahead = names.flatMap((name) => loading.get(name) ?? []);
    if (ahead.length > 0) {
      await Promise.all(ahead);
      return conflictAnswer();
    }
    const work = new Promise<void>((resolve) => setTimeout(resolve, LOAD_WORK_MS));
    for (const name of names) loading.set(name, work);
    await work;
    for (const name of names) loading.delete(name);
    return run(call, false);
  }

  async function answerRpc(body: string): Promise<HttpAnswer> {
    const request = rpcRequestFrom(parsed(body));
    if (request === undefined) return htmlAnswer(400, 'Bad Request', 'Invalid JSON-RPC data.');
    const { id, service, method, args } = request;
    try {
      return rpcResult(id, service === 'common' ? common(method, args) : await runCall(rpcCall(args)));
    } catch (error) {
      return rpcFault(id, asException(error), major);
    }
  }

  function common(method: string, args: readonly unknown[]): unknown {
    if (method === 'version') {
      const serie = `${major}.0`;
      return {
        server_version: serie,
        server_version_info: versionInfo(major),
        server_serie: serie,
        protocol_version: 1,
      };
    }
    const [name, user, key] = args;
    checkDatabase(name);
    return user === credentials.user && key === credentials.key ? USER_ID : false;
  }

  function rpcCall([name, , key, ...rest]: readonly unknown[]): ModelCall {
    checkDatabase(name);
    if (key !== credentials.key) throw new OdooException('odoo.exceptions.AccessDenied', 'Access Denied');
    return callFromRpc(rest, isModel);
  }

  function checkDatabase(name: unknown): void {
    if (name === credentials.database) return;
    const message = `connection to server at "localhost", port 5432 failed: FATAL:  database "${String(name)}" does not exist\n`;
    throw new OdooException('psycopg2.OperationalError', message);
  }

  async function answerJson2({ headers, body }: HttpQuestion, model: string, method: string): Promise<HttpAnswer> {
    if (major < 19) return { status: 303, headers: { location: '/odoo' }, body: '' };
    if (!headers['content-type']?.startsWith('application/json')) {
      return htmlAnswer(415, 'Unsupported Media Type', 'Only application/json is taken here.');
    }
    if ((headers['x-odoo-database'] ?? credentials.database) !== credentials.database) return NO_DATABASE;
    try {
      checkBearer(headers.authorization);
      const content = parsed(body);
      if (content === undefined)
        throw new OdooException('werkzeug.exceptions.BadRequest', 'could not parse the body as json', 400);
      const call = callFromJson2(model, method, content, isModel);
      return jsonAnswer(json2Result(call, await runCall(call)));
    } catch (error) {
      const exception = asException(error);
      const challenge: Record<string, string> = exception.status === 401 ? { 'www-authenticate': 'Bearer ' } : {};
      return jsonAnswer(exception.toBody(), exception.status, challenge);
    }
  }

  function checkBearer(authorization: string | undefined): void {
    const key = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (key !== credentials.key) throw new OdooException('werkzeug.exceptions.Unauthorized', 'Invalid apikey', 401);
  }

  function prepare(question: HttpQuestion): Prepared {
    const { method, path, body } = question;
    const [, model, name] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    if (method === 'POST' && path === '/jsonrpc') return { ...rpcMethod(body), perform: () => answerRpc(body) };
    if (method === 'POST' && model !== undefined && name !== undefined) {
      const isRead = methodOf(model, name)?.isRead ?? false;
      return { name, isRead, perform: () => answerJson2(question, model, name) };
    }
    return { isRead: true, perform: async () => page(path) };
  }

  function page(path: string): HttpAnswer {
    if (major === 19 && path === '/web/version')
      return jsonAnswer({ version_info: versionInfo(major), version: `${major}.0` });
    if (major === 19 && path.startsWith('/json/2')) {
      const hint = 'Did you mean POST /json/2/<model>/<method>?';
      return jsonAnswer(new OdooException('werkzeug.exceptions.NotFound', hint, 404).toBody(), 404);
    }
    return htmlAnswer(404, 'Not Found', 'The requested URL was not found on the server.');
  }

  return { prepare, actAsAdministrator: (call) => run(call, true) };
}

function externalIdsIn({ args }: ModelCall): string[] {
  const column = (args.fields as string[]).indexOf('id');
  return column < 0 ? [] : (args.data as string[][]).flatMap((row) => row[column] || []);
}

function rpcMethod(body: string): { readonly name?: string; readonly isRead: boolean } {
  const request = rpcRequestFrom(parsed(body));
  if (request === undefined || request.service === 'common') return { name: request?.method, isRead: true };
  const [, , , model, method] = request.args;
  return { name: String(method), isRead: methodOf(String(model), String(method))?.isRead ?? false };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
