// Facts that were read before, so that a shipment's history is not parsed anew with each of its messages.
//
// What is remembered of a shipment is the text of its facts and what it says. Facts are only ever appended, so a text
// that begins with the known one adds to it, whoever wrote it; any other text is read afresh. There is nothing to
// invalidate, and nothing that another worker or a transaction that failed could make wrong.
import type { Fact } from '../model/fact.ts';
import { decodeFacts } from '../store/facts.ts';

type Known = { readonly text: string; readonly facts: readonly Fact[] };

/** By shipment, the one used longest ago first. */
export type FactMemory = { readonly known: Map<string, Known>; characters: number };

/** Some tens of megabytes with the facts themselves. */
const CHARACTERS_AT_MOST = 2 * 1024 * 1024;
/** One shipment that outgrows this is not remembered: it would drive out thousands. */
const CHARACTERS_EACH = 64 * 1024;

export function emptyFactMemory(): FactMemory {
  return { known: new Map(), characters: 0 };
}

/** The facts that `text` of this shipment's row says, in a list of its own. */
export function recall(memory: FactMemory, shipment: string, text: string): Fact[] {
  const known = memory.known.get(shipment);
  const facts = known === undefined ? decodeFacts(text) : continued(known, text);
  if (known !== undefined) forget(memory, shipment, known);
  if (text.length > CHARACTERS_EACH) return facts;
  memory.known.set(shipment, { text, facts: [...facts] });
  memory.characters += text.length;
  for (const [oldest, old] of memory.known) {
    if (memory.characters <= CHARACTERS_AT_MOST) break;
    forget(memory, oldest, old);
  }
  return facts;
}

function continued({ text: begin, facts }: Known, text: string): Fact[] {
  if (text === begin) return [...facts];
  const isLonger = text.startsWith(begin) && begin !== '' && text[begin.length] === ',';
  return isLonger ? [...facts, ...decodeFacts(text.slice(begin.length + 1))] : decodeFacts(text);
}

function forget(memory: FactMemory, shipment: string, { text }: Known): void {
  memory.known.delete(shipment);
  memory.characters -= text.length;
}
