// Runs a scenario: the clock jumps from step to step, and on the way from due instant to due instant.
//
// Each step is taken wholly, with all that it makes ready, before the next one; so is each due instant. Nothing here
// knows what the hub does: it only asks when something is due, and lets it be done.
import { type Books, booksOf } from '../../insight/books.ts';
import { type Outcome, outcomeOf } from '../../insight/outcome.ts';
import type { Setup } from '../../model/setup/index.ts';
import { HOUR_MS, type Instant } from '../../model/time.ts';
import { unreachable } from '../../model/unreachable.ts';
import { moveDispute } from '../../pipeline/audit/disputes.ts';
import { approve } from '../../pipeline/by-hand/approve.ts';
import { enter } from '../../pipeline/by-hand/enter.ts';
import { refuse } from '../../pipeline/by-hand/refuse.ts';
import type { PipelineContext } from '../../pipeline/context.ts';
import { resumeDeliveries } from '../../pipeline/deliver.ts';
import { erpDocumentsOf } from '../../pipeline/hub.ts';
import { type Inbound, receive } from '../../pipeline/intake.ts';
import { approveLatePostings, lockPeriod, unlockPeriod } from '../../pipeline/ledger/periods.ts';
import { importSetup } from '../../pipeline/setup.ts';
import { listDisputes } from '../../store/read/carrier-disputes.ts';
import type { Scenario } from './folder.ts';
import { passTimeUntil, postUntil } from './pass-time.ts';
import type { Step } from './steps.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

/** Some calls that fail put a document off by minutes. */
const LONGEST_DELAY_MS = HOUR_MS;

export type RunOptions = Omit<WorldOptions, 'startsAt'> & { readonly signal?: AbortSignal };
export type Run = {
  readonly outcome: Outcome;
  readonly books: Books;
  readonly figures: Figures;
  /** Steps that did nothing, and why. */
  readonly remarks: readonly string[];
};
export type Figures = {
  readonly steps: number;
  readonly events: number;
  readonly jumps: number;
  /** How often the hub died. */
  readonly crashes: number;
  readonly seconds: number;
};

/** Throws `NotSettled` when something is due again and again, and an `AbortError` when told to stop. */
export async function runScenario(scenario: Scenario, { signal, ...options }: RunOptions): Promise<Run> {
  const world = await openWorld({ ...options, startsAt: scenario.startsAt });
  try {
    const begin = performance.now();
    const { jumps, remarks } = await play(scenario, world, signal);
    const seconds = (performance.now() - begin) / 1_000;
    const { store } = world.hub().context;
    const { rows } = await store.query<{ events: number }>('select count(*)::int as events from lading.event');
    const crashes = world.crashCount();
    const figures = { steps: scenario.steps.length, events: rows[0]?.events ?? 0, jumps, crashes, seconds };
    return { ...(await resultIn(world)), figures, remarks };
  } finally {
    await world.end();
  }
}

async function play(scenario: Scenario, world: World, signal: AbortSignal | undefined) {
  let jumps = 0;
  const remarks: string[] = [];
  await takeSetup(scenario.setup, world);
  for (const step of scenario.steps) {
    jumps += await liveUntil(step.at, world, signal);
    const why = await take(step, scenario, world);
    if (why !== undefined) remarks.push(`traffic.jsonl:${step.line}: ${step.step} did nothing: ${why}`);
  }
  jumps += await liveUntil(scenario.endsAt, world, signal);
  if (scenario.postsAfterEnd) await world.despiteDeath(() => postUntil(scenario.endsAt + LONGEST_DELAY_MS, world));
  return { jumps, remarks };
}

// A step itself is taken without harm: who sent a message and got no answer sends it again, which the outcome counts.
function liveUntil(until: Instant, world: World, signal: AbortSignal | undefined): Promise<number> {
  return world.despiteDeath(() => passTimeUntil(until, world, signal));
}

// Who tells us of a tax rate or a legal entity has it in the ERP too.
async function takeSetup(setup: Setup, { hub, erp }: World): Promise<void> {
  await importSetup(hub().context, await erp.prepare(setup), 'scenario');
}

/** Why a step of a person did nothing, where it was refused. */
async function take(step: Step, scenario: Scenario, world: World): Promise<string | undefined> {
  const { context } = world.hub();
  switch (step.step) {
    case 'file':
    case 'body':
      await receive(context, [inboundOf(step, scenario)]);
      return undefined;
    case 'erp':
      await world.erp.setFault(step.fault);
      return undefined;
    case 'crash':
      await world.crash();
      return undefined;
    case 'crash-during':
      world.foreseeCrash(step.moment);
      return undefined;
    case 'approve': {
      const by = step.by ?? 'scenario';
      return detailOf(await approve(context, { kind: 'adjustment-approval', subject: step.subject, by }));
    }
    case 'refuse':
      return detailOf(await refuse(context, { subject: step.subject, reason: step.reason, by: step.by ?? 'scenario' }));
    case 'enter':
      return detailOf(await enter(context, step.entry));
    case 'dispute':
      return moveNamed(context, step.dispute);
    case 'import':
      await takeSetup(scenario.imports.get(step.folder) ?? {}, world);
      return undefined;
    case 'period': {
      const period = { period: `${step.month}-01`, legalEntity: step.legalEntity, by: 'scenario' };
      await PERIOD_ACTS[step.act](context, period);
      return undefined;
    }
    case 'replay':
      await resumeDeliveries(context, { states: [step.state] });
      return undefined;
    default:
      return unreachable(step);
  }
}

// What was refused says why; what was done has nothing to say.
function detailOf(result: object): string | undefined {
  return 'detail' in result ? String(result.detail) : undefined;
}

const PERIOD_ACTS = { lock: lockPeriod, unlock: unlockPeriod, approve: approveLatePostings };

// The newest of that number, as a person at the command line means it.
async function moveNamed(
  context: PipelineContext,
  { carrier, invoice, ...move }: (Step & { step: 'dispute' })['dispute'],
): Promise<string | undefined> {
  const { store } = context;
  const [dispute] = await listDisputes(store, store.tenant, { carrier, invoice }, { limit: 1 });
  if (dispute === undefined) return `there is no dispute about ${carrier}/${invoice}`;
  const moved = await moveDispute(context, { id: dispute.id, by: 'scenario', ...move });
  return moved.kind === 'refused' ? moved.detail : undefined;
}

function inboundOf(step: Step & { step: 'file' | 'body' }, { inbound }: Scenario): Inbound {
  const { partner } = step;
  if (step.step === 'file') {
    return { partner, channel: 'folder', fileName: step.file, bytes: inbound.get(step.file) ?? new Uint8Array() };
  }
  const bytes = Buffer.from(JSON.stringify(step.body));
  return { partner, channel: 'http', mediaType: 'application/json', bytes };
}

// The ERP is asked when all is over, and answers then whatever ailed it before.
async function resultIn({ erp, hub, clock }: World): Promise<Pick<Run, 'outcome' | 'books'>> {
  await erp.setFault({ mode: 'up' });
  const held = await erpDocumentsOf(hub());
  const { store } = hub().context;
  return {
    outcome: await outcomeOf(store, held),
    books: await booksOf(store, { at: clock.now(), erpDocuments: held }),
  };
}
