// Every way in which an Odoo was seen to fail, by situation and door: what it is taken for, and what the clerk reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify } from './classify.ts';
import { OdooError, type OdooFailure } from './failure.ts';

const fault = (name: string, message = 'their words'): OdooFailure => ({ kind: 'fault', name, message });
const loadRefused = (message: string, field?: string): OdooFailure => ({
  kind: 'load-refused',
  messages: [{ message, field }],
});

const VALIDATION = 'odoo.exceptions.ValidationError';
const USER = 'odoo.exceptions.UserError';
const MISSING = 'odoo.exceptions.MissingError';
const VALUE = 'builtins.ValueError';
const REFUSED = /^Odoo refused it; mend this there, then send it again: their words$/;
const GONE = /^Odoo no longer has something that is named; correct the mapping .*: their words$/;
const CHANGED = /^Odoo did not understand it: .* have its administrator look at this, then send it again: their words$/;
const KEY = /^Odoo refused the user or key; make a new API key/;

// Situation, what came, verdict, and of a refusal its sentence.
const CASES: readonly (readonly [situation: string, failure: OdooFailure, verdict: string, sentence?: RegExp])[] = [
  ['a missing required field', fault(VALIDATION), 'refuse rejected document', REFUSED],
  ['already posted', fault(USER), 'refuse rejected document', REFUSED],
  ['nothing to invoice', fault(USER), 'refuse rejected document', REFUSED],
  ['an invoice without lines', fault(USER), 'refuse rejected document', REFUSED],
  ['no customer', fault(USER), 'refuse rejected document', REFUSED],
  ['a bill without its date', fault(USER), 'refuse rejected document', REFUSED],
  ['a negative total', fault(USER), 'refuse rejected document', REFUSED],
  ['a currency that is not active', fault(USER), 'refuse rejected document', REFUSED],
  ['an entry out of balance', fault(USER), 'refuse rejected document', REFUSED],
  ['deleting what is posted', fault(USER), 'refuse rejected document', REFUSED],
  ['editing a locked or posted entry', fault(USER), 'refuse rejected document', REFUSED],
  ['already paid', fault(USER), 'refuse rejected document', REFUSED],
  ['an order that cannot be confirmed', fault(USER), 'refuse rejected document', REFUSED],
  ['a journal of the wrong type', fault(VALIDATION), 'refuse rejected document', REFUSED],
  ['an external id or login that is taken', fault(VALIDATION), 'refuse rejected document', REFUSED],
  ['an unknown record', fault(MISSING), 'refuse rejected document', GONE],
  ['an unknown partner, product or account', fault(MISSING), 'refuse rejected document', GONE],
  ['an unknown tax, 17', fault(VALIDATION), 'refuse rejected document', REFUSED],
  ['an unknown tax, 19', fault(MISSING), 'refuse rejected document', GONE],
  ['no right', fault('odoo.exceptions.AccessError'), 'refuse not-permitted document', /administrator can grant it/],
  [
    'a company that is not allowed',
    fault('odoo.exceptions.AccessError'),
    'refuse not-permitted document',
    /lacks a right/,
  ],
  ['a wrong key, when logging in', { kind: 'login-refused' }, 'refuse access-denied system', KEY],
  ['a wrong key, when calling', fault('odoo.exceptions.AccessDenied'), 'refuse access-denied system', KEY],
  ['a wrong or ended key, JSON-2', fault('werkzeug.exceptions.Unauthorized'), 'refuse access-denied system', KEY],
  ['an unknown model, JSON-RPC', fault(USER), 'refuse rejected document', REFUSED],
  [
    'an unknown model or method, JSON-2',
    fault('werkzeug.exceptions.NotFound'),
    'refuse not-understood document',
    /lacks a module/,
  ],
  ['an unknown method, JSON-RPC', fault('builtins.AttributeError'), 'refuse not-understood document', CHANGED],
  ['an unknown field', fault(VALUE), 'refuse not-understood document', CHANGED],
  ['a bad selection value', fault(VALUE), 'refuse not-understood document', CHANGED],
  ['a bad date or number', fault(VALUE), 'refuse not-understood document', CHANGED],
  ['an unknown external id', fault(VALUE), 'refuse not-understood document', CHANGED],
  ['several records where one is wanted', fault(VALUE), 'refuse not-understood document', CHANGED],
  ['a missing argument', fault('werkzeug.exceptions.UnprocessableEntity'), 'refuse not-understood document', CHANGED],
  ['JSON that cannot be parsed', fault('werkzeug.exceptions.BadRequest'), 'refuse not-understood document', CHANGED],
  ['an unknown language, 19', fault(USER), 'refuse rejected document', REFUSED],
  ['a wrong Content-Type', { kind: 'http', status: 415 }, 'refuse not-understood system', /check the address/],
  ['JSON-2 asked of 17 or 18', { kind: 'http', status: 303 }, 'refuse not-understood system', /check the address/],
  ['a document too large', { kind: 'http', status: 413 }, 'refuse rejected document', /too large/],
  ['no such database or PostgreSQL down, JSON-RPC', fault('psycopg2.OperationalError'), 'retry system'],
  ['no such database or PostgreSQL down, JSON-2', { kind: 'http', status: 404 }, 'retry system'],
  ['all of its database connections taken', fault('psycopg2.pool.PoolError'), 'retry system'],
  ['PostgreSQL stopped in the midst', fault('psycopg2.errors.AdminShutdown'), 'retry system'],
  ["a conflict after Odoo's own tries", fault('psycopg2.errors.SerializationFailure'), 'retry document'],
  ['a deadlock', fault('psycopg2.errors.DeadlockDetected'), 'retry document'],
  ['a conflict inside load', loadRefused('could not serialize access due to concurrent update'), 'retry document'],
  [
    'a partner that load does not find',
    loadRefused('their words', 'partner_id'),
    'refuse customer-unknown document',
    /^Odoo does not know the customer; correct/,
  ],
  ['anything else that load refuses', loadRefused('their words', 'currency_id'), 'refuse rejected document', REFUSED],
  ['an edit of what is posted by load, 19', loadRefused('their words'), 'refuse rejected document', REFUSED],
  ['too many calls', { kind: 'http', status: 429, afterMs: 1000 }, 'retry system'],
  ['nobody there', { kind: 'not-reached', code: 'ECONNREFUSED' }, 'retry system'],
  ['a connection dropped', { kind: 'answer-lost', code: 'UND_ERR_SOCKET' }, 'unknown system'],
  ['our own time-out', { kind: 'answer-lost', code: 'UND_ERR_HEADERS_TIMEOUT' }, 'unknown system'],
  ['a proxy that lost its server', { kind: 'http', status: 502 }, 'unknown system'],
  ['a proxy that waited too long', { kind: 'http', status: 504 }, 'unknown system'],
  ['a page in place of an answer', { kind: 'garbage', status: 200 }, 'unknown system'],
];

for (const [situation, failure, expected, sentence] of CASES) {
  test(`odoo error: ${situation} is ${expected}`, () => {
    const verdict = classify(new OdooError(failure));
    const kind = verdict.verdict === 'refuse' ? [verdict.kind] : [];
    assert.equal([verdict.verdict, ...kind, verdict.scope].join(' '), expected);
    assert.equal(verdict.verdict === 'refuse', sentence !== undefined);
    if (verdict.verdict === 'refuse') assert.match(verdict.sentence, sentence as RegExp);
  });
}
