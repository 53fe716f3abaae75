// Their error → retry, refuse or unknown. A table, because that is how it is read and extended.
//
// Odoo's texts differ between versions and languages, so nothing is decided by them, with one exception: the loser
// of two simultaneous `load`s is told by PostgreSQL's own, untranslated words and nothing else.
import type { RefusalKind, TroubleScope, Verdict } from '../../contract.ts';
import { describeFailure, type LoadMessage, OdooError, type OdooFailure } from './failure.ts';

type Rule =
  | { readonly refuse: RefusalKind; readonly scope: TroubleScope; readonly mend: string }
  | { readonly retry: TroubleScope };

const rejected = {
  refuse: 'rejected',
  scope: 'document',
  mend: 'Odoo refused it; mend this there, then send it again',
} as const satisfies Rule;
const misunderstood: Rule = {
  refuse: 'not-understood',
  scope: 'document',
  mend: 'Odoo did not understand it: something there was changed; have its administrator look at this, then send it again',
};
const keyRefused: Rule = {
  refuse: 'access-denied',
  scope: 'system',
  mend: 'Odoo refused the user or key; make a new API key (keys expire) and give it as ODOO_KEY',
};

/** By the Python class of the exception, as both doors name it. An exception rolled back everything its call did. */
const RULE_BY_FAULT: Readonly<Record<string, Rule>> = {
  'odoo.exceptions.ValidationError': rejected,
  'odoo.exceptions.UserError': rejected,
  'odoo.exceptions.RedirectWarning': rejected,
  'odoo.exceptions.MissingError': {
    ...rejected,
    mend: 'Odoo no longer has something that is named; correct the mapping (`lading connect odoo` says what), then send it again',
  },
  'odoo.exceptions.AccessError': {
    refuse: 'not-permitted',
    scope: 'document',
    mend: 'The API user lacks a right; an Odoo administrator can grant it',
  },
  'odoo.exceptions.AccessDenied': keyRefused,
  'werkzeug.exceptions.Unauthorized': keyRefused,
  'werkzeug.exceptions.NotFound': {
    ...misunderstood,
    mend: 'This Odoo lacks a module that is needed; have it installed, then send it again',
  },
  'werkzeug.exceptions.BadRequest': misunderstood,
  'werkzeug.exceptions.UnsupportedMediaType': misunderstood,
  'werkzeug.exceptions.UnprocessableEntity': misunderstood,
  'builtins.AttributeError': misunderstood,
  'builtins.KeyError': misunderstood,
  'builtins.TypeError': misunderstood,
  'builtins.ValueError': misunderstood,
  'psycopg2.OperationalError': { retry: 'system' },
  'psycopg2.InterfaceError': { retry: 'system' },
  'psycopg2.pool.PoolError': { retry: 'system' },
  'psycopg2.errors.AdminShutdown': { retry: 'system' },
  'psycopg2.errors.CannotConnectNow': { retry: 'system' },
  'psycopg2.errors.TooManyConnections': { retry: 'system' },
  'psycopg2.errors.QueryCanceled': { retry: 'document' },
  'psycopg2.errors.SerializationFailure': { retry: 'document' },
  'psycopg2.errors.DeadlockDetected': { retry: 'document' },
  'psycopg2.errors.LockNotAvailable': { retry: 'document' },
};

const LOST_A_RACE = /could not serialize access|deadlock detected/;

/** What an error thrown by our calls means for the act that met it. Anything we do not know is `unknown`. */
export function classify(error: unknown): Verdict {
  if (!(error instanceof OdooError)) return { verdict: 'unknown', scope: 'document', reason: 'unexpected error' };
  const { failure } = error;
  const reason = describeFailure(failure);
  switch (failure.kind) {
    case 'not-reached':
      return { verdict: 'retry', scope: 'system', reason };
    case 'answer-lost':
    case 'garbage':
      return { verdict: 'unknown', scope: 'system', reason };
    case 'http':
      return judgeStatus(failure, reason);
    case 'fault':
      return judge(RULE_BY_FAULT[failure.name] ?? rejected, theirWords(failure), reason);
    case 'login-refused':
      return judge(keyRefused, '', reason);
    case 'load-refused':
      return judgeLoad(failure.messages, reason);
    case 'unfamiliar':
      return refusal('not-understood', 'system', failure.message);
  }
}

// A warning with a way out carries that way after its first line, as a Python dictionary.
function theirWords({ name, message }: { readonly name: string; readonly message: string }): string {
  return name === 'odoo.exceptions.RedirectWarning' ? (message.split('\n')[0] ?? '') : message;
}

function judge(rule: Rule, words: string, reason: string): Verdict {
  if ('retry' in rule) return { verdict: 'retry', scope: rule.retry, reason };
  return refusal(rule.refuse, rule.scope, words === '' ? rule.mend : `${rule.mend}: ${oneLine(words)}`);
}

function refusal(kind: RefusalKind, scope: TroubleScope, sentence: string): Verdict {
  return { verdict: 'refuse', kind, scope, sentence };
}

// 404 without words is JSON-2's answer when the database is unknown or PostgreSQL is down. Of what stands between us
// and Odoo, 5xx may come after the work was done.
function judgeStatus({ status, afterMs }: Extract<OdooFailure, { kind: 'http' }>, reason: string): Verdict {
  if (status === 429) return { verdict: 'retry', scope: 'system', reason, afterMs };
  if (status === 404) {
    const causes = 'the address is no Odoo, or it has no such database, or its PostgreSQL is down';
    return { verdict: 'retry', scope: 'system', reason: `HTTP 404: ${causes}` };
  }
  if (status >= 500) return { verdict: 'unknown', scope: 'system', reason };
  if (status === 413) return refusal('rejected', 'document', 'The document with its attachments is too large for Odoo');
  return refusal('not-understood', 'system', `${reason}; check the address in the settings`);
}

function judgeLoad(messages: readonly LoadMessage[], reason: string): Verdict {
  if (messages.some(({ message }) => LOST_A_RACE.test(message))) return { verdict: 'retry', scope: 'document', reason };
  const isCustomer = messages.some(({ field }) => field === 'partner_id');
  const mend = isCustomer
    ? 'Odoo does not know the customer; correct the contact in the mapping or in Odoo, then send it again'
    : rejected.mend;
  return refusal(isCustomer ? 'customer-unknown' : 'rejected', 'document', `${mend}: ${oneLine(reason)}`);
}

const LONGEST_QUOTE = 300;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}

/** Of a call that changes nothing, a lost answer leaves nothing in doubt. */
export function classifyRead(error: unknown): Verdict {
  const verdict = classify(error);
  return verdict.verdict === 'unknown' ? { ...verdict, verdict: 'retry' } : verdict;
}
