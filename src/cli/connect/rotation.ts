// lading connect odoo --rotate
import { rotateKey } from '../../connectors/odoo/connect/rotate.ts';
import { OdooError } from '../../connectors/odoo/doors/failure.ts';
import type { OdooSettings } from '../../connectors/odoo/settings.ts';
import { UserError } from '../user-error.ts';
import type { Writer } from '../writer.ts';
import type { Asker } from './asker.ts';
import { odooProblem } from './problem.ts';

export type RotationContext = {
  readonly settings: OdooSettings;
  readonly keyFile: string;
  readonly keepsOld: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly asker: Asker | undefined;
  readonly json: boolean;
  readonly stdout: Writer;
};

/** Throws `UserError`; then the old key is in force as before. */
export async function rotate(context: RotationContext): Promise<number> {
  const { settings, keyFile, keepsOld, json, stdout, env } = context;
  const from = await newKeyFrom(context);
  const done = await rotateKey(settings, { now: Date.now }, { keyFile, from, keepsOld }).catch((error) => {
    throw error instanceof OdooError
      ? odooProblem(error, `${settings.user ?? 'the API user'} in ${settings.database}`)
      : error;
  });
  const endsAt = done.endsAt === undefined ? undefined : new Date(done.endsAt).toISOString();
  if (json) {
    stdout.line(JSON.stringify({ ok: true, ...done, endsAt, keyFile }));
    return 0;
  }
  stdout.line(`The new key${done.name === undefined ? '' : ` "${done.name}"`} works and is kept in ${keyFile}.`);
  stdout.line(
    endsAt === undefined ? 'It does not end.' : `It ends on ${endsAt.slice(0, 10)}; you are told 14 days before.`,
  );
  if (done.removed.length > 0) stdout.line(`Removed in Odoo: "${done.removed.join('", "')}".`);
  if (done.left.length > 0) {
    stdout.line(
      `Still in force: "${done.left.join('", "')}". Remove in Odoo what nobody uses (Preferences, Account Security).`,
    );
  }
  if (env.ODOO_KEY)
    stdout.line('ODOO_KEY may be unset: here the kept key goes before it. Elsewhere, give the new one.');
  return 0;
}

async function newKeyFrom({ env, asker }: RotationContext) {
  if (env.ODOO_NEW_KEY) return { key: env.ODOO_NEW_KEY };
  if (env.ODOO_PASSWORD) return { password: env.ODOO_PASSWORD };
  const password = await asker?.askSecret("The API user's password (empty: you make the key yourself)");
  if (password) return { password };
  const key = await asker?.askSecret('The new API key, made in Odoo (Preferences, Account Security)');
  if (key) return { key };
  throw new UserError({
    what: 'no way to a new key',
    where: '--rotate',
    mend: "set ODOO_PASSWORD to the API user's password, or ODOO_NEW_KEY to a key that you made as that user",
  });
}
