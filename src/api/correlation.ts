// One id follows a message from intake to delivery, in every log line and answer.
//
// A caller may bring its own: the trace id of a W3C `traceparent`, else `X-Request-Id`. Anything malformed is replaced,
// because the id ends in logs.

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[A-Za-z0-9._:@/+-]{1,128}$/;

export function correlationFrom(headers: IncomingHttpHeaders): string {
  const trace = TRACEPARENT.exec(String(headers.traceparent ?? ''))?.[1];
  if (trace !== undefined && !/^0+$/.test(trace)) return trace;
  const requestId = headers['x-request-id'];
  return typeof requestId === 'string' && REQUEST_ID.test(requestId) ? requestId : randomUUID();
}
