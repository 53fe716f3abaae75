// Is the companion module (`connectors/odoo/addon`) installed there, and do we speak its language? Optional: whatever it does in
// one call, the connector does without it in several.
import type { Door } from './doors/door.ts';
import { OdooError } from './doors/failure.ts';

/** The field by which it is known to be there. */
export const COMPANION_FIELD = 'lading_key';

/** What `lading_companion` must say for us to speak with it. */
const PROTOCOL = 1;

/** Throws `OdooError` where it speaks otherwise than we do. */
export async function meetCompanion(call: Door): Promise<void> {
  const told = (await call({ model: 'account.move', method: 'lading_companion' })) as { protocol?: unknown } | null;
  if (told?.protocol === PROTOCOL) return;
  const message = `the companion module there speaks protocol ${String(told?.protocol)}, not ${PROTOCOL}: upgrade the older of the two`;
  throw new OdooError({ kind: 'unfamiliar', message });
}
