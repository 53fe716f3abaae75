import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { interchange } from '../../partners/testing/interchange.ts';
import { keepingWriter } from '../testing/run.ts';
import { userErrorLine } from '../user-error.ts';
import { command } from './translate.ts';

const dir = mkdtempSync(join(tmpdir(), 'lading-translate-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const STATUS = [
  '214',
  'B10*77*S-101*SWFT',
  'LX*1',
  'AT7*CP****20260304*1322*CT',
  'AT7*ZQ****20260304*1400*CT',
] as const;
writeFileSync(join(dir, 'status.edi'), interchange([STATUS]));
writeFileSync(join(dir, 'note.txt'), 'PRO 6001 delivered, signed by Bell\n');
writeFileSync(
  join(dir, 'partners.json'),
  JSON.stringify([
    {
      id: 'swft',
      name: 'Swift',
      roles: ['carrier'],
      identifiers: [{ scheme: 'scac', value: 'SWFT' }],
      statusCodes: { ZQ: 'delayed' },
    },
  ]),
);

type Options = { partner: string; setup?: string; json?: boolean };

/** The command as the dispatcher runs it, once it has checked the arguments. */
async function lading(file: string, options: Options) {
  const [stdout, stderr] = [keepingWriter(), keepingWriter()];
  const env = { LADING_DATA: join(dir, 'data') };
  const status = await command
    .run({
      args: [file],
      options,
      stdout,
      stderr,
      env,
      cwd: dir,
      rootDir: dir,
      signal: AbortSignal.timeout(10_000),
    })
    .catch((error: Error) => userErrorLine(error) ?? assert.fail(error));
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

test('lading translate: without any setup the sender is taken at its word, and that is said', async () => {
  const { status, stdout, stderr } = await lading('status.edi', { partner: 'swift' });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /setup: none at hand; swift stands for the sender the document names/);
  assert.match(stdout, /^x12, from swift\nevent {4}shipment\.milestone {2}S-101 .*milestone picked-up/);
  assert.match(stdout, /problem {2}schema-violation {2}000000042\/7\/0001 {2}AT701 at byte \d+: code "ZQ"/);
  assert.match(stdout, /AK5\*E/);
  assert.ok(!readdirSync(dir).includes('data'), 'nothing is made');
});

test('lading translate: with a setup folder, as JSON', async () => {
  const { status, stdout, stderr } = await lading('status.edi', { partner: 'swft', setup: '.', json: true });
  assert.equal(status, 0, stderr);
  const { sender, setup, events, problems, acknowledgement } = JSON.parse(stdout);
  assert.deepEqual([sender, setup, problems], ['swft', 'folder', []]);
  assert.deepEqual(
    events.map((event: { specversion: string; data: { milestone: string } }) => [
      event.specversion,
      event.data.milestone,
    ]),
    [
      ['1.0', 'picked-up'],
      ['1.0', 'delayed'],
    ],
  );
  assert.match(acknowledgement, /AK5\*A/);
});

test('lading translate: what is no document, and what is no setup, is one line to the user', async () => {
  const line = async (file: string, options: Options) => String((await lading(file, options)).status);
  assert.match(await line('note.txt', { partner: 'swft' }), /^the document cannot be read: note\.txt: no known kind/);
  assert.match(await line('status.edi', { partner: 'swft', setup: 'nowhere' }), /^the setup cannot be used: .*nowhere/);
  assert.match(
    await line('absent.edi', { partner: 'swft' }),
    /^cannot read file: .*absent\.edi: there is no such file/,
  );
});
