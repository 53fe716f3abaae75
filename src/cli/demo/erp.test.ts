import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { connectErp } from '../../pipeline/hub.ts';
import { UserError } from '../user-error.ts';
import { documentsInErp } from './erp.ts';

const { signal } = new AbortController();

test('an ERP that comes back in time is waited for; one that does not is named, with what to do', async () => {
  const standIn = await startOdooStandIn();
  const { url, database, user, key } = standIn;
  const erp = connectErp({ url, database, user, key }, { now: Date.now });
  const hub = { systems: [erp] };
  try {
    await standIn.setFault({ mode: 'down' });
    await assert.rejects(documentsInErp(hub, url, signal, 50), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /the ERP cannot be read/);
      assert.ok(error.message.includes(url) && !error.message.includes(key));
      return true;
    });
    const back = sleep(200).then(() => standIn.setFault({ mode: 'up' }));
    assert.deepEqual(await documentsInErp(hub, url, signal, 30_000), []);
    await back;
  } finally {
    await erp.session.close();
    await standIn.stop();
  }
});
