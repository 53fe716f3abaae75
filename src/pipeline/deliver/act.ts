// One act upon the outside system: look up what is in doubt, send the rest, and judge each answer.
import type { LookupResult, SendResult, Session, WantedDocument } from '../../connectors/contract.ts';
import { type DeliverableDocument, deliverableDocuments } from '../../store/deliverable-documents.ts';
import { type LeasedEffect, markSent } from '../../store/effects.ts';
import type { DeliverContext } from './context.ts';
import { parcels } from './parcels.ts';
import { isOfPayment, performPayments } from './payments.ts';
import { givenBack, type Performed, verdictOn, verdictOnLookup } from './verdict.ts';

type Task = { readonly effect: LeasedEffect; readonly document: DeliverableDocument };

/** One result for each effect, in no promised order. */
export async function perform(
  context: DeliverContext,
  session: Session,
  effects: readonly LeasedEffect[],
): Promise<Performed[]> {
  const { payments = [], documents = [] } = Object.groupBy(effects, (each) =>
    isOfPayment(each) ? 'payments' : 'documents',
  );
  const { tasks, performed } = await tasksFor(context, documents);
  const settled = await lookUp(context, session, tasks);
  performed.push(...settled);
  const known = new Set(settled.map(({ effect }) => effect));
  const toSend = tasks.filter(({ effect }) => !known.has(effect));
  for await (const { parcel, wanted } of parcels(context, toSend)) {
    // Whoever cannot be asked need not be told: nothing is sent into trouble.
    const inTrouble = performed.some(({ verdict }) => verdict.trouble !== undefined);
    if (inTrouble) performed.push(...parcel.map(notSent(context)));
    else performed.push(...(await send(context, session, parcel, wanted)));
  }
  const inTrouble = performed.some(({ verdict }) => verdict.trouble !== undefined);
  if (inTrouble) performed.push(...payments.map((effect) => notSent(context)({ effect })));
  else performed.push(...(await performPayments(context, session, payments)));
  return performed;
}

async function tasksFor({ store }: DeliverContext, effects: readonly LeasedEffect[]) {
  const numbers = effects.map(({ number }) => number);
  const documents = await deliverableDocuments(store, store.tenant, numbers);
  const documentOf = new Map(documents.map((document) => [document.number, document]));
  const tasks: Task[] = [];
  const performed: Performed[] = [];
  for (const effect of effects) {
    const document = documentOf.get(effect.number);
    if (document === undefined) performed.push(withoutDocument(effect));
    else tasks.push({ effect, document });
  }
  return { tasks, performed };
}

function withoutDocument(effect: LeasedEffect): Performed {
  const { key, attempts } = effect;
  return { effect, verdict: { change: { key, attempts, state: 'dead', reason: 'its document is not there' } } };
}

function notSent({ clock }: DeliverContext) {
  return ({ effect }: Pick<Task, 'effect'>): Performed => ({
    effect,
    verdict: { change: givenBack(effect, effect.was, clock.now()) },
  });
}

/** Looks up what is in doubt. What is missing in the result is to be sent, and marked so. */
async function lookUp(context: DeliverContext, session: Session, tasks: readonly Task[]): Promise<Performed[]> {
  const doubtful = tasks.filter(({ effect }) => effect.was === 'unknown');
  if (doubtful.length === 0) return [];
  const keys = doubtful.map(({ document }) => document.number);
  const results = await resultsOf(
    context,
    keys,
    () => session.lookup(keys),
    (key, reason): LookupResult => ({ key, lookup: 'unavailable', reason }),
  );
  const settled: Performed[] = [];
  const absent: string[] = [];
  for (const [index, { effect, document }] of doubtful.entries()) {
    const verdict = verdictOnLookup(effect, document, results[index] as LookupResult, momentOf(context));
    if (verdict === 'send') absent.push(effect.key);
    else settled.push({ effect, verdict });
  }
  if (absent.length > 0) await markSent(context.store, context.store.tenant, absent, context.clock.now());
  return settled;
}

async function send(
  context: DeliverContext,
  session: Session,
  tasks: readonly Task[],
  wanted: readonly WantedDocument[],
): Promise<Performed[]> {
  const results = await resultsOf(
    context,
    wanted.map(({ key }) => key),
    () => session.send(wanted),
    (key, reason): SendResult => ({ key, outcome: 'unknown', scope: 'document', reason }),
  );
  return tasks.map(({ effect }, index) => {
    return { effect, verdict: verdictOn(effect, results[index] as SendResult, momentOf(context)) };
  });
}

// A connector answers for each document and never throws. Where one does, that is a fault of ours, and what it did is
// not known.
async function resultsOf<Result extends { readonly key: string }>(
  { log }: DeliverContext,
  keys: readonly string[],
  ask: () => Promise<readonly Result[]>,
  notKnown: (key: string, reason: string) => Result,
): Promise<Result[]> {
  const answers = new Map<string, Result>();
  let reason = 'the connector gave no answer for this document';
  try {
    for (const result of await ask()) answers.set(result.key, result);
  } catch (error) {
    log.error({ err: error }, 'the connector failed');
    reason = `the connector failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  return keys.map((key) => answers.get(key) ?? notKnown(key, reason));
}

function momentOf({ clock, random = Math.random }: DeliverContext) {
  return { now: clock.now(), random: random() };
}
