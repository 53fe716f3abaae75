// What an explanation says of an exception: what it waits for, and what mends it.
import { type Static, Type } from 'typebox';
import { InstantText } from '../../model/text.ts';

const optional = Type.Optional;
const text = Type.String();

export const ExplainedException = Type.Object({
  id: text,
  kind: text,
  subject: text,
  detail: text,
  owner: text,
  state: text,
  openedAt: InstantText,
  dueAt: InstantText,
  closedAt: optional(InstantText),
  waitsFor: text,
  mend: text,
  shipment: optional(text),
  message: optional(text),
});
export type ExplainedException = Static<typeof ExplainedException>;

export const ExceptionExplanation = Type.Object({ about: Type.Literal('exception'), exception: ExplainedException });
export type ExceptionExplanation = Static<typeof ExceptionExplanation>;
