// What an explanation says of a message, of an event, and of facts that wait for their shipment.
import { type Static, Type } from 'typebox';
import { InstantText } from '../../model/text.ts';
import { ExplainedException } from './exception.ts';

const optional = Type.Optional;
const text = Type.String();

const EventOutcome = Type.Object({
  event: text,
  position: Type.Integer(),
  type: text,
  shipment: optional(text),
  became: Type.String({ description: 'Where it went' }),
});

export const MessageExplanation = Type.Object({
  about: Type.Literal('message'),
  message: text,
  partner: text,
  sender: optional(text),
  channel: text,
  fileName: optional(text),
  kind: optional(text),
  bytes: Type.Integer(),
  sha256: text,
  receivedAt: InstantText,
  correlation: text,
  verdict: text,
  sentence: text,
  problems: Type.Array(
    Type.Object({
      kind: text,
      subject: text,
      detail: text,
      offset: optional(Type.Integer()),
      waitsFor: text,
      mend: text,
    }),
  ),
  events: Type.Array(EventOutcome),
  eventsInAll: Type.Integer(),
  acknowledgement: optional(text),
  exceptions: Type.Array(ExplainedException),
});
export type MessageExplanation = Static<typeof MessageExplanation>;

export const EventExplanation = Type.Object({
  about: Type.Literal('event'),
  event: text,
  type: text,
  source: text,
  key: text,
  sender: text,
  message: text,
  shipment: optional(text),
  reportedAt: InstantText,
  recordedAt: InstantText,
  became: text,
  data: Type.Unknown(),
});
export type EventExplanation = Static<typeof EventExplanation>;

/** Facts that wait for a shipment of this name. */
export const WaitingExplanation = Type.Object({
  about: Type.Literal('waiting'),
  name: text,
  sentence: text,
  facts: Type.Array(Type.Object({ event: text, message: text, sender: text, since: InstantText, what: text })),
});
export type WaitingExplanation = Static<typeof WaitingExplanation>;
