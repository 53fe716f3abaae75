// Trouble with an Odoo as the one line of a command.
import { classifyRead } from '../../connectors/odoo/doors/classify.ts';
import type { OdooError } from '../../connectors/odoo/doors/failure.ts';
import { UserError } from '../user-error.ts';

export function odooProblem(error: OdooError, where: string): UserError {
  const { failure } = error;
  if (failure.kind === 'login-refused') {
    const mend = 'check login and password; a user with a second factor must make the key by hand (ODOO_NEW_KEY)';
    return new UserError({ what: 'Odoo refused the login', where, mend });
  }
  const verdict = classifyRead(error);
  if ('sentence' in verdict)
    return new UserError({ what: verdict.sentence, where, mend: 'mend it in Odoo and try again' });
  return new UserError({ what: verdict.reason, where, mend: 'try again' });
}
