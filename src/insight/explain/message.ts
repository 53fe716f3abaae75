// What became of a message: whether it could be read, which events it gave, and where each went. Pure.

import type { ExceptionKind } from '../../model/exception.ts';
import type { MessageDetail, MessageEvent } from '../../store/read/messages.ts';
import { EXCEPTION_GUIDE } from '../exception-guide.ts';
import type { ExplainedException } from '../explanation/exception.ts';
import type { MessageExplanation } from '../explanation/message.ts';

export function explainMessage(
  message: MessageDetail,
  exceptions: readonly ExplainedException[],
  unheard: ReadonlySet<string>,
): MessageExplanation {
  const { id, madeEvents, problems = [], events, waiting: _, mediaType: __, ...told } = message;
  return {
    about: 'message',
    message: id,
    ...told,
    sentence: sentenceFor(message),
    problems: problems.map((problem) => ({ ...problem, ...EXCEPTION_GUIDE[problem.kind as ExceptionKind] })),
    events: madeEvents.map(({ id: event, position, type, shipment, ...rest }) => ({
      event,
      position,
      type,
      ...(shipment === undefined ? {} : { shipment }),
      became: becameOf({ type, shipment, ...rest }, unheard.has(event)),
    })),
    eventsInAll: events,
    exceptions: [...exceptions],
  };
}

function sentenceFor(message: MessageDetail): string {
  const { verdict, events, waiting, problems = [], madeEvents, mendedBy } = message;
  const shipments = new Set(madeEvents.flatMap(({ shipment }) => shipment ?? [])).size;
  const gave = `${count(events, 'event')}${shipments > 0 ? ` for ${count(shipments, 'shipment')}` : ''}`;
  switch (verdict) {
    case 'received':
      return 'Kept, and not translated yet.';
    case 'duplicate':
      return 'Came before: nothing in it was new, so nothing was done.';
    case 'quarantined':
      return `Quarantined: ${count(problems.length, 'problem')}. ${events > 0 ? `What could be used was: ${gave}.` : 'Nothing in it could be used.'}`;
    case 'mended':
      return `Mended by message ${mendedBy}, which was taken in with what is right. ${events > 0 ? `It gave ${gave} itself.` : ''}`.trim();
    case 'waiting':
      return `Gave ${gave}; ${waiting} of them ${waiting === 1 ? 'waits for its' : 'wait for their'} shipment.`;
    case 'applied':
      return `Gave ${gave}, all applied.`;
  }
}

/** Where one event went. */
export function becameOf(
  { type, shipment, waiting }: Pick<MessageEvent, 'type' | 'shipment' | 'waiting'>,
  unheard: boolean,
) {
  if (waiting) return 'waits for its shipment';
  if (shipment === undefined) return type === 'fuel.published' ? 'changed the fuel prices' : 'kept';
  return unheard
    ? `kept with shipment ${shipment}, not applied: its sender is no party to it`
    : `applied to shipment ${shipment}`;
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
