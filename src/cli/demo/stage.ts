// The stage the week is played on: how time passes, and how messages and the ERP's moods get into the demo's world.
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { Step } from '../../../examples/network/week.ts';
import { isShutBy } from '../../../examples/odoo-stand-in/faults.ts';
import { drain } from '../../pipeline/hub.ts';
import { passTimeUntil } from '../scenario/pass-time.ts';
import type { Stage } from './play.ts';
import type { DemoWorld } from './world.ts';

const ANSWER_MS = 30_000;

export function stageOf(world: DemoWorld, signal: AbortSignal): Stage {
  const { standIn } = world;
  let isErpAway = false;
  const timepiece = { clock: world.clock, hub: () => world.hub, isErpAway: () => isErpAway };
  return {
    passTimeUntil: async (at) => {
      await passTimeUntil(at, timepiece, signal);
    },
    settle: async () => {
      await drain(world.hub);
    },
    post: (message) => post(world, message),
    dispute: (step) => dispute(world, step),
    layIntoFolder: (message) => layIntoFolder(world, message, signal),
    setErpMode:
      standIn &&
      ((mode) => {
        const fault = { mode, delayMs: SLOW_MS };
        isErpAway = isShutBy(fault);
        return standIn.setFault(fault);
      }),
  };
}

const SLOW_MS = 150;

const LOOK_MS = 20;
const TAKEN_WITHIN_MS = 30_000;

// As a partner's transfer does it: under another name until it is whole. The hub moves it away once it is understood.
async function layIntoFolder(
  { folder, hub }: DemoWorld,
  { fileName = 'message', body }: Step & { kind: 'message' },
  signal: AbortSignal,
): Promise<void> {
  const file = join(folder, fileName);
  await writeFile(`${file}.part`, body);
  await rename(`${file}.part`, file);
  const until = performance.now() + TAKEN_WITHIN_MS;
  while (existsSync(file) && !signal.aborted) {
    if (performance.now() > until) throw new Error(`the hub does not take ${file} from its folder`);
    await drain(hub);
    await sleep(LOOK_MS);
  }
}

async function post({ url, key }: DemoWorld, { partner, fileName, body }: Step & { kind: 'message' }): Promise<void> {
  const headers = {
    'content-type': 'application/octet-stream',
    ...(fileName === undefined ? {} : { 'x-file-name': fileName }),
  };
  const { statusCode, text } = await send(`${url}/v1/inbound/${partner}`, key, headers, body);
  if (statusCode !== 202) throw new Error(`the hub answered ${statusCode} to a message of ${partner}: ${text}`);
}

/** With a key of the customer's own. */
async function dispute(world: DemoWorld, step: Step & { kind: 'dispute' }): Promise<void> {
  const { customer, invoice, line, reason, file } = step;
  const key = await world.customerKey(customer);
  const content = Buffer.from(file.text).toString('base64');
  const body = JSON.stringify({ ...line, reason, file: { name: file.name, content } });
  const headers = { 'content-type': 'application/json' };
  const { statusCode, text } = await send(`${world.url}/v1/invoices/${invoice}/disputes`, key, headers, body);
  // Killed before it could note the step, the play tells it again: it is disputed already.
  if (statusCode !== 201 && statusCode !== 422) {
    throw new Error(`the hub answered ${statusCode} to a dispute of ${customer}: ${text}`);
  }
}

async function send(url: string, key: string, headers: Readonly<Record<string, string>>, body: string) {
  const { statusCode, body: answer } = await request(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  });
  return { statusCode, text: await answer.text() };
}
