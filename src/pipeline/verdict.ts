// What became of each message: its verdict in the archive, and exceptions for what could not be understood.
import type { ClientBase } from 'pg';
import type { ExceptionKind } from '../model/exception.ts';
import type { Instant } from '../model/time.ts';
import type { TranslationProblem } from '../partners/translation.ts';
import {
  closeExceptions,
  closeExceptionsOfMessages,
  openExceptions,
  type RaisedException,
} from '../store/exceptions.ts';
import { releaseMended } from '../store/mends.ts';
import { claimMessages, settleMessages } from '../store/messages.ts';
import type { PipelineContext } from './context.ts';
import type { WorkedMessage } from './translate.ts';

/** Writes what became of these messages, and takes them out of the inbox. */
export async function settle(client: ClientBase, tenant: string, worked: readonly WorkedMessage[]): Promise<void> {
  await settleMessages(
    client,
    tenant,
    worked.map(({ message, translation, arrivals, duplicate }) => ({
      id: message.id,
      receivedAt: message.receivedAt,
      kind: translation.format,
      sender: translation.sender,
      duplicate,
      quarantined: translation.problems.length > 0 && !duplicate,
      events: arrivals.length,
      problems: translation.problems.length > 0 ? JSON.stringify(translation.problems.map(storable)) : undefined,
      acknowledgement: translation.acknowledgement,
    })),
  );
}

/** Opens exceptions for what could not be understood, and closes those of what now could. */
export async function tellOfProblems(
  client: ClientBase,
  tenant: string,
  worked: readonly WorkedMessage[],
  now: Instant,
): Promise<void> {
  const again = worked.filter(({ message }) => message.again).map(({ message }) => message.id);
  const mended = worked.flatMap(({ message, translation }) =>
    message.mends === null || translation.problems.length > 0 ? [] : [message.mends],
  );
  await closeExceptionsOfMessages(client, tenant, [...again, ...mended], now);
  await releaseMended(client, tenant, mended);
  const { raised, gone } = lastWords(worked);
  await closeExceptions(client, tenant, gone, now);
  await openExceptions(client, tenant, raised, now);
}

// In the order of the messages: an event that breaks its schema and comes again mended leaves nothing open.
function lastWords(worked: readonly WorkedMessage[]) {
  const words = new Map<string, { raised?: RaisedException; gone?: { kind: ExceptionKind; subject: string } }>();
  for (const { message, translation, arrivals, duplicate } of worked) {
    for (const { translated } of arrivals) {
      const { event } = translated;
      const gone = { kind: 'schema-violation', subject: event.id } as const;
      if (translated.keyed) words.set(`schema-violation ${event.id}`, { gone });
      if (event.type === 'delivery.rejected') {
        const raised = rejection(event.data, message.id);
        words.set(`${raised.kind} ${raised.subject}`, { raised });
      }
    }
    if (duplicate) continue;
    for (const { kind, subject, detail } of translation.problems.map(storable)) {
      words.set(`${kind} ${subject}`, { raised: { kind, subject, detail, messageId: message.id } });
    }
  }
  return {
    raised: [...words.values()].flatMap(({ raised }) => raised ?? []),
    gone: [...words.values()].flatMap(({ gone }) => gone ?? []),
  };
}

// Garbage is quoted in its problem, and PostgreSQL keeps no U+0000.
function storable(problem: TranslationProblem): TranslationProblem {
  const { subject, detail } = problem;
  return { ...problem, subject: subject.replaceAll('\u0000', '\ufffd'), detail: detail.replaceAll('\u0000', '\ufffd') };
}

function rejection({ document, reason }: { document: string; reason: string }, messageId: string): RaisedException {
  const detail = `The partner rejected what we sent: ${reason}. Mend it and send it again.`;
  return { kind: 'delivery-failed', subject: document, detail, messageId };
}

/** Quarantines a message that we failed at. Its bytes are kept, and it can be replayed when we are mended. */
export async function setAside(context: PipelineContext, id: string): Promise<number> {
  const { store, clock } = context;
  return store.transaction(async (client) => {
    const [message] = await claimMessages(client, store.tenant, { messages: 1, bytes: 1, only: id });
    if (message === undefined) return 0;
    const problem: TranslationProblem = {
      kind: 'unreadable-message',
      subject: message.fileName ?? message.partner,
      detail: `Lading failed at message ${id}, which is a fault of Lading. It is kept: report it, and replay it after an update.`,
    };
    const translation = { format: 'unknown', events: [], problems: [problem] };
    const worked = [{ message, translation, arrivals: [], duplicate: false }];
    await settle(client, store.tenant, worked);
    await tellOfProblems(client, store.tenant, worked, clock.now());
    return 1;
  });
}
