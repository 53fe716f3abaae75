// Documents into Odoo, each exactly once: draft or find, compare, attach, post, read back.
//
// Each step is its own transaction in Odoo and may be the last that happens. That is why every step begins with what
// is there: a document that got half way is found by its external id and taken from where it stands.
import type { SendResult, WantedDocument } from '../../contract.ts';
import { classifyRead } from '../doors/classify.ts';
import { loadRecords } from '../load.ts';
import type { Odoo } from '../odoo.ts';
import { type Done, together, verdictOn } from '../together.ts';
import { attachFiles } from './attachment.ts';
import {
  type Draft,
  type Draftable,
  differenceFrom,
  loadGroupOf,
  loadTable,
  type Move,
  mayStateBalances,
} from './invoice.ts';
import { makeAndPost } from './post-at-once.ts';
import { prepare } from './prepare.ts';
import { linesOfDrafts, readMoves, resolveMoves } from './resolve.ts';
import { cancelledByHand, confirmationOf, resultFrom } from './result.ts';

export const DOCUMENTS_PER_CALL = 50;

type Results = Map<string, SendResult>;

/** One result for each document, in order. Invoices go before the credit notes that may correct them. */
export async function sendDocuments(odoo: Odoo, documents: readonly WantedDocument[]): Promise<readonly SendResult[]> {
  const results: Results = new Map();
  const unique = [...new Map(documents.map((document) => [document.key, document])).values()];
  const { credits = [], invoices = [] } = Object.groupBy(unique, ({ kind }) =>
    kind === 'credit-note' ? 'credits' : 'invoices',
  );
  for (const wave of [invoices, credits]) {
    for (let start = 0; start < wave.length; start += DOCUMENTS_PER_CALL) {
      await sendSlice(odoo, wave.slice(start, start + DOCUMENTS_PER_CALL), results);
    }
  }
  return documents.map(({ key }) => results.get(key) as SendResult);
}

async function sendSlice(odoo: Odoo, documents: readonly WantedDocument[], results: Results): Promise<void> {
  const note = (result: SendResult) => results.set(result.key, result);
  try {
    const { draftables, results: refusals } = await prepare(odoo, documents);
    await noteRefusals(odoo, documents, refusals, note);
    const { seen = [], unseen = [] } = Object.groupBy(draftables, ({ document }) =>
      odoo.seenDrafts.has(document.key) ? 'seen' : 'unseen',
    );
    const drafts = [...seen.map((item) => takeSeen(odoo, item)), ...(await makeDrafts(odoo, unseen, note))];
    const sound = await checkDrafts(odoo, drafts, note);
    const complete = await attachTo(odoo, sound, note);
    const { kept = [], posted = [] } = Object.groupBy(complete, ({ document }) =>
      document.isDraft ? 'kept' : 'posted',
    );
    await confirm(odoo, [...kept, ...(await post(odoo, posted, note))], note);
  } catch (error) {
    // Only reads throw up to here; what was not noted before has not been touched by this act in a way that counts.
    const verdict = verdictOn(error, classifyRead);
    for (const { key } of documents) if (!results.has(key)) note(resultFrom(key, verdict));
  }
}

type Note = (result: SendResult) => void;

// What could not be made today may have been made and posted before today's trouble began.
async function noteRefusals(
  odoo: Odoo,
  documents: readonly WantedDocument[],
  refusals: readonly SendResult[],
  note: Note,
) {
  const keys = refusals.map(({ key }) => key);
  const moves = await resolveMoves(odoo.call, odoo.ids, keys);
  const documentOf = new Map(documents.map((document) => [document.key, document]));
  for (const refusal of refusals) {
    const document = documentOf.get(refusal.key) as WantedDocument;
    const move = moves.get(refusal.key);
    if (move?.state === 'posted') note(confirmationOf(document, move, odoo.settings));
    else if (move?.state === 'cancelled') note(cancelledByHand(document));
    else note(refusal);
  }
}

// One `load` for many: what is there already is told and left as it is, the rest is made. The companion module posts what it
// made in the same transaction; whatever is a draft still goes on from there.
async function makeDrafts(odoo: Odoo, draftables: readonly Draftable[], note: Note): Promise<readonly Draft[]> {
  const drafts: Draft[] = [];
  const hasCompanion = await odoo.hasCompanion();
  // The module posts before the lines are read, so what they come to is left to Odoo.
  const stating = draftables.map((item) => ({ ...item, statesBalances: !hasCompanion && mayStateBalances(item) }));
  for (const group of Object.values(Object.groupBy(stating, loadGroupOf))) {
    const outcomes = await together(group ?? [], (items) => {
      if (hasCompanion) return makeAndPost(odoo, items, companyContext(items));
      const context = { ...companyContext(items), ...(items[0]?.document.isDraft ? {} : UNTOLD) };
      return loadRecords(odoo.call, 'account.move', loadTable(items, odoo.ids), context);
    });
    const refused = outcomes.filter((outcome) => 'verdict' in outcome && outcome.verdict.verdict === 'refuse');
    const keys = refused.map(({ item }) => item.document.key);
    const moves = await resolveMoves(odoo.call, odoo.ids, keys);
    const made = outcomes.filter(({ item }) => !moves.has(item.document.key));
    drafts.push(...passed(made, ({ document }) => document.key, note).map(({ item, result }) => draftOf(item, result)));
    // Rows that Odoo would not look at do not matter where their document is there.
    drafts.push(...refused.flatMap(({ item }) => draftIfThere(item, moves)));
  }
  return drafts;
}

// What is posted at once says so in its chatter, by whom and when. That it was a draft for a second is told to nobody.
const UNTOLD = { tracking_disable: true };

function companyContext([item]: readonly Draftable[]) {
  return item?.companyId === undefined ? undefined : { allowed_company_ids: [item.companyId] };
}

const draftOf = ({ document, partnerId }: Draftable, moveId: number): Draft => ({ document, moveId, partnerId });

// What a look-up has found need not be loaded to be told; it is read before it is posted in any case.
function takeSeen({ seenDrafts }: Odoo, item: Draftable): Draft {
  const { key } = item.document;
  const draft = draftOf(item, seenDrafts.get(key) as number);
  seenDrafts.delete(key);
  return draft;
}

function draftIfThere(item: Draftable, moves: ReadonlyMap<string, Move>): Draft[] {
  const move = moves.get(item.document.key);
  return move === undefined ? [] : [draftOf(item, move.id)];
}

// Amounts are known while it is a draft: what came out wrong, or was changed by a person, is never posted.
async function checkDrafts(odoo: Odoo, drafts: readonly Draft[], note: Note): Promise<readonly Draft[]> {
  const moves = await readMoves(
    odoo.call,
    drafts.map(({ moveId }) => moveId),
  );
  const lines = await linesOfDrafts(odoo.call, [...moves.values()]);
  return drafts.filter((draft) => {
    const { document, moveId } = draft;
    const move = moves.get(moveId);
    if (move?.state === 'posted') note(confirmationOf(document, move, odoo.settings, draft));
    else if (move?.state === 'cancelled') note(cancelledByHand(document));
    else if (move === undefined) {
      note({ key: document.key, outcome: 'retry', scope: 'document', reason: 'the draft was deleted in Odoo' });
    } else {
      const sentence = differenceFrom(document, move, { partnerId: draft.partnerId, lines: lines.get(moveId) });
      if (sentence === undefined) return true;
      note({ key: document.key, outcome: 'refused', kind: 'differs', scope: 'document', sentence });
    }
    return false;
  });
}

async function attachTo(odoo: Odoo, drafts: readonly Draft[], note: Note): Promise<readonly Draft[]> {
  const troubled = await attachFiles(odoo, drafts);
  return drafts.filter(({ document, moveId }) => {
    const verdict = troubled.get(moveId);
    if (verdict !== undefined) note(resultFrom(document.key, verdict));
    return verdict === undefined;
  });
}

async function post(odoo: Odoo, drafts: readonly Draft[], note: Note): Promise<readonly Draft[]> {
  const outcomes = await together(drafts, async (items) => {
    await postDrafts(odoo, items);
    return items;
  });
  return passed(outcomes, ({ document }) => document.key, note).map(({ item }) => item);
}

// Refused together may mean that another session posted some in the meantime: the state says, not the error's text.
async function postDrafts(odoo: Odoo, drafts: readonly Draft[]): Promise<void> {
  const ids = drafts.map(({ moveId }) => moveId);
  try {
    await odoo.call({ model: 'account.move', method: 'action_post', ids });
  } catch (error) {
    if (verdictOn(error).verdict !== 'refuse') throw error;
    const moves = await readMoves(odoo.call, ids);
    const unposted = drafts.filter(({ moveId }) => moves.get(moveId)?.state !== 'posted');
    if (unposted.length === drafts.length) throw error;
    if (unposted.length > 0) await postDrafts(odoo, unposted);
  }
}

async function confirm(odoo: Odoo, posted: readonly Draft[], note: Note): Promise<void> {
  const moveIds = posted.map(({ moveId }) => moveId);
  // They were posted, or so Odoo said: when it cannot be read now, it must be looked up later.
  const moves = await readMoves(odoo.call, moveIds).catch((error) => verdictOn(error, classifyRead));
  for (const { document, moveId, partnerId } of posted) {
    if ('verdict' in moves) {
      const reason = `posted, but not read back: ${'reason' in moves ? moves.reason : moves.sentence}`;
      note({ key: document.key, outcome: 'unknown', scope: moves.scope, reason });
      continue;
    }
    const { key, number } = document;
    const move = moves.get(moveId);
    const isAsMeant = move?.state === 'posted' || (move?.state === 'draft' && document.isDraft);
    if (move !== undefined && isAsMeant) note(confirmationOf(document, move, odoo.settings, { partnerId }));
    else if (move?.state === 'cancelled') note(cancelledByHand(document));
    else if (move === undefined) {
      note({ key, outcome: 'retry', scope: 'document', reason: 'the document was deleted in Odoo' });
    } else {
      const sentence = `Odoo left ${number} as a draft when asked to post it; look at its warnings there`;
      note({ key, outcome: 'refused', kind: 'rejected', scope: 'document', sentence });
    }
  }
}

/** Those that went well; of the others the result is noted. */
function passed<Item, Result>(outcomes: readonly Done<Item, Result>[], keyOf: (item: Item) => string, note: Note) {
  return outcomes.filter((outcome) => {
    if ('verdict' in outcome) note(resultFrom(keyOf(outcome.item), outcome.verdict));
    return 'result' in outcome;
  });
}
