// What runs in a thread of work-threads.ts: passes over the inbox, with connections and a memory of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { openStore } from '../../store/database.ts';
import { createContext } from '../context.ts';
import { workOnce } from '../work.ts';
import { type Loop, startLoop } from './loop.ts';
import { PASSES_AT_ONCE, type ThreadData, type ToThread } from './work-threads.ts';

const { url, tenant, logLevel } = workerData as ThreadData;
const store = openStore(url, { tenant, maxConnections: PASSES_AT_ONCE + 1 });
const log = pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }));
const context = createContext({ store, log });

const pass = async () => {
  const messages = await workOnce(context);
  if (messages > 0) parentPort?.postMessage(messages);
  return messages;
};
const loops: Loop[] = Array.from({ length: PASSES_AT_ONCE }, (_, index) => startLoop(`work ${index + 1}`, pass, log));

parentPort?.on('message', async (told: ToThread) => {
  if (told === 'nudge') {
    for (const loop of loops) loop.nudge();
    return;
  }
  await Promise.all(loops.map((loop) => loop.stop(told.stopWithinMs)));
  await store.close();
  parentPort?.close();
});
