// Mending a quarantined message: its corrected bytes are taken in beside it.
import { Type } from 'typebox';
import { mendMessage } from '../../pipeline/by-hand/mend.ts';
import { type ApiApp, actorOf, foundOr404 } from '../app.ts';
import { Reason } from '../exception-schemas.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { MessageProblem, Query, RowId } from '../schemas.ts';

/** What a person corrects by hand; base64 takes a third more. */
const MOST_BYTES = 8 * 1024 * 1024;

export function mendRoutes(app: ApiApp, { context, nudge }: ApiHub): void {
  app.post('/v1/messages/:id/mend', {
    config: { allows: 'messages:mend', problems: ['not-found', 'not-possible', 'body-too-large'] },
    bodyLimit: MOST_BYTES,
    schema: {
      tags: ['Messages'],
      operationId: 'mendMessage',
      summary: 'Take in a quarantined message as it should have been',
      description:
        'The corrected bytes are taken in as the same partner\u2019s, and the problems of the original close; both keep their bytes, and ' +
        'each names the other. What was right in the original is not said twice. Where something is still wrong, nothing is kept and ' +
        '`problems` says what; `dryRun` only checks.',
      params: Type.Object({ id: RowId }),
      body: Query({
        content: Type.String({ minLength: 1, pattern: '^[A-Za-z0-9+/]+={0,2}$', description: 'The bytes, base64' }),
        reason: Reason,
        dryRun: Type.Optional(Type.Boolean()),
      }),
      response: {
        200: Type.Object(
          {
            mended: Type.Boolean(),
            message: Type.Optional(Type.String({ description: 'The message that was taken in' })),
            events: Type.Integer({ description: 'What it gives, or gave anew' }),
            problems: Type.Array(MessageProblem, { description: 'What is still wrong' }),
          },
          { title: 'Mended' },
        ),
      },
    },
    async handler(request) {
      const { id } = request.params;
      const { content, reason, dryRun } = request.body;
      const bytes = Buffer.from(content, 'base64');
      const result = await mendMessage(context, { id, bytes, reason, dryRun, by: actorOf(request) });
      if (result.kind === 'refused') throw new ApiProblem('not-possible', result.detail);
      const found = foundOr404(result.kind === 'unknown' ? undefined : result, `there is no message ${id}`);
      if (found.kind === 'checked') return { mended: false, events: found.events, problems: [...found.problems] };
      nudge();
      return { mended: true, message: found.message, events: found.events, problems: [] };
    },
  });
}
