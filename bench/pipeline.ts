// How fast raw 214 bytes become durable messages, events, shipments, charges and invoices, with everything that is
// decided on the way, in one Node process; and what two plain baselines do beside it.
import { createContext, type PipelineContext } from '../src/pipeline/context.ts';
import { receive } from '../src/pipeline/intake.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { PASSES_AT_ONCE } from '../src/pipeline/turn.ts';
import { workOnce } from '../src/pipeline/work.ts';
import { openStore } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { type BaselineEvent, batchedPerSecond, jobsPerSecond } from './pipeline/baselines.ts';
import { type Sender, startSender } from './pipeline/sender.ts';
import { interchangeOf, planOf, SETUP, STATUSES_A_SHIPMENT, statusAt } from './pipeline/traffic.ts';

export type PipelineBenchOptions = {
  /** An empty database. */
  readonly url: string;
  /** Status events through the whole way. */
  readonly events: number;
  /** Statuses in one interchange; 1 is the hardest. */
  readonly statusesAMessage?: number;
  /** Events through each baseline; 0 leaves them out. */
  readonly baselineEvents?: number;
  /** Told now and then how far it is. */
  readonly log?: (line: string) => void;
};

export type PipelineBench = {
  readonly events: number;
  readonly statusesAMessage: number;
  readonly eventsPerSecond: number;
  /** Through each slice of 50,000 events, in order: flat when the cost does not grow with what is stored. */
  readonly slices: readonly number[];
  /** Cost of an event in the last slice against that in the first, 1 is the same. */
  readonly lastToFirstCost: number;
  readonly peakResidentMegabytes: number;
  /** Of this process at the end of each slice, in order. */
  readonly residentMegabytes: readonly number[];
  readonly invoices: number;
  readonly jobQueuePerSecond?: number;
  readonly batchedPerSecond?: number;
  readonly toJobQueue?: number;
  readonly toBatched?: number;
};

const SLICE = 50_000;
/** Untimed, until what runs often is compiled; short runs are not judged, and warm up for as long as they are. */
const WARM_UP = 20_000;
export async function benchPipeline(options: PipelineBenchOptions): Promise<PipelineBench> {
  const { url, events, statusesAMessage = 1, baselineEvents = 20_000, log = () => {} } = options;
  await migrate(url);
  const store = openStore(url, { maxConnections: PASSES_AT_ONCE + 1 });
  const context = createContext({ store });
  const sender = await startSender(url);
  const run = { context, sender, statusesAMessage };
  const memory = watchMemory();
  try {
    await importSetup(context, SETUP, 'bench');
    const warmUp = Math.min(WARM_UP, events);
    await play(run, 0, warmUp);
    const slices: number[] = [];
    const residentMegabytes: number[] = [];
    let seconds = 0;
    for (let from = warmUp; from < events + warmUp; from += SLICE) {
      const count = Math.min(SLICE, events + warmUp - from);
      const taken = await play(run, from, count);
      seconds += taken;
      slices.push(count / taken);
      residentMegabytes.push(residentNow());
      log(`${from + count - warmUp} events, ${Math.round(slices.at(-1) as number)} a second`);
    }
    const eventsPerSecond = events / seconds;
    const peakResidentMegabytes = memory.peak();
    const { rows } = await store.query<{ count: number }>('select count(*)::int as count from lading.invoice');
    const baselines = await baselinesFor(url, baselineEvents, eventsPerSecond);
    return {
      events,
      statusesAMessage,
      eventsPerSecond,
      slices,
      lastToFirstCost: (slices[0] as number) / (slices.at(-1) as number),
      peakResidentMegabytes,
      residentMegabytes,
      invoices: rows[0]?.count ?? 0,
      ...baselines,
    };
  } finally {
    memory.stop();
    await sender.stop();
    await store.close();
  }
}

type Run = { readonly context: PipelineContext; readonly sender: Sender; readonly statusesAMessage: number };

/** Sends and works `count` statuses from the `first` on; returns the seconds, plans not counted. */
async function play({ context, sender, statusesAMessage }: Run, first: number, count: number): Promise<number> {
  await sendPlans(context, first, count);
  const begin = performance.now();
  let sending = true;
  const worker = async () => {
    for (;;) {
      const last = !sending;
      if ((await workOnce(context)) === 0) {
        if (last) return;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  };
  const workers = Array.from({ length: PASSES_AT_ONCE }, worker);
  await sender.send({ first, count, statusesAMessage });
  sending = false;
  await Promise.all(workers);
  return (performance.now() - begin) / 1_000;
}

async function sendPlans(context: PipelineContext, first: number, count: number): Promise<void> {
  const known = first === 0 ? 0 : statusAt(first - 1).shipment + 1;
  const upTo = Math.ceil((first + count) / (1_000 * STATUSES_A_SHIPMENT)) * 1_000;
  const from = first === 0 ? 0 : Math.ceil(known / 1_000) * 1_000;
  for (let shipment = from; shipment < upTo; shipment += 500) {
    const plans = Array.from({ length: 500 }, (_, index) => planOf(shipment + index));
    await receive(
      context,
      plans.map((bytes) => ({ bytes, partner: 'tms', channel: 'http' as const })),
    );
  }
  while ((await workOnce(context)) > 0);
}

async function baselinesFor(url: string, count: number, eventsPerSecond: number): Promise<Partial<PipelineBench>> {
  if (count === 0) return {};
  const events: BaselineEvent[] = Array.from({ length: count }, (_, n) => {
    const { shipment, step } = statusAt(n);
    return { shipment: `SHP-${shipment}`, status: String(step), body: Buffer.from(interchangeOf(n, 1)).toString() };
  });
  const jobQueue = await jobsPerSecond(url, events.slice(0, Math.min(count, 10_000)));
  const batched = await batchedPerSecond(url, events);
  return {
    jobQueuePerSecond: jobQueue,
    batchedPerSecond: batched,
    toJobQueue: eventsPerSecond / jobQueue,
    toBatched: eventsPerSecond / batched,
  };
}

function residentNow(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576);
}

function watchMemory() {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, residentNow());
  };
  const timer = setInterval(look, 250);
  timer.unref();
  look();
  return { peak: () => peak, stop: () => clearInterval(timer) };
}
