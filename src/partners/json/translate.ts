// Canonical JSON: one CloudEvents 1.0 object or an array of them, each judged by itself (contract section 3).

import { type CanonicalEvent, CloudEvent, EVENT_DATA, type EventType } from '../../model/event.ts';
import type { RuleBook } from '../../model/rules.ts';
import { instantOf } from '../../model/time.ts';
import { describeProblems, type SchemaProblem, validate } from '../../model/validate.ts';
import { amountFault } from '../amount-fault.ts';
import { namesNoShipment, namesOf, subjectOf, teachesOf } from '../event-names.ts';
import { speechProblem } from '../speech.ts';
import type { InboundMessage, TranslatedEvent, Translation, TranslationProblem } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { isStorable } from './characters.ts';
import { readJson } from './read.ts';

/** More in one array is refused as a whole: send several messages. */
const MAX_EVENTS = 100_000;

export function translateJson(message: InboundMessage, rules: RuleBook): Translation {
  const format = 'json';
  const read = readJson(message.bytes);
  if (!read.ok) return { format, events: [], problems: [unreadable(message, read.detail, read.offset)] };
  const listed = Array.isArray(read.value) ? read.value : [read.value];
  if (listed.length > MAX_EVENTS) {
    const detail = `the array has ${listed.length} events, ${MAX_EVENTS} are the limit; send several arrays`;
    return { format, events: [], problems: [unreadable(message, detail)] };
  }
  if (listed.length > 0 && !listed.some(resemblesEvent)) {
    const detail = 'this JSON is no CloudEvents 1.0 event; send specversion, id, source, type and data';
    return { format, events: [], problems: [unreadable(message, detail)] };
  }
  const sender = rules.partners.get(message.partner);
  if (sender === undefined) return { format, events: [], problems: [unknownPartner(message.partner)] };

  const events: TranslatedEvent[] = [];
  const problems: TranslationProblem[] = [];
  for (const [index, value] of listed.entries()) {
    const place = Array.isArray(read.value) ? `[${index}]` : '';
    const judged = eventFrom(value);
    const problem = judged.ok ? speechProblem(judged.event, sender) : violation(message, value, place, judged.detail);
    if (problem !== undefined) problems.push(problem);
    else if (judged.ok) events.push(translated(judged.event, message));
  }
  return { format, sender: sender.id, events, problems };
}

export function unknownPartner(named: string): TranslationProblem {
  const detail = `no partner is known as ${named}; add it to partners.json, import, and replay the message`;
  return { kind: 'unknown-partner', subject: named, detail };
}

function translated(event: CanonicalEvent, message: InboundMessage): TranslatedEvent {
  return {
    event,
    sender: message.partner,
    reportedAt: event.time === undefined ? message.receivedAt : instantOf(event.time),
    keyed: true,
    names: namesOf(event),
    teaches: teachesOf(event),
    subject: subjectOf(event),
  };
}

type Judged = { ok: true; event: CanonicalEvent } | { ok: false; detail: string };

function eventFrom(value: unknown): Judged {
  const envelope = validate(CloudEvent, value);
  if (!envelope.ok) return refused('', envelope.problems);
  const { id, source, type, time, data } = envelope.value;
  if (!isKnownType(type)) {
    return {
      ok: false,
      detail: `type "${type}" is no canonical event; send one of ${Object.keys(EVENT_DATA).join(', ')}`,
    };
  }
  const checked = validate(EVENT_DATA[type], data);
  if (!checked.ok) return refused('data', checked.problems);
  if (!isStorable(value)) {
    return { ok: false, detail: 'a text has a NUL or half a surrogate pair; send well-formed Unicode without U+0000' };
  }
  const event = { id, source, type, ...(time === undefined ? {} : { time }), data } as CanonicalEvent;
  const doubled = doubledLine(event);
  if (doubled !== undefined) {
    return {
      ok: false,
      detail: `data.lines has line ${doubled} twice; number each line once and send the event again`,
    };
  }
  const fault = amountFault(event);
  if (fault !== undefined) {
    return { ok: false, detail: `data.${fault.path} ${fault.reason}; correct it and send the event again` };
  }
  if (namesNoShipment(event)) {
    return { ok: false, detail: 'data names no shipment; give data.shipment or data.references' };
  }
  return { ok: true, event };
}

// Which of the two is meant by what is shipped later, nobody could say.
function doubledLine(event: CanonicalEvent): number | undefined {
  if (event.type !== 'order.placed') return undefined;
  const seen = new Set<number>();
  return event.data.lines.find(({ line }) => seen.size === seen.add(line).size)?.line;
}

function refused(prefix: string, problems: readonly SchemaProblem[]): Judged {
  const placed = problems.map((problem) => ({ ...problem, path: joined(prefix, problem.path) }));
  return { ok: false, detail: `${describeProblems(placed)}; correct it and send the event again` };
}

function joined(prefix: string, path: string): string {
  if (prefix === '' || path === '') return prefix || path || 'the event';
  return path.startsWith('[') ? `${prefix}${path}` : `${prefix}.${path}`;
}

function isKnownType(type: string): type is EventType {
  return Object.hasOwn(EVENT_DATA, type);
}

// An event without a readable id is named by the message and its place in it.
function violation(message: InboundMessage, value: unknown, place: string, detail: string): TranslationProblem {
  const id = (value as { id?: unknown } | null)?.id;
  const named = typeof id === 'string' && id !== '' && id.length <= 200 && id.isWellFormed() && !id.includes('\0');
  const subject = named ? id : `${message.fileName ?? message.partner}${place}`;
  return { kind: 'schema-violation', subject, detail: `${place}${place === '' ? '' : ': '}${detail}` };
}

// Somebody else's JSON is unreadable as a whole; a broken event of ours is a violation of its schema.
function resemblesEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'specversion' in value || ('type' in value && 'source' in value);
}
