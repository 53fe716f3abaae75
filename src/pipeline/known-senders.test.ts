import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Partner } from '../model/setup/partner.ts';
import type { Store } from '../store/database.ts';
import { listExceptions } from '../store/read/exceptions.ts';
import type { PipelineContext } from './context.ts';
import { receive } from './intake.ts';
import { importSetup } from './setup.ts';
import { hubsForFile } from './testing/hub.ts';
import { workOnce } from './work.ts';

const hubs = hubsForFile();
let store: Store;
let context: PipelineContext;
before(async () => {
  ({ context, store } = await hubs.open({}));
});

const INTERCHANGE = [
  'ISA*00*          *00*          *02*GHST           *ZZ*LADING         *260303*1000*U*00401*000000001*0*P*:',
  'GS*QM*GHST*LADING*20260303*1000*1*X*004010',
  'ST*214*0001',
  'B10*1*S-1*GHST',
  'SE*3*0001',
  'GE*1*1',
  'IEA*1*000000001',
].join('~');

async function send(partner: string, content: string): Promise<void> {
  await receive(context, [{ bytes: Buffer.from(content), partner, channel: 'http' }]);
  while ((await workOnce(context)) > 0);
}

async function strangers(): Promise<string[]> {
  const open = await listExceptions(store, store.tenant, { state: 'open' }, { limit: 100 });
  return open.flatMap(({ kind, subject }) => (kind === 'unknown-partner' ? [subject] : [])).sort();
}

test('a sender is unknown until it is a partner: by our id, or by the code of its interchange', async () => {
  const event = { specversion: '1.0', id: 'e-1', source: '/late', type: 'fuel.published', data: {} };
  await send('late', JSON.stringify(event));
  await send('nobody', JSON.stringify(event));
  await send('van', `${INTERCHANGE}~`);
  assert.deepEqual(await strangers(), ['GHST', 'late', 'nobody']);

  const late: Partner = { id: 'late', name: 'Late Freight', roles: ['carrier'] };
  await importSetup(context, { partners: [late] }, 'test');
  assert.deepEqual(await strangers(), ['GHST', 'nobody']);

  const ghost: Partner = { ...late, id: 'ghost', name: 'Ghost', identifiers: [{ scheme: 'scac', value: 'GHST' }] };
  await importSetup(context, { partners: [ghost] }, 'test');
  assert.deepEqual(await strangers(), ['nobody']);
});
