// Records read from an Odoo → canonical events. Pure: the same bytes under the same rules say the same.
//
// An event is named by its record and by how many times something was told of it, so a page that is read again says
// nothing new, and a change back to what was there before does.
import type { CanonicalEvent } from '../../model/event.ts';
import { EVENT_DATA } from '../../model/event.ts';
import type { RuleBook } from '../../model/rules.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { instantOf } from '../../model/time.ts';
import { describeProblems, validate } from '../../model/validate.ts';
import { namesOf, subjectOf, teachesOf } from '../event-names.ts';
import { readJson } from '../json/read.ts';
import type { InboundMessage, TranslatedEvent, Translation, TranslationProblem } from '../translation.ts';
import { unreadable } from '../unreadable.ts';
import { statementFrom } from './invoice.ts';
import { orderFrom } from './order.ts';
import { eventFrom } from './picking.ts';
import { OdooInvoice, OdooOrder, OdooPicking, OdooRecord, OdooRecords } from './records.ts';

type Said = { readonly event?: CanonicalEvent; readonly problem?: TranslationProblem };

export function translateOdoo(message: InboundMessage, rules: RuleBook): Translation {
  const format = 'odoo';
  const read = readJson(message.bytes);
  if (!read.ok) return { format, events: [], problems: [unreadable(message, read.detail, read.offset)] };
  const whole = validate(OdooRecords, read.value);
  if (!whole.ok) return { format, events: [], problems: [unreadable(message, describeProblems(whole.problems))] };
  const sender = rules.partners.get(message.partner);
  if (sender === undefined || !sender.roles.includes('erp')) {
    const detail = `records of an Odoo come from a partner of role erp, and ${message.partner} is none; correct partners.json, import, and replay the message`;
    return { format, events: [], problems: [{ kind: 'unknown-partner', subject: message.partner, detail }] };
  }
  const events: TranslatedEvent[] = [];
  const problems: TranslationProblem[] = [];
  for (const record of whole.value.records) {
    const { event, problem } = saidBy(record, sender, rules);
    if (problem !== undefined) problems.push(problem);
    if (event !== undefined) events.push(translated(event, sender.id));
  }
  return { format, sender: sender.id, events, problems };
}

function translated(event: CanonicalEvent, sender: string): TranslatedEvent {
  return {
    event,
    sender,
    reportedAt: instantOf(event.time as string),
    keyed: true,
    names: namesOf(event),
    teaches: teachesOf(event),
    subject: subjectOf(event),
  };
}

function saidBy(value: unknown, sender: Partner, rules: RuleBook): Said {
  const record = validate(OdooRecord, value);
  if (!record.ok) return violation('a record', describeProblems(record.problems));
  const { model, id, version, changedAt, gone = false, body } = record.value;
  const envelope = { id: `${model}/${id}/${version}`, source: `odoo:${sender.id}`, time: timeOf(changedAt, version) };
  switch (model) {
    case 'sale.order': {
      const read = validate(OdooOrder, body);
      if (!read.ok) return violation(envelope.id, describeProblems(read.problems));
      const { pull = {} } = sender;
      const made = orderFrom(read.value, { pull, partners: rules.partners, changedAt, isGone: gone });
      if (!made.ok) return { problem: made };
      return checked({ ...envelope, type: 'order.placed', data: made.order });
    }
    case 'stock.picking': {
      if (gone) return {};
      const read = validate(OdooPicking, body);
      if (!read.ok) return violation(envelope.id, describeProblems(read.problems));
      const event = eventFrom(read.value, envelope);
      return event === undefined ? {} : checked(event);
    }
    case 'account.move': {
      const read = validate(OdooInvoice, body);
      if (!read.ok) return violation(envelope.id, describeProblems(read.problems));
      const event = statementFrom(read.value, envelope, gone);
      return event === undefined ? {} : checked(event);
    }
    default:
      // Contacts and products say nothing by themselves: orders bring theirs along. They are kept as they came.
      return {};
  }
}

// Odoo's times are whole seconds, and of two changes within one the later reading holds.
function timeOf(changedAt: string, version: number): string {
  return new Date(instantOf(changedAt) + Math.min(version - 1, 999)).toISOString();
}

// What a person typed into the ERP may be more than the contract takes: said here, not found out later.
function checked(event: CanonicalEvent): Said {
  const data = validate(EVENT_DATA[event.type], event.data);
  return data.ok ? { event } : violation(event.id, describeProblems(data.problems));
}

function violation(subject: string, detail: string): Said {
  return { problem: { kind: 'schema-violation', subject, detail: `${detail}; mend it in Odoo, and it is read again` } };
}
