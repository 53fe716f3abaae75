// XML bytes → elements. What a document may ask of us is bounded: no document type (so no entities of its own and nothing
// fetched from outside), a depth, a number of elements held at one time, and a length of text.
//
// The caller sees each element as it closes and may drop it once it has taken what it needs, so that a file of any number of
// entries needs the memory of one.
import sax, { type QualifiedTag, type SAXParser } from 'sax';
import { decoded, encodingOf } from './decode.ts';
import type { XmlElement } from './element.ts';

export type XmlFault = {
  readonly kind: 'not-well-formed' | 'document-type' | 'too-deep' | 'too-large' | 'encoding-unknown';
  /** What and where, in words. */
  readonly message: string;
};

export type XmlRead =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly fault: XmlFault };

export type XmlReadOptions = {
  /** Called with each element as it closes, and the names of those around it, the root first. `drop`: its parent does not keep it. */
  readonly onClose?: (element: XmlElement, around: readonly string[]) => 'keep' | 'drop';
  /** Elements held at one time. */
  readonly mostHeld?: number;
};

const MOST_DEEP = 100;
const MOST_HELD = 500_000;
const MOST_ATTRIBUTES = 200;
const MOST_TEXT = 10_000_000;

class Refusal extends Error {
  readonly fault: XmlFault;

  constructor(fault: XmlFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Never throws for what is in the bytes. Reads in one pass. */
export function readXml(bytes: Uint8Array, options: XmlReadOptions = {}): XmlRead {
  const pieces = decoded(bytes);
  if (pieces === undefined) {
    const message = `the encoding "${encodingOf(bytes).slice(0, 40)}" is not known`;
    return { ok: false, fault: { kind: 'encoding-unknown', message } };
  }
  const parser = sax.parser(true, { xmlns: true, strictEntities: true, position: true });
  const builder = buildOn(parser, options);
  try {
    for (const piece of pieces) parser.write(piece);
    parser.close();
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault };
    throw error;
  }
  const root = builder.root();
  return root === undefined ? { ok: false, fault: notWellFormed('there is no element in it') } : { ok: true, root };
}

type Open = {
  name: string;
  namespace: string;
  attributes: Map<string, string>;
  text: string;
  children: XmlElement[];
  /** Elements in memory from this one down. */
  held: number;
};

function buildOn(parser: SAXParser, { onClose = () => 'keep', mostHeld = MOST_HELD }: XmlReadOptions) {
  const open: Open[] = [];
  /** Of the open elements. */
  const names: string[] = [];
  let root: XmlElement | undefined;
  let held = 0;
  let textHeld = 0;
  const refuse = (kind: XmlFault['kind'], what: string) => {
    throw new Refusal({ kind, message: `${what} (line ${parser.line + 1}, column ${parser.column + 1})` });
  };
  parser.onerror = (error) => refuse('not-well-formed', saidBy(error));
  parser.ondoctype = () => refuse('document-type', 'a document type (<!DOCTYPE) is not taken');
  parser.onopentag = (tag) => {
    if (open.length >= MOST_DEEP) refuse('too-deep', `more than ${MOST_DEEP} elements inside one another`);
    if (held >= mostHeld) refuse('too-large', `more than ${mostHeld} elements that belong together`);
    if (Object.keys(tag.attributes).length > MOST_ATTRIBUTES) refuse('too-large', 'too many attributes');
    held += 1;
    open.push(openedBy(tag));
    names.push(tag.local);
  };
  const take = (text: string) => {
    const element = open.at(-1);
    if (element === undefined) return;
    textHeld += text.length;
    if (textHeld > MOST_TEXT) refuse('too-large', `more than ${MOST_TEXT} characters of text that belong together`);
    element.text += text;
  };
  parser.ontext = take;
  parser.oncdata = take;
  parser.onclosetag = () => {
    const closed = open.pop();
    if (closed === undefined) return;
    names.pop();
    const { name, namespace, attributes, text, children, held: size } = closed;
    const element = { name, namespace, attributes, text, children };
    const parent = open.at(-1);
    if (parent === undefined) {
      root = element;
      return;
    }
    if (onClose(element, names) === 'drop') {
      held -= size;
      textHeld = 0;
      return;
    }
    parent.held += size;
    parent.children.push(element);
  };
  return { root: () => root };
}

function openedBy({ local, uri, attributes }: QualifiedTag): Open {
  const values = Object.values(attributes).map(({ local: name, value }): [string, string] => [name, value]);
  return { name: local, namespace: uri, attributes: new Map(values), text: '', children: [], held: 1 };
}

// The library says what in its first line, and where in the others.
function saidBy(error: Error): string {
  const [what = 'it is broken'] = error.message.split('\n');
  return what.slice(0, 120);
}

function notWellFormed(message: string): XmlFault {
  return { kind: 'not-well-formed', message };
}
