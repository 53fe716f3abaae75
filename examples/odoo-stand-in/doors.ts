// Both doors of Odoo: how a call is written and how its outcome is answered.
//
// JSON-RPC takes arguments by position or name and says 200 to everything. JSON-2 takes them by name, answers with the
// bare value, and has a status for each exception.
import { type Major, missingArgument, type Values } from './environment.ts';
import { accessError, OdooException } from './exception.ts';
import type { Method } from './method.ts';
import { methodOf } from './methods.ts';

/** What is asked of a model, however it came in. */
export type ModelCall = {
  readonly model: string;
  readonly method: string;
  readonly ids: readonly number[];
  readonly args: Values;
  readonly context: Values;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

export function jsonAnswer(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function htmlAnswer(status: number, title: string, text: string): HttpAnswer {
  const body = `<!DOCTYPE html>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** JSON-2 without a database it could use: a page, whatever was asked. */
export const NO_DATABASE = htmlAnswer(
  404,
  'Not Found',
  'No database is selected and the requested URL was not found in the server-wide controllers.',
);

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type RpcRequest = {
  readonly id: unknown;
  readonly service: string;
  readonly method: string;
  readonly args: readonly unknown[];
};

export function rpcRequestFrom(body: unknown): RpcRequest | undefined {
  const { id, params } = (body ?? {}) as { id?: unknown; params?: Record<string, unknown> };
  if (typeof params?.service !== 'string' || typeof params.method !== 'string' || !Array.isArray(params.args))
    return undefined;
  return { id, service: params.service, method: params.method, args: params.args };
}

/** A method that returns nothing leaves `result` out. */
export function rpcResult(id: unknown, result: unknown): HttpAnswer {
  return jsonAnswer({ jsonrpc: '2.0', id: id ?? null, ...(result === undefined ? {} : { result }) });
}

export function rpcFault(id: unknown, exception: OdooException, major: Major): HttpAnswer {
  const error = { code: major === 19 ? 0 : 200, message: 'Odoo Server Error', data: exception.toBody() };
  return jsonAnswer({ jsonrpc: '2.0', id: id ?? null, error });
}

/** `execute_kw`: database, user id and key are already taken off. */
export function callFromRpc(args: readonly unknown[], isModel: (name: string) => boolean): ModelCall {
  const [model, name, positional = [], named = {}] = args as [string, string, unknown[]?, Record<string, unknown>?];
  refusePrivate(model, name);
  const method = isModel(model) ? methodOf(model, name) : undefined;
  if (isModel(model) && method === undefined) {
    throw new OdooException('builtins.AttributeError', `The method '${model}.${name}' does not exist`);
  }
  const { context = {}, ...rest } = named;
  const takesIds = method?.on === 'records';
  const ids = takesIds ? [positional[0] ?? []].flat().map(Number) : [];
  const parameters = method?.parameters ?? [];
  const byPosition = positional
    .slice(takesIds ? 1 : 0)
    .map((value, index) => [parameters[index] ?? `argument ${index}`, value]);
  return { model, method: name, ids, args: { ...Object.fromEntries(byPosition), ...rest }, context: context as Values };
}

export function callFromJson2(
  model: string,
  name: string,
  body: unknown,
  isModel: (name: string) => boolean,
): ModelCall {
  if (!isModel(model)) throw notFound(`the model '${model}' does not exist`);
  refusePrivate(model, name);
  const method = methodOf(model, name);
  if (method === undefined) throw notFound(`the method '${model}.${name}' does not exist`);
  const { ids = [], context = {}, ...args } = (body ?? {}) as { ids?: number[]; context?: Values };
  if (method.on === 'model' && ids.length > 0) {
    throw new OdooException('werkzeug.exceptions.UnprocessableEntity', `cannot call ${model}.${name} with ids`, 422);
  }
  checkArguments(method, args);
  return { model, method: name, ids, args, context };
}

function notFound(message: string): OdooException {
  return new OdooException('werkzeug.exceptions.NotFound', message, 404);
}

function refusePrivate(model: string, name: string): void {
  if (name.startsWith('_'))
    throw accessError(`Private methods (such as '${model}.${name}') cannot be called remotely.`);
}

function checkArguments({ parameters, required = [] }: Method, args: Values): void {
  const missing = required.find((name) => args[name] === undefined);
  if (missing !== undefined) throw missingArgument(missing);
  // Methods without parameters of ours take any: `message_post` has a dozen.
  const unexpected = parameters.length === 0 ? undefined : Object.keys(args).find((name) => !parameters.includes(name));
  if (unexpected === undefined) return;
  throw new OdooException(
    'werkzeug.exceptions.UnprocessableEntity',
    `got an unexpected keyword argument '${unexpected}'`,
    422,
  );
}

export function versionInfo(major: Major): readonly unknown[] {
  return [major, 0, 0, 'final', 0, ''];
}

/** `create` on JSON-2 answers with a list even to a single object. */
export function json2Result(call: ModelCall, result: unknown): unknown {
  return call.method === 'create' && typeof result === 'number' ? [result] : (result ?? null);
}
