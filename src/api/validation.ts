// How Fastify checks requests: by the same validator as everything else, with its sentences.

import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Convert } from 'typebox/value';
import { validate } from '../model/validate.ts';
import { ApiProblem } from './problems.ts';

// Query parameters are text on the wire: "50" becomes 50 where the schema asks for a number.
export const schemaCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const isText = httpPart === 'querystring';
  return (data: unknown) => {
    const checked = validate(schema, isText ? Convert(schema, { ...(data as object) }) : data);
    if (checked.ok) return { value: checked.value };
    const where = httpPart === 'querystring' ? 'query' : (httpPart ?? 'request');
    const parts = checked.problems;
    const [first] = parts;
    const detail =
      first === undefined
        ? `${where} is not as described`
        : [where, first.path, first.message].filter(Boolean).join(' ');
    return { error: new ApiProblem('invalid-request', detail, { parts }) };
  };
};
