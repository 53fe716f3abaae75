// X12 interchanges → canonical events, and the 997 or 999 that answers them (contract part 2).
//
// What is refused is refused as narrowly as the standard allows: an interchange without a good IEA whole, a group or a
// transaction by itself, a status by itself. All the rest goes on.

import {
  readX12,
  rejects,
  type X12Document,
  type X12Fault,
  type X12Group,
  type X12Interchange,
  type X12Transaction,
} from '../../formats/x12/index.ts';
import { plainText } from '../../formats/x12/transactions/index.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { formatInstant, type Instant, type Zone } from '../../model/time.ts';
import { directoryOf, type PartnerDirectory } from '../directory.ts';
import { unknownPartner } from '../json/translate.ts';
import { speechProblem } from '../speech.ts';
import type { InboundMessage, TranslatedEvent, Translation, TranslationProblem } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { rejectedInterchanges } from './acknowledgements.ts';
import { type Answered, answer } from './answer.ts';
import type { Meaning, Said, X12Context } from './meaning.ts';
import { senderOf } from './sender.ts';
import { meaningOf } from './sets.ts';
import { dayFrom, instantAt, timeOfDayFrom } from './times.ts';

export function translateX12(message: InboundMessage, rules: RuleBook): Translation {
  const document = readX12(message.bytes);
  const reading: Reading = {
    message,
    rules,
    directory: directoryOf(rules.partners),
    events: [],
    problems: [],
    answers: [],
  };
  for (const interchange of document.interchanges) readInterchange(interchange, reading);
  const outside = document.faults.filter((fault) => fault.severity === 'reject' && !isInside(fault, document));
  problemsOutside(outside, reading);
  const { sender, events, problems, answers } = reading;
  return {
    format: 'x12',
    ...(sender === undefined ? {} : { sender: sender.id }),
    events,
    problems,
    ...(answers.length === 0 ? {} : { acknowledgement: Buffer.concat(answers) }),
  };
}

function isInside({ offset }: X12Fault, { interchanges }: X12Document): boolean {
  return interchanges.some(({ start, end }) => offset >= start && offset < end) || interchanges.at(-1)?.end === offset;
}

// Bytes that no interchange has. One such piece explains the others.
function problemsOutside([fault]: readonly X12Fault[], { problems, message }: Reading): void {
  if (fault !== undefined) problems.push(unreadable(message, fault.message, fault.offset));
}

type Reading = {
  readonly message: InboundMessage;
  readonly rules: RuleBook;
  readonly directory: PartnerDirectory;
  readonly events: TranslatedEvent[];
  readonly problems: TranslationProblem[];
  readonly answers: Uint8Array[];
  /** Of the first interchange. */
  sender?: Partner;
};

function readInterchange(interchange: X12Interchange, reading: Reading): void {
  const broken = interchange.faults.find(({ level, severity }) => level === 'interchange' && severity === 'reject');
  if (!interchange.complete || broken !== undefined) {
    refuseWhole(interchange, broken, reading);
    return;
  }
  const found: Answered = new Map();
  let answering: Partner | undefined;
  const groups: readonly (X12Group | undefined)[] = interchange.groups.length === 0 ? [undefined] : interchange.groups;
  for (const group of groups) {
    const sender = heardSender(interchange, group, reading);
    if (sender === undefined) continue;
    const context = contextOf(interchange, group, sender, reading);
    if (answering === undefined) hear(rejectedInterchanges(interchange, context), context, reading);
    answering ??= sender;
    if (group !== undefined) readGroup(group, context, reading, found);
  }
  if (answering === undefined) return;
  const answered = answer(interchange, answering, reading.message.receivedAt, found);
  if (answered !== undefined) reading.answers.push(answered);
}

// Nothing of it is used: what is missing at its end may be what matters. Who asked for a TA1 gets one.
function refuseWhole(interchange: X12Interchange, fault: X12Fault | undefined, reading: Reading): void {
  const { message, problems, directory } = reading;
  const detail = fault?.message ?? 'the interchange is not complete; send the whole of it again, up to IEA';
  const offset = fault?.offset ?? interchange.start;
  const controlNumber = shownNumber(interchange.controlNumber);
  // A broken ISA gives no number to be trusted.
  const nameless = controlNumber === '' || fault?.kind.startsWith('isa-') === true;
  problems.push(nameless ? unreadable(message, detail, offset) : violation(controlNumber, detail, offset));
  const sender = senderOf(interchange, interchange.groups[0], directory);
  if (sender === undefined || (message.bound === true && sender.id !== message.partner)) return;
  reading.sender ??= sender;
  const answered = answer(interchange, sender, message.receivedAt, new Map());
  if (answered !== undefined) reading.answers.push(answered);
}

/** Who speaks in this group; `undefined`, and a problem, where that is nobody we know or not who may use this channel. */
function heardSender(interchange: X12Interchange, group: X12Group | undefined, reading: Reading): Partner | undefined {
  const { message, problems, directory } = reading;
  const sender = senderOf(interchange, group, directory);
  if (sender !== undefined && (message.bound !== true || sender.id === message.partner)) {
    reading.sender ??= sender;
    return sender;
  }
  const problem =
    sender === undefined
      ? unknownPartner(plainText(interchange.sender || (group?.sender ?? '')) || 'unnamed')
      : foreignSender(sender, message, interchange.start);
  // One interchange has one sender to be told of, however many groups it has.
  const told = problems.some(({ kind, subject }) => kind === problem.kind && subject === problem.subject);
  if (!told) problems.push(problem);
  return undefined;
}

function foreignSender(sender: Partner, { partner }: InboundMessage, offset: number): TranslationProblem {
  const detail = `came over the channel of ${partner}, yet the sender inside is ${sender.id}; send it over its own channel`;
  return { kind: 'partner-not-party', subject: sender.id, detail, offset };
}

function contextOf(
  interchange: X12Interchange,
  group: X12Group | undefined,
  sender: Partner,
  { rules, directory, message }: Reading,
): X12Context {
  const zone = sender.timezone ?? 'UTC';
  const reportedAt = reportedIn(interchange, group, zone) ?? message.receivedAt;
  return {
    sender,
    rules,
    directory,
    zone,
    reportedAt,
    reportedText: formatInstant(reportedAt),
    source: `/x12/${sender.id}`,
    path: shownNumber(interchange.controlNumber),
  };
}

// GS date and time; where they are no date and time, those of the ISA.
function reportedIn(interchange: X12Interchange, group: X12Group | undefined, zone: Zone): Instant | undefined {
  const written = [group, interchange].map((header) => ({
    date: header?.date.trim() ?? '',
    time: header?.time.trim() ?? '',
  }));
  for (const { date, time } of written) {
    const day = dayFrom(date);
    const timeOfDay = timeOfDayFrom(time);
    if (day !== undefined && timeOfDay !== undefined) return instantAt(day + timeOfDay, { kind: 'local' }, zone);
  }
  return undefined;
}

function readGroup(group: X12Group, context: X12Context, reading: Reading, found: Answered): void {
  const path = `${context.path}/${shownNumber(group.controlNumber)}`;
  if (!group.accepted) {
    const fault = group.faults.find(({ severity }) => severity === 'reject') ?? group.faults[0];
    reading.problems.push(
      violation(path, fault?.message ?? 'the group is broken; send it again', fault?.offset ?? group.start),
    );
    return;
  }
  for (const transaction of group.transactions) {
    const own = { ...context, path: `${path}/${shownNumber(transaction.controlNumber)}` };
    const { said, faults } = transaction.accepted
      ? meaningOf(transaction, own)
      : { said: [], faults: transaction.faults };
    if (faults.length > 0) {
      found.set(transaction, transaction.accepted ? faults.slice(0, MAX_TOLD) : []);
      reading.problems.push(...violations(own.path, faults, transaction));
    }
    if (said.length > 0) hear(said, own, reading);
  }
}

/** Of one transaction: who mends these sees the rest at the next try. */
const MAX_TOLD = 100;

// Of a rejected transaction, what rejects it; of an accepted one, each part that was left out.
function violations(path: string, faults: readonly X12Fault[], transaction: X12Transaction): TranslationProblem[] {
  const told = rejects(faults) ? faults.filter(({ severity }) => severity === 'reject') : faults;
  if (told.length === 0) return [violation(path, 'the transaction is broken; send it again', transaction.start)];
  return told.slice(0, MAX_TOLD).map((fault) => violation(path, fault.message, fault.offset));
}

function violation(subject: string, detail: string, offset: number): TranslationProblem {
  return { kind: 'schema-violation', subject, detail, offset };
}

function hear(said: Meaning['said'], context: X12Context, { events, problems }: Reading): void {
  // A plan that is not the sender's to make takes its tender with it.
  const refused = said
    .map(({ event }) => speechProblem(event, context.sender))
    .filter((problem) => problem !== undefined);
  if (refused.length > 0) problems.push(...refused);
  else for (const each of said) events.push(translated(each, context));
}

function translated({ event, names, teaches, subject }: Said, { sender, reportedAt }: X12Context): TranslatedEvent {
  return { event, sender: sender.id, reportedAt, keyed: false, names, teaches, subject };
}

/** Control numbers have nine digits; garbage may have anything. */
function shownNumber(written: string): string {
  return plainText(written).slice(0, 40);
}
