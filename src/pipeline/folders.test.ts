import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/database.ts';
import { listMessages } from '../store/read/messages.ts';
import type { PipelineContext } from './context.ts';
import { type FolderWatch, parseFolders, watchFolders } from './folders.ts';
import { receive } from './intake.ts';
import { hubsForFile } from './testing/hub.ts';
import { workOnce } from './work.ts';

const hubs = hubsForFile();
let store: Store;
let context: PipelineContext;
let root: string;
before(async () => {
  ({ context, store } = await hubs.open({ partners: [{ id: 'tms', name: 'TMS', roles: ['tms'] }] }));
  root = await mkdtemp(join(tmpdir(), 'lading-folders-'));
});
after(() => rm(root, { recursive: true }));

const good = (id: string) =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: '/folder',
    type: 'shipment.milestone',
    data: { shipment: 'S-1', milestone: 'picked-up', occurredAt: '2026-03-03T15:00:00Z' },
  });

async function watching(path: string): Promise<FolderWatch> {
  return watchFolders(context, [{ partner: 'tms', path }], {
    pollMs: 10,
    stableMs: 30,
    nudge: () => void workOnce(context),
  });
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (await holds()) return;
    await sleep(20);
  }
  assert.fail(`not seen: ${what}`);
}

const inside = (...path: string[]) =>
  readdir(join(root, ...path)).then(
    (names) => names.sort(),
    () => [] as string[],
  );
const received = async () => (await listMessages(store, store.tenant, {}, { limit: 500 })).length;

test('a complete file is taken once and moved to where its verdict says', async () => {
  const watch = await watching(join(root, 'a'));
  await writeFile(join(root, 'a', 'good.json'), good('a-1'));
  await writeFile(join(root, 'a', 'bad.x12'), 'no kind that anybody knows');
  await until(
    'both moved',
    async () => (await inside('a', 'done')).length + (await inside('a', 'quarantined')).length >= 3,
  );
  await watch.stop();
  assert.deepEqual(await inside('a'), ['done', 'quarantined']);
  assert.deepEqual(await inside('a', 'done'), ['good.json']);
  assert.deepEqual(await inside('a', 'quarantined'), ['bad.x12', 'bad.x12.reason.txt']);
  assert.match(
    await readFile(join(root, 'a', 'quarantined', 'bad.x12.reason.txt'), 'utf8'),
    /unreadable-message bad\.x12: .*\nlading explain message:\d+/,
  );
  assert.equal(await received(), 2);
});

test('a file under way is left alone until it has its name', async () => {
  const watch = await watching(join(root, 'b'));
  const before = await received();
  await writeFile(join(root, 'b', 'slow.json.part'), good('b-1'));
  await writeFile(join(root, 'b', '.hidden'), good('b-2'));
  await sleep(200);
  assert.equal(await received(), before);
  await rename(join(root, 'b', 'slow.json.part'), join(root, 'b', 'slow.json'));
  await until('moved', async () => (await inside('b', 'done')).includes('slow.json'));
  await watch.stop();
  assert.equal(await received(), before + 1);
});

test('a file of the same name does not push out the one before', async () => {
  const watch = await watching(join(root, 'c'));
  for (const id of ['c-1', 'c-2']) {
    await writeFile(join(root, 'c', 'daily.json'), good(id));
    await until('moved', async () => !(await inside('c')).includes('daily.json'));
  }
  await watch.stop();
  const [first = '', second = ''] = await inside('c', 'done');
  assert.equal(first, 'daily.json');
  assert.match(second, /^daily\.json\.\d+$/);
  assert.match(await readFile(join(root, 'c', 'done', first), 'utf8'), /c-1/);
});

test('after a death between receipt and move it is a double, and goes where the first would have gone', async () => {
  const bytes = Buffer.from('garbage that was taken before we died');
  await receive(context, [{ bytes, partner: 'tms', channel: 'folder', fileName: 'left.x12' }]);
  await workOnce(context);
  const watch = await watching(join(root, 'd'));
  await writeFile(join(root, 'd', 'left.x12'), bytes);
  await until('moved', async () => (await inside('d', 'quarantined')).includes('left.x12'));
  await watch.stop();
  const twins = (await listMessages(store, store.tenant, {}, { limit: 500 })).filter(
    ({ fileName }) => fileName === 'left.x12',
  );
  assert.deepEqual(twins.map(({ verdict }) => verdict).sort(), ['duplicate', 'quarantined']);
});

test('LADING_FOLDERS', () => {
  assert.deepEqual(parseFolders('rdwy=/in/a, swift = /in/b=c ,'), {
    folders: [
      { partner: 'rdwy', path: '/in/a' },
      { partner: 'swift', path: '/in/b=c' },
    ],
  });
  assert.deepEqual(parseFolders(''), { folders: [] });
  assert.ok('fault' in parseFolders('/in/a'));
  assert.ok('fault' in parseFolders('a=/in,b=/in'));
});
