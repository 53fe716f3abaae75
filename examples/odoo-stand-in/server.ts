// The stand-in's Odoo as it is asked over HTTP, without sockets and without faults.
import {
  callFromJson2,
  callFromRpc,
  type HttpAnswer,
  htmlAnswer,
  json2Result,
  jsonAnswer,
  NO_DATABASE,
  parsedJson,
  rpcFault,
  rpcRequestFrom,
  rpcResult,
  versionInfo,
} from './doors.ts';
import { asException, OdooException } from './exception.ts';
import { methodOf } from './methods.ts';
import { answerWeb, type Sessions } from './web-session.ts';
import { USER_ID, type Work } from './work.ts';

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

export function prepare(work: Work, question: HttpQuestion): Prepared {
  const { method, path, body } = question;
  const asked = methodAsked(question);
  const [, model, name] = JSON_2.exec(path) ?? [];
  if (method === 'POST' && path === '/jsonrpc') return { ...asked, perform: () => answerRpc(work, body) };
  if (method === 'POST' && model !== undefined && name !== undefined) {
    return { ...asked, perform: () => answerJson2(work, question, model, name) };
  }
  if (method === 'POST' && WEB.test(path)) {
    const sessions = SESSIONS.get(work) ?? new Map();
    SESSIONS.set(work, sessions);
    return { ...asked, perform: () => answerWeb(work, sessions, path, question.headers.cookie, body) };
  }
  return { ...asked, perform: async () => page(work, path) };
}

const WEB = /^\/web\/(session\/authenticate|dataset\/call_kw)/;
const SESSIONS = new WeakMap<Work, Sessions>();
const JSON_2 = /^\/json\/2\/([^/]+)\/([^/]+)$/;

/** Which method a question is for, through either door; pages only read. */
export function methodAsked({ method, path, body }: HttpQuestion): Pick<Prepared, 'name' | 'isRead'> {
  if (method !== 'POST') return { isRead: true };
  if (path === '/jsonrpc') return rpcMethod(body);
  const [, model, name] = JSON_2.exec(path) ?? [];
  if (model === undefined || name === undefined) return { isRead: true };
  return { name, isRead: methodOf(model, name)?.isRead ?? false };
}

function rpcMethod(body: string): { readonly name?: string; readonly isRead: boolean } {
  const request = rpcRequestFrom(parsedJson(body));
  if (request === undefined || request.service === 'common') return { name: request?.method, isRead: true };
  const [, , , model, method] = request.args;
  return { name: String(method), isRead: methodOf(String(model), String(method))?.isRead ?? false };
}

async function answerRpc(work: Work, body: string): Promise<HttpAnswer> {
  const request = rpcRequestFrom(parsedJson(body));
  if (request === undefined) return htmlAnswer(400, 'Bad Request', 'Invalid JSON-RPC data.');
  const { id, service, method, args } = request;
  try {
    const result = service === 'common' ? common(work, method, args) : await executeKw(work, args);
    return rpcResult(id, result);
  } catch (error) {
    return rpcFault(id, asException(error), work.major);
  }
}

/** A wrong user or key is no error here: the answer is `false`. */
function common(work: Work, method: string, args: readonly unknown[]): unknown {
  const { major, credentials } = work;
  if (method === 'version') {
    const serie = `${major}.0`;
    const info = versionInfo(major);
    return { server_version: serie, server_version_info: info, server_serie: serie, protocol_version: 1 };
  }
  const [database, user, key] = args;
  checkDatabase(work, database);
  return user === credentials.user && work.isKeyInForce(key) ? USER_ID : false;
}

async function executeKw(work: Work, [database, , key, ...rest]: readonly unknown[]): Promise<unknown> {
  checkDatabase(work, database);
  if (!work.isKeyInForce(key)) throw new OdooException('odoo.exceptions.AccessDenied', 'Access Denied');
  return work.run(callFromRpc(rest, work.isModel));
}

function checkDatabase({ credentials }: Work, database: unknown): void {
  if (database === credentials.database) return;
  const where = 'connection to server at "localhost", port 5432 failed';
  const message = `${where}: FATAL:  database "${String(database)}" does not exist\n`;
  throw new OdooException('psycopg2.OperationalError', message);
}

async function answerJson2(work: Work, question: HttpQuestion, model: string, method: string): Promise<HttpAnswer> {
  const { headers, body } = question;
  const { database } = work.credentials;
  if (work.major < 19) return { status: 303, headers: { location: '/odoo' }, body: '' };
  if (!headers['content-type']?.startsWith('application/json')) {
    return htmlAnswer(415, 'Unsupported Media Type', 'Only application/json is taken here.');
  }
  if ((headers['x-odoo-database'] ?? database) !== database) return NO_DATABASE;
  try {
    checkBearer(work, headers.authorization);
    const call = callFromJson2(model, method, contentOf(body), work.isModel);
    return jsonAnswer(json2Result(call, await work.run(call)));
  } catch (error) {
    const exception = asException(error);
    const challenge: Record<string, string> = exception.status === 401 ? { 'www-authenticate': 'Bearer ' } : {};
    return jsonAnswer(exception.toBody(), exception.status, challenge);
  }
}

function checkBearer(work: Work, authorization: string | undefined): void {
  const key = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (!work.isKeyInForce(key)) throw new OdooException('werkzeug.exceptions.Unauthorized', 'Invalid apikey', 401);
}

function contentOf(body: string): unknown {
  const content = parsedJson(body);
  if (content !== undefined) return content;
  throw new OdooException('werkzeug.exceptions.BadRequest', 'could not parse the body as json', 400);
}

function page({ major }: Work, path: string): HttpAnswer {
  if (major === 19 && path === '/web/version') {
    return jsonAnswer({ version_info: versionInfo(major), version: `${major}.0` });
  }
  if (major === 19 && path.startsWith('/json/2')) {
    const hint = 'Did you mean POST /json/2/<model>/<method>?';
    return jsonAnswer(new OdooException('werkzeug.exceptions.NotFound', hint, 404).toBody(), 404);
  }
  return htmlAnswer(404, 'Not Found', 'The requested URL was not found on the server.');
}
