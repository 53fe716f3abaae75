// API keys as Odoo keeps them: made and removed in a person's session only, after the password was given once more.
import { randomBytes } from 'node:crypto';
import type { Transaction } from './database.ts';
import { type Environment, timestamp } from './environment.ts';
import { userError } from './exception.ts';
import type { Row } from './row.ts';

const KEYS = 'res.users.apikeys';
const DESCRIPTIONS = 'res.users.apikeys.description';
const DAY_MS = 24 * 60 * 60 * 1000;
/** What an ordinary user may have where nobody changed it. */
const MOST_DAYS = 90;

/** The field that no schema knows, and so no door shows. */
const SECRET = 'secret';

/** The key that the server was started with is among the user's from the beginning. */
export function keepFirstKey(transaction: Transaction, userId: number, key: string): void {
  if (transaction.all(KEYS).some((row) => row[SECRET] === key)) return;
  transaction.insert(KEYS, { name: 'stand-in', user_id: userId, scope: 'rpc', [SECRET]: key });
}

/** Is it in force? `now` in epoch milliseconds. */
export function isKeyInForce(transaction: Transaction, key: unknown, now: number): boolean {
  return transaction.all(KEYS).some((row) => {
    const end = row.expiration_date;
    return row[SECRET] === key && (typeof end !== 'string' || Date.parse(`${end.replace(' ', 'T')}Z`) >= now);
  });
}

/** What Odoo says of a life that is too long, when the key is described. */
export function checkDuration(env: Environment, { duration }: Readonly<Record<string, unknown>>): void {
  if (env.major === 17 || env.isAdministrator) return;
  if (duration === '0' || !duration) throw userError('The API key must have an expiration date');
  if (Number(duration) > MOST_DAYS) throw userError(`You cannot exceed ${MOST_DAYS}.0 days.`);
}

export function makeKey(env: Environment, ids: readonly number[]): unknown {
  onlyInPerson(env);
  const described = env.transaction.get(DESCRIPTIONS, ids[0] ?? 0) as Row;
  const key = randomBytes(20).toString('hex');
  const endsAt = new Date(Math.floor(env.now() / DAY_MS + Number(described.duration || 0)) * DAY_MS);
  const end: Record<string, string> =
    env.major === 17 ? {} : { expiration_date: timestamp({ now: () => endsAt.getTime() }) };
  env.transaction.insert(KEYS, { name: String(described.name), user_id: env.uid, scope: false, ...end, [SECRET]: key });
  return {
    type: 'ir.actions.act_window',
    res_model: 'res.users.apikeys.show',
    name: 'API Key Ready',
    views: [[false, 'form']],
    target: 'new',
    context: { default_key: key },
  };
}

export function removeKeys(env: Environment, ids: readonly number[]): unknown {
  onlyInPerson(env);
  for (const id of ids) env.transaction.remove(KEYS, id);
  return { type: 'ir.actions.act_window_close' };
}

function onlyInPerson({ isProven }: Environment): void {
  if (isProven !== true) throw userError('This method can only be accessed over HTTP');
}
