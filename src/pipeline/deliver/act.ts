// One act upon the outside system: look up what is in doubt, send the rest, and judge each answer.
import type { LookupResult, SendResult, Session, WantedDocument } from '../../connectors/contract.ts';
import type { Store } from '../../store/database.ts';
import {
  deliverableDocuments,
  factsOfShipments,
  keptAttachments,
  newestPartners,
} from '../../store/deliverable-documents.ts';
import { type LeasedEffect, markSent } from '../../store/effects.ts';
import type { DeliverContext } from './context.ts';
import { givenBack, type Verdict, verdictOn, verdictOnLookup } from './verdict.ts';
import { LARGEST_ATTACHMENT_BYTES, proofsIn, wantedDocument } from './wanted.ts';

/** An effect with what became of it. */
export type Performed = { readonly effect: LeasedEffect; readonly verdict: Verdict };

type Task = { readonly effect: LeasedEffect; readonly document: WantedDocument };

/** One result for each effect, in no promised order. */
export async function perform(
  context: DeliverContext,
  session: Session,
  effects: readonly LeasedEffect[],
): Promise<Performed[]> {
  const documents = await loadDocuments(context.store, effects);
  const tasks: Task[] = [];
  const performed: Performed[] = [];
  for (const effect of effects) {
    const document = documents.get(effect.number);
    if (document === undefined) performed.push(withoutDocument(effect));
    else tasks.push({ effect, document });
  }
  const settled = await lookUp(context, session, tasks);
  performed.push(...settled);
  const known = new Set(settled.map(({ effect }) => effect));
  const toSend = tasks.filter(({ effect }) => !known.has(effect));
  // Whoever cannot be asked need not be told: nothing is sent into trouble.
  const inTrouble = settled.some(({ verdict }) => verdict.trouble !== undefined);
  performed.push(...(inTrouble ? toSend.map(notSent(context)) : await send(context, session, toSend)));
  return performed;
}

function withoutDocument(effect: LeasedEffect): Performed {
  const { key, attempts } = effect;
  return { effect, verdict: { change: { key, attempts, state: 'dead', reason: 'its document is not there' } } };
}

function notSent({ clock }: DeliverContext) {
  return ({ effect }: Task): Performed => ({ effect, verdict: { change: givenBack(effect, effect.was, clock.now()) } });
}

/** Looks up what is in doubt. What is missing in the result is to be sent, and marked so. */
async function lookUp(context: DeliverContext, session: Session, tasks: readonly Task[]): Promise<Performed[]> {
  const doubtful = tasks.filter(({ effect }) => effect.was === 'unknown');
  if (doubtful.length === 0) return [];
  const results = await resultsOf(
    context,
    doubtful,
    () => session.lookup(doubtful.map(({ document }) => document.key)),
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

async function send(context: DeliverContext, session: Session, tasks: readonly Task[]): Promise<Performed[]> {
  if (tasks.length === 0) return [];
  const results = await resultsOf(
    context,
    tasks,
    () => session.send(tasks.map(({ document }) => document)),
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
  tasks: readonly Task[],
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
  return tasks.map(({ document: { key } }) => answers.get(key) ?? notKnown(key, reason));
}

function momentOf({ clock, random = Math.random }: DeliverContext) {
  return { now: clock.now(), random: random() };
}

async function loadDocuments(store: Store, effects: readonly LeasedEffect[]): Promise<Map<string, WantedDocument>> {
  const { tenant } = store;
  const numbers = effects.map(({ number }) => number);
  const documents = await deliverableDocuments(store, tenant, numbers);
  const shipments = new Set(documents.flatMap(({ shipments }) => shipments));
  const facts = await factsOfShipments(store, tenant, [...shipments]);
  const customers = new Set(documents.map(({ customer }) => customer));
  const partners = await newestPartners(store, tenant, [...customers]);
  const hashes = new Set([...facts.values()].flatMap((known) => proofsIn(known).map(({ content }) => content)));
  const attachments = await keptAttachments(store, tenant, [...hashes], LARGEST_ATTACHMENT_BYTES);
  return new Map(
    documents.map((document) => {
      const background = { partner: partners.get(document.customer), facts, attachments };
      return [document.number, wantedDocument(document, background)];
    }),
  );
}
